"""Poner correo en la bandeja de salida y gobernar lo que sale (ADR 0003 y ADR 0020)."""

from correo.tasks import repartir

from .cola import poner_en_cola
from .entregas import Adjunto, Destinatario
from .gobierno import FaltaElMotivo, FirmaPropia, NoProcede, aprobar, cancelar, devolver, pausar, reanudar
from .problemas import dar_por_enviada, reintentar_dudosa, reintentar_fallidas
from .prueba import CuentaSinCorreo, probar

__all__ = [
    "Adjunto",
    "CuentaSinCorreo",
    "Destinatario",
    "FaltaElMotivo",
    "FirmaPropia",
    "NoProcede",
    "aprobar",
    "cancelar",
    "dar_por_enviada",
    "devolver",
    "pausar",
    "poner_en_cola",
    "probar",
    "reanudar",
    "reintentar_dudosa",
    "reintentar_fallidas",
    "repartir",
]
