"""Las solicitudes escritas de capacitación que esperan respuesta (R69)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from eventos.models import Solicitud

from .asunto import Asunto, Linea, armar, lista


def solicitudes(usuario) -> Asunto | None:
    """La más antigua primero: una entidad espera el oficio."""
    if not usuario.has_perm("eventos.change_solicitud"):
        return None
    filas = Solicitud.objects.propias(usuario).por_atender().select_related("entidad").order_by("recibida_el", "pk")
    url = lista("?estado__exact=recibida", registro="solicitudes-de-capacitacion")
    return armar("Solicitudes de capacitación por atender", filas, _linea, url=url)


def _linea(fila):
    url = reverse("eventos_intranet:solicitud", args=[fila.pk])
    return Linea(fila.tema, url, f"{fila.entidad} · {fila.documento} · {fecha_media(fila.recibida_el)}")
