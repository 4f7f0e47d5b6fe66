"""Lo previo: autorización, coordinación y quién abre, cierra y lleva la logística (R64, R72, R86, R88)."""

import datetime as dt

from django.urls import reverse

from eventos import permissions
from eventos.preparativos import faltan, preparativos_de

from .paso import Boton, Estado, Mirada, Paso

# Con menos días que estos por delante, lo que falta ya va tarde.
CERCA = dt.timedelta(days=5)
COORDINADOR = "el Coordinador de Centro"


def preparativos(mirada: Mirada) -> Paso | None:
    if not permissions.puede_ver_preparativos(mirada.usuario) or mirada.capacitacion.centro_id is None:
        return None
    registrados = preparativos_de(mirada.capacitacion)
    faltas = [] if mirada.capacitacion.esta_cancelada else faltan(mirada.capacitacion, registrados)
    return Paso(
        "preparativos",
        "Preparativos",
        _estado(mirada, faltas),
        lineas=_lineas(registrados),
        faltas=faltas,
        botones=_botones(mirada),
    )


def _estado(mirada, faltas) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    if not faltas:
        return Estado.HECHO
    comienzo = mirada.capacitacion.fecha_inicio
    return Estado.ATRASADO if comienzo and comienzo - mirada.hoy <= CERCA else Estado.TOCA


def _lineas(registrados) -> list[str]:
    """Quién hace qué; si no se delegó, el Coordinador."""
    abre, cierra = registrados.apertura or COORDINADOR, registrados.clausura or COORDINADOR
    lineas = [f"Abre y cierra {abre}." if abre == cierra else f"Abre {abre} y cierra {cierra}."]
    lineas += [f"Lleva la logística {registrados.logistica}."] if registrados.logistica_id else []
    constancias = {
        "Autorizada": (registrados.autorizacion, registrados.autorizada_el),
        "Coordinada con la OGAUC": (registrados.coordinacion, registrados.coordinada_el),
    }
    return lineas + [f"{que}: {doc}, {el:%d/%m/%Y}." for que, (doc, el) in constancias.items() if doc and el]


def _botones(mirada) -> list[Boton]:
    if not permissions.puede_registrar_preparativos(mirada.usuario, mirada.capacitacion):
        return []
    url = reverse("eventos_intranet:preparativos", args=[mirada.capacitacion.pk])
    return [Boton("Registrar preparativos", url)]
