"""A quiénes se invitó: acompaña en el expediente a la invitación (Anexo 4), que es la misma para todos."""

from comun.pdf import pdf_desde_plantilla
from eventos.models import Capacitacion
from organizacion.models import AjustesPortal


def pdf(capacitacion: Capacitacion) -> bytes:
    """Los octetos de la relación, por entidad: a quién, cuándo y qué respondió."""
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": capacitacion,
        "invitaciones": capacitacion.invitaciones.select_related("entidad", "convocatoria"),
    }
    return pdf_desde_plantilla("eventos/documentos/invitaciones.html", contexto)
