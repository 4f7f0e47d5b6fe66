"""Lo que una persona decide sobre las entregas dudosas o fallidas."""

from django.db import transaction
from django.utils import timezone

from correo.models import Entrega, Envio
from custodia.actions import anotar

from .gobierno import NoProcede
from .timbre import despertar_al_cartero


@transaction.atomic
def reintentar_dudosa(*, entrega: Entrega, por) -> None:
    """Vuelve a poner en cola una entrega dudosa: quien lo decide acepta que pueda llegar dos veces."""
    dudosa = Entrega.objects.dudosas().filter(pk=entrega.pk)
    if not _volver_a_cola(entrega.envio, dudosa):
        raise NoProcede("Esa entrega ya no está dudosa.")
    anotar(accion="reintentar dudosa", por=por, objeto=entrega)


@transaction.atomic
def dar_por_enviada(*, entrega: Entrega, por) -> None:
    """Cierra una entrega dudosa sin repetirla."""
    dudosa = Entrega.objects.dudosas().filter(pk=entrega.pk)
    if not dudosa.update(estado=Entrega.Estado.ENVIADA, enviada_en=timezone.now()):
        raise NoProcede("Esa entrega ya no está dudosa.")
    anotar(accion="dar por enviada", por=por, objeto=entrega)


@transaction.atomic
def reintentar_fallidas(*, envio: Envio, por) -> int:
    """Vuelve a poner en cola lo que falló, cuando ya se arregló la causa. Dice cuántas entregas eran."""
    cuantas = _volver_a_cola(envio, Entrega.objects.fallidas().filter(envio=envio))
    if cuantas:
        anotar(accion="reintentar fallidas", por=por, objeto=envio, detalle={"entregas": cuantas})
    return cuantas


def _volver_a_cola(envio: Envio, entregas) -> int:
    # El mismo bloqueo que toma quien cierra el envío: no puede quedar terminado con algo en cola.
    envio = Envio.objects.select_for_update().get(pk=envio.pk)
    if envio.estado == Envio.Estado.CANCELADO:
        raise NoProcede("El envío está cancelado: ya no sale nada más.")
    cuantas = entregas.update(
        estado=Entrega.Estado.PENDIENTE, intentos=0, siguiente_intento_en=None, enviada_en=None, error=""
    )
    if cuantas and envio.estado == Envio.Estado.TERMINADO:
        envio.estado = Envio.Estado.EN_COLA
        envio.save(update_fields=["estado"])
    despertar_al_cartero()
    return cuantas
