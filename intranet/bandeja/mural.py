"""El mural del centro en la bandeja de su Coordinador: qué sección está vacía o envejeció (R113)."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from comun.templatetags.comun import fecha_larga
from home.mural import DIAS_SIN_NOVEDAD, secciones_de
from organizacion.models import Rol

from .asunto import Asunto, Linea


def mural(usuario) -> Asunto | None:
    """Las secciones de su mural que piden algo nuevo; cada línea abre el aviso ya puesto en su sección."""
    centro = next((a.centro for a in usuario.asignaciones_vigentes if a.rol == Rol.COORDINADOR), None)
    if centro is None:
        return None
    agregar = reverse("mural_modeladmin_create")
    lineas = [
        Linea(seccion.titulo, f"{agregar}?seccion={seccion.clave}", pide)
        for seccion in secciones_de(centro)
        if (pide := _que_pide(seccion.novedad()))
    ]
    return Asunto("El mural del centro pide algo nuevo", lineas) if lineas else None


def _que_pide(novedad: dt.date | None) -> str:
    if novedad is None:
        return "Está vacía"
    if novedad < timezone.localdate() - dt.timedelta(DIAS_SIN_NOVEDAD):
        return f"Nada nuevo desde el {fecha_larga(novedad)}"
    return ""
