"""Lo que el portal ofrece a la página de un centro y al boletín del mes."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator

from comun.registros import normas_del_mes, secciones_de_centro

from .models import Norma


@secciones_de_centro.anotar
def mural_del_centro(centro):
    """Un enlace a su mural, para quien quiera verlo desde donde esté o imprimirlo."""
    if not centro.esta_activo:
        return None
    direcciones = {
        "pantalla": reverse("home:mural", args=[centro.slug]),
        "pdf": reverse("home:mural-pdf", args=[centro.slug]),
    }
    return {
        "titulo": "Mural informativo",
        "plantilla": "home/_mural_de_centro.html",
        "contexto": direcciones,
        "orden": 20,
    }


@normas_del_mes.anotar
def normas_de_un_sistema(sistema, desde, hasta) -> list[dict]:
    """Las de la biblioteca, como el aporte del Responsable Técnico las pide (R109)."""
    normas = Norma.objects.filter(sistema=sistema, fecha__range=(desde, hasta)).select_related("documento")
    return [
        {
            "titulo": norma.numero,
            "fecha": norma.fecha.isoformat(),
            "texto": Truncator(norma.titulo).chars(400),
            "enlace": _absoluta(norma.url),
            "origen": f"norma:{norma.pk}",
        }
        for norma in normas.order_by("fecha", "numero")
    ]


def _absoluta(url: str) -> str:
    return f"{settings.URL_DEL_SITIO}{url}" if url.startswith("/") else url
