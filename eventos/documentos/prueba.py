"""La prueba de entrada y salida (R89) para imprimir y repartir, o con su clave de respuestas."""

from comun.pdf import pdf_desde_plantilla
from eventos.models import Prueba
from organizacion.models import AjustesPortal


def pdf(prueba: Prueba, *, con_clave: bool = False) -> bytes:
    """Los octetos de la prueba; ``con_clave`` marca la alternativa correcta de cada pregunta."""
    contexto = {
        "ajustes": AjustesPortal.load(),
        "prueba": prueba,
        "capacitacion": prueba.capacitacion,
        "con_clave": con_clave,
        "preguntas": [(p, list(zip("ABCDE", p.alternativas.all(), strict=False))) for p in prueba.preguntas.all()],
    }
    return pdf_desde_plantilla("eventos/documentos/prueba.html", contexto)
