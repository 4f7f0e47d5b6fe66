"""Qué debe tener una capacitación para que el público la vea (R71)."""

from eventos.models import ActividadPrograma, Expositor, Sesion
from eventos.preparativos import FALTA_PARTICIPANTE, participa_el_centro, pide_autorizacion

from .rechazos import FaltaParaPublicar


def faltas_para_publicar(capacitacion) -> list[str]:
    """Lo que el programa debe tener (R71) y aún no tiene, en palabras."""
    requisitos = [
        (Sesion.objects.filter(capacitacion=capacitacion).exists(), "al menos una sesión con fecha y hora"),
        (capacitacion.sistemas.exists(), "el sistema administrativo"),
        (capacitacion.objetivo.strip(), "el objetivo"),
        (capacitacion.publico_objetivo.strip(), "el público"),
        (not capacitacion.tiene_lugar or capacitacion.lugar.strip(), "el lugar"),
        (not capacitacion.tiene_enlace or capacitacion.enlace_virtual, "el enlace de la sesión virtual"),
        (Expositor.objects.filter(capacitacion=capacitacion).exists(), "al menos un expositor"),
        (not pide_autorizacion(capacitacion) or participa_el_centro(capacitacion), f"{FALTA_PARTICIPANTE} (R64)"),
        (_tiene_temas(capacitacion), "los temas: el de algún expositor o las actividades del programa"),
    ]
    return [falta for tiene, falta in requisitos if not tiene]


def _tiene_temas(capacitacion) -> bool:
    con_tema = Expositor.objects.filter(capacitacion=capacitacion).exclude(tema="")
    return con_tema.exists() or ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion).exists()


def exigir_completa(capacitacion) -> None:
    if faltas := faltas_para_publicar(capacitacion):
        raise FaltaParaPublicar(f"Antes de publicar falta: {'; '.join(faltas)}.")
