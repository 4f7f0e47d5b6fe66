"""El registro de participantes (Anexo 6) de una sesión, con quién firmó y cómo: lo que hay mientras no se escanea."""

from comun.pdf import pdf_desde_plantilla
from eventos.models import Asistencia, Sesion
from organizacion.models import AjustesPortal


def pdf(sesion: Sesion) -> bytes:
    """Los octetos del registro de ``sesion``: solo quienes firmaron (R84), por apellido."""
    firmas = Asistencia.objects.firmadas().filter(sesion=sesion)
    firmas = firmas.select_related("inscripcion__persona", "inscripcion__entidad")
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": sesion.capacitacion,
        "sesion": sesion,
        "firmas": firmas.order_by("inscripcion__texto_busqueda", "pk"),
    }
    return pdf_desde_plantilla("eventos/documentos/registro.html", contexto)
