"""El registro de participantes (Anexo 6) de una sesión, para verificar datos y firmar (R80, R84)."""

from collections.abc import Sequence

from comun.pdf import pdf_desde_plantilla
from eventos.models import Inscripcion, Sesion
from organizacion.models import AjustesPortal

FILAS_EN_BLANCO = 10  # para quien llega sin inscribirse


def pdf(sesion: Sesion, inscritas: Sequence[Inscripcion]) -> bytes:
    """Los octetos del registro de ``sesion`` con ``inscritas``, en su orden, y las filas en blanco."""
    total = len(inscritas)
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": sesion.capacitacion,
        "sesion": sesion,
        "inscritas": inscritas,
        "en_blanco": range(total + 1, total + 1 + FILAS_EN_BLANCO),
    }
    return pdf_desde_plantilla("eventos/documentos/anexo6.html", contexto)
