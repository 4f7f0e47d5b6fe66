"""Lo que toda plantilla necesita: los ajustes del portal y el menú principal."""

from organizacion.models import AjustesPortal

MENU = (
    ("Capacitaciones", "/capacitaciones/"),
    ("Boletines", "/boletines/"),
    ("Comunicados", "/comunicados/"),
    ("Centros", "/centros/"),
)


def portal(request):
    """Contexto común: ``ajustes`` y ``menu`` (lista de dict texto, url, activo)."""
    ruta = request.path
    return {
        "ajustes": AjustesPortal.load(request_or_site=request),
        "menu": [{"texto": texto, "url": url, "activo": ruta.startswith(url)} for texto, url in MENU],
    }
