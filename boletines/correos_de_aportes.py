"""Los correos del ciclo de aportes: el pedido, los recordatorios, la devolución y la ampliación (R108, R109)."""

import datetime as dt

from correo.actions import poner_en_cola
from correo.models import Envio
from correo.plantillas import componer
from eventos.enlaces import url_absoluta
from organizacion.models import AjustesPortal

from .models import Aporte
from .responsables import Responden


def pedir(aporte: Aporte, responden: Responden) -> bool:
    """Una sola vez por aporte; dice si hubo a quién escribirle."""
    return _enviar(aporte, responden, "pedido", caso="pedido")


def recordar(aporte: Aporte, responden: Responden, hoy: dt.date) -> bool:
    """A lo más uno por día y aporte, lo mande el portal o una persona."""
    return _enviar(aporte, responden, f"recordatorio:{hoy}", caso="recordatorio", hoy=hoy)


def avisar_devolucion(aporte: Aporte, responden: Responden) -> bool:
    return _enviar(aporte, responden, f"devuelto:{aporte.pedido_en:%Y%m%d%H%M%S%f}", caso="devuelto")


def avisar_ampliacion(aporte: Aporte, responden: Responden) -> bool:
    return _enviar(aporte, responden, f"ampliado:{aporte.pedido_en:%Y%m%d%H%M%S%f}", caso="ampliado")


def _enviar(aporte, responden, clave, **contexto) -> bool:
    destinatarios = responden.destinatarios
    if not destinatarios:
        return False
    ajustes = AjustesPortal.load()
    contexto |= {
        "aporte": aporte,
        "centro": aporte.centro,
        "url_aporte": url_absoluta("aporte", aporte.pk),
        "motivo": f"Lo recibe porque responde por la parte de {aporte.de_quien} en el boletín mensual.",
    }
    clave = f"aporte:{aporte.pk}:{clave}"
    nuevo = not Envio.objects.filter(clave=clave).exists()
    poner_en_cola(
        clave=clave,
        **componer("boletines/correo/aporte", contexto)._asdict(),
        destinatarios=destinatarios,
        responder_a=ajustes.correo,
        centro=aporte.centro,
    )
    return nuevo
