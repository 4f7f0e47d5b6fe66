"""Avisos de mural inventados: convocatorias, procedimientos y plazos con su cuenta regresiva."""

import datetime as dt

from home.models import AvisoDeMural
from organizacion.models import Centro

from .marcas import marcar

Seccion = AvisoDeMural.Seccion
# (sección, título, texto, días hasta el plazo o None). Los de la sede salen en todos los murales.
DE_LA_SEDE = (
    (
        Seccion.TUPA,
        "Acceso a la información pública",
        "Se pide por escrito o en la web. Es gratuito; solo se pagan las copias. Procedimiento de ejemplo.",
        None,
    ),
    (
        Seccion.TUPA,
        "Presentar un documento en la mesa de partes",
        "De lunes a viernes, con copia para el cargo. También por la mesa de partes virtual. Procedimiento de ejemplo.",
        None,
    ),
    (
        Seccion.COMUNICADOS,
        "Conciliación del marco legal del presupuesto",
        "Presente el acta firmada. Plazo inventado para la demostración.",
        9,
    ),
)
DEL_CENTRO = (
    (
        Seccion.CAS,
        "CAS N.° 014: especialista en presupuesto público",
        "Un puesto en el centro. Requiere título y tres años de experiencia. Convocatoria inventada.",
        3,
    ),
    (
        Seccion.CAS,
        "CAS N.° 015: asistente administrativo",
        "Para la mesa de partes. Requiere estudios técnicos concluidos. Convocatoria inventada.",
        0,
    ),
)


def cargar_mural(carga, hoy: dt.date) -> None:
    """Los de la sede, y en el Cusco y Arequipa sus convocatorias."""
    avisos = [_aviso(None, hoy, *datos) for datos in DE_LA_SEDE]
    for centro in Centro.objects.filter(slug__in=("cusco", "arequipa")):
        avisos += [_aviso(centro, hoy, *datos) for datos in DEL_CENTRO]
    marcar(carga, avisos)


def _aviso(centro, hoy, seccion, titulo, texto, dias) -> AvisoDeMural:
    plazo = None if dias is None else hoy + dt.timedelta(dias)
    # «example» es un dominio reservado: el código QR no lleva a ninguna parte de verdad.
    enlace = f"https://www.mef.example/{seccion}/"
    return AvisoDeMural.objects.create(
        centro=centro, seccion=seccion, titulo=titulo, texto=texto, enlace=enlace, plazo=plazo, desde=hoy
    )
