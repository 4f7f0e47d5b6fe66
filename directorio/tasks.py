"""La tarea es solo un timbre: la verdad está en ``RenglonDeImportacion.hecho``."""

from django_tasks import task


@task()
def guardar_importacion(llave: int):
    """Guarda lo que falte de la importación ``llave``, en nombre de quien la confirmó; repetirla no hace daño."""
    from .importacion.guardar import confirmar
    from .models import Importacion

    quedada = Importacion.objects.filter(pk=llave, estado=Importacion.Estado.APLICANDO).first()
    if quedada and quedada.confirmada_por:
        confirmar(importacion=quedada, por=quedada.confirmada_por)
