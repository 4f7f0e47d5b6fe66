"""La encuesta (Anexo 7) en blanco, con una parte por cada expositor, para imprimir y repartir (R87)."""

from comun.pdf import pdf_desde_plantilla
from eventos.models import Capacitacion
from eventos.models.encuesta import ESCALA, ITEMS_CONTENIDO, ITEMS_EXPOSITOR, ITEMS_GENERAL, ITEMS_LOGISTICA
from organizacion.models import AjustesPortal


def pdf(capacitacion: Capacitacion) -> bytes:
    expositores = list(capacitacion.expositores.all())
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": capacitacion,
        "escala": ESCALA,
        "contenido": ITEMS_CONTENIDO,
        "expositores": expositores,
        "de_expositor": ITEMS_EXPOSITOR,
        "logistica": ITEMS_LOGISTICA,
        "general": ITEMS_GENERAL,
    }
    return pdf_desde_plantilla("eventos/documentos/anexo7.html", contexto)
