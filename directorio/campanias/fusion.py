"""Cuando dos filas del directorio eran la misma, lo que una campaña pedía a una pasa a la otra."""

from directorio.models import Entidad, Operador, Pedido, Propuesta


def pasar_pedidos(*, se_queda, absorbida, por) -> None:
    """Si la que se queda ya tenía su pedido en la campaña, el de la absorbida se anula (registro ``al_fusionar``)."""
    if isinstance(se_queda, Operador):
        _pasar(Pedido.objects.filter(operador=absorbida), {"operador": se_queda, "entidad": se_queda.entidad})
        Propuesta.objects.filter(operador=absorbida).update(operador=se_queda)
        _poner_donde_esta(Pedido.objects.filter(operador=se_queda), se_queda.entidad)
    elif isinstance(se_queda, Entidad):
        propios = Pedido.objects.filter(entidad=absorbida)
        _pasar(propios.filter(operador__isnull=True), {"entidad": se_queda})
        propios.filter(operador__isnull=False).update(entidad=se_queda)
        Propuesta.objects.filter(entidad=absorbida).update(entidad=se_queda)
        _poner_donde_esta(Pedido.objects.filter(entidad=se_queda), se_queda)


def _poner_donde_esta(pedidos, entidad: Entidad) -> None:
    pedidos.pendientes().update(entidad=entidad, centro=entidad.centro)


def _pasar(pedidos, destino: dict) -> None:
    # El de un operador es uno por campaña, esté donde esté; el de una entidad no es el de quienes trabajan ahí.
    llave = {"operador": destino["operador"]} if "operador" in destino else {"operador": None, **destino}
    for pedido in pedidos:
        ya_tiene = Pedido.objects.filter(campania=pedido.campania_id, **llave).exists()
        if not ya_tiene:
            Pedido.objects.filter(pk=pedido.pk).update(**destino, centro=destino["entidad"].centro)
        elif pedido.estado == Pedido.Estado.PENDIENTE:
            Pedido.objects.filter(pk=pedido.pk).update(estado=Pedido.Estado.ANULADO)
