"""Una vez al mes, a cada quien: cuántos contactos suyos llevan seis meses sin verificar (R114)."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from comun.plazos import siguiente_habil
from correo.actions import Destinatario, poner_en_cola
from correo.plantillas import componer
from directorio.models import Cartera, Personal
from organizacion.dias import no_laborables
from organizacion.models import Latido

from .tablero import tablero

NOMBRE = "directorio.recordatorio_del_mes"
HORA = 8


def recordar_lo_sin_verificar() -> str:
    """Desde el primer día hábil del mes, una sola vez; devuelve qué hizo o «»."""
    ahora = timezone.localtime()
    mes = f"{ahora:%Y-%m}"
    if ahora.date() < siguiente_habil(ahora.date().replace(day=1), no_laborables()) or ahora.hour < HORA:
        return ""
    if Latido.objects.filter(nombre=NOMBRE, detalle=mes).exists():
        return ""
    enviados = sum(_recordar(linea, mes) for linea in tablero(Cartera.objects.con_titular(ahora.date())))
    Latido.objects.update_or_create(nombre=NOMBRE, defaults={"ocurrido_en": ahora, "detalle": mes})
    return f"recordatorios del directorio: {enviados}" if enviados else ""


def _recordar(linea, mes: str) -> bool:
    personal: Personal | None = linea.titular
    correo = (personal.usuario and personal.usuario.email) or personal.correo if personal else ""
    if not linea.vencidos or not correo:
        return False
    contexto = {"linea": linea, "personal": personal, "centro": personal.centro}
    contexto["url"] = settings.URL_DEL_SITIO + reverse("mi_directorio")
    poner_en_cola(
        clave=f"directorio:recordatorio:{mes}:{personal.pk}",
        **componer("directorio/correo/sin_verificar", contexto)._asdict(),
        destinatarios=[Destinatario(correo, str(personal), clave=f"personal:{personal.pk}")],
        centro=personal.centro,
    )
    return True
