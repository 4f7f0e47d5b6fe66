"""El consolidado de las encuestas (Anexo 7): lo que el expediente guarda y el SISCONECTA pide (R94)."""

from dataclasses import asdict

from comun.pdf import pdf_desde_plantilla
from eventos.encuestas import resumen_de
from eventos.models import Capacitacion
from eventos.models.encuesta import ESCALA
from organizacion.models import AjustesPortal


def pdf(capacitacion: Capacitacion) -> bytes:
    """Los octetos del consolidado; con menos de cinco respuestas dice cuántas son y nada más (invariante 6)."""
    resumen = resumen_de(capacitacion)
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": capacitacion,
        "resumen": {**asdict(resumen), "se_desglosa": resumen.se_desglosa},
        "escala": ESCALA,
    }
    return pdf_desde_plantilla("eventos/documentos/encuestas.html", contexto)
