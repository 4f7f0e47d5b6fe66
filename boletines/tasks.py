"""La tarea es solo un timbre: la verdad está en ``Edicion.ogti_en``."""

from django_tasks import task


@task()
def mandar_a_ogti(llave: int):
    """Envía a la OGTI los archivos de la edición ``llave``, si aún no se hizo."""
    from .actions.ogti import enviar_a_ogti
    from .models import Edicion

    edicion = Edicion.objects.filter(pk=llave).first()
    if edicion:
        enviar_a_ogti(edicion=edicion)
