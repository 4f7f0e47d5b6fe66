"""Los derechos de las personas sobre sus datos y los incidentes, a quien responde por ellos (Ley 29733)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from custodia.models import SolicitudDeDerechos, Vulneracion
from custodia.permissions import puede_atender_solicitudes, puede_gobernar_vulneraciones
from custodia.reloj import semaforo

from .asunto import Asunto, Linea, armar


def incidentes(usuario) -> Asunto | None:
    """Los que falta notificar, con la cuenta regresiva."""
    if not puede_gobernar_vulneraciones(usuario):
        return None
    filas = Vulneracion.objects.sin_notificar().order_by("vence_en")
    url = reverse("custodia_vulneraciones")
    return armar("Incidentes con datos personales por notificar", filas, _incidente, url=url, es_urgente=True)


def _incidente(fila):
    falta = fila.cuanto_falta if fila.semaforo == "vencida" else f"quedan {fila.cuanto_falta}"
    return Linea(f"Incidente {fila.numero}", reverse("custodia_vulneracion", args=[fila.pk]), falta)


def solicitudes_de_derechos(usuario) -> Asunto | None:
    """Las que esperan al Oficial, la que vence antes primero; en pausa no espera él."""
    if not puede_atender_solicitudes(usuario):
        return None
    abiertas = SolicitudDeDerechos.objects.para(usuario).abiertas().filter(pausada_el__isnull=True)
    apura = any(semaforo(fila) in ("vencida", "por-vencer") for fila in abiertas[:1])
    url = reverse("custodia_solicitudes")
    return armar("Solicitudes sobre datos personales", abiertas, _solicitud, url=url, es_urgente=apura)


def _solicitud(fila):
    verbo = "Atrasada: venció" if semaforo(fila) == "vencida" else "Vence"
    detalle = f"{verbo} el {fecha_media(fila.vence_el)} · {fila.get_estado_display()}"
    return Linea(f"{fila.numero}: {fila.que_derecho.lower()}", reverse("custodia_solicitud", args=[fila.pk]), detalle)
