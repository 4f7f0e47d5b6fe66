"""A quiénes se les puso el visto bueno en su papeleta de comisión (R85), para imprimir. No es una constancia (R98)."""

from collections.abc import Sequence

from comun.pdf import pdf_desde_plantilla
from eventos.models import Capacitacion, VistoBueno
from organizacion.models import AjustesPortal


def pdf(capacitacion: Capacitacion, sellos: Sequence[VistoBueno]) -> bytes:
    contexto = {"ajustes": AjustesPortal.load(), "capacitacion": capacitacion, "sellos": sellos}
    return pdf_desde_plantilla("eventos/documentos/vistos_buenos.html", contexto)
