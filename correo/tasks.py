"""La tarea es solo un timbre: la verdad está en las filas de ``Entrega``."""

from django_tasks import task


@task(queue_name="correo")
def repartir():
    """Despierta al cartero; repetirla no hace daño."""
    from .cartero import repartir_pendientes

    return repartir_pendientes()
