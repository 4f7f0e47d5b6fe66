"""El programa de una capacitación (Anexo 5): qué se hace a cada hora, cómo y a cargo de quién."""

from comun.pdf import pdf_desde_plantilla
from eventos.models import Capacitacion
from organizacion.models import AjustesPortal


def pdf(capacitacion: Capacitacion) -> bytes:
    """Los octetos del programa; un día sin actividades escritas lo dice."""
    sesiones = capacitacion.sesiones.prefetch_related("actividades")
    contexto = {"ajustes": AjustesPortal.load(), "capacitacion": capacitacion, "sesiones": sesiones}
    return pdf_desde_plantilla("eventos/documentos/anexo5.html", contexto)
