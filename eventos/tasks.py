"""Tareas: un timbre para lo que tarda; la verdad está en las filas (``Convocatoria.preparada_en``)."""

from django_tasks import task


@task()
def preparar_correos_de(convocatoria: int) -> int:
    """Compone el Anexo 4 de cada entidad y deja sus correos en cola; repetirla no hace daño."""
    from .correos_de_convocatoria import preparar
    from .models import Convocatoria

    return preparar(Convocatoria.objects.get(pk=convocatoria))
