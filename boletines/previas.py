"""A quiénes ya se les envió un comunicado: reenviarlo otra vez no los repite (R111)."""

from django.db.models import Q, QuerySet

from correo.models import Entrega, Envio

from .models import ComunicadoPage, CorreoDifundido

_RECIBIDA = (Entrega.Estado.ENVIADA, Entrega.Estado.DUDOSA)
_POR_SALIR = (Entrega.Estado.PENDIENTE, Entrega.Estado.EN_CURSO)


def direcciones_que_lo_tienen(comunicado: ComunicadoPage) -> QuerySet:
    """Las direcciones que ya recibieron ``comunicado`` de cualquier centro, o que lo tienen en camino.

    Las que fallaron o rebotaron no: si se corrigieron, se les vuelve a intentar.
    """
    en_camino = Q(estado__in=_POR_SALIR) & ~Q(envio__estado=Envio.Estado.CANCELADO)
    entregas = Entrega.objects.filter(Q(estado__in=_RECIBIDA) | en_camino, es_copia=False)
    return entregas.filter(envio__correo_difundido__comunicado=comunicado).order_by().values("direccion")


def reenvios_de(comunicado: ComunicadoPage, usuario) -> QuerySet:
    """Los reenvíos de ``comunicado`` que ``usuario`` alcanza, el último primero."""
    filas = CorreoDifundido.objects.para(usuario).enviados().filter(comunicado=comunicado)
    return filas.select_related("creado_por", "envio", "centro").order_by("-enviado_en", "-pk")
