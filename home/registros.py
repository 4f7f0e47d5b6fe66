"""Lo que el portal ofrece a la página de un centro."""

from django.urls import reverse

from comun.registros import secciones_de_centro


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
