"""Prever la logística y armar las carpetas (R73, R83)."""

from django.urls import reverse

from eventos import permissions
from eventos.logistica import logistica_de

from .paso import Boton, Estado, Mirada, Paso


def logistica(mirada: Mirada) -> Paso | None:
    if not permissions.puede_ver_logistica(mirada.usuario):
        return None
    como_va = logistica_de(mirada.capacitacion)
    estado = _estado(mirada, como_va)
    pide_algo = estado in {Estado.TOCA, Estado.ATRASADO}
    return Paso(
        "logistica",
        "Logística y carpetas",
        estado,
        lineas=_lineas(como_va, pide_algo),
        faltas=como_va.faltas if pide_algo and not como_va.es_propuesta else [],
        botones=_botones(mirada),
    )


def _estado(mirada, como_va) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    if not como_va.es_propuesta and not como_va.pendientes:
        return Estado.HECHO
    if mirada.es_borrador:
        return Estado.ESPERA
    if mirada.ya_termino:
        return Estado.NO_APLICA  # ya pasó: lo que no se marcó no se puede remediar
    return Estado.ATRASADO if como_va.atrasada else Estado.TOCA


def _lineas(como_va, pide_algo) -> list[str]:
    if como_va.es_propuesta:
        return ["La lista aún no se empezó."]
    lineas = [f"{como_va.listas} de {como_va.que_aplican} ya están."]
    return [*lineas, "Falta:"] if pide_algo else lineas


def _botones(mirada) -> list[Boton]:
    llave = [mirada.capacitacion.pk]
    return [
        Boton("Logística", reverse("eventos_intranet:logistica", args=llave)),
        Boton("Carpeta (PDF)", reverse("eventos_intranet:carpeta", args=llave)),
    ]
