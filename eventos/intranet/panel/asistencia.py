"""Registrar la asistencia de cada sesión (R80, R81, R84)."""

from django.urls import reverse

from eventos import permissions

from .paso import Boton, Estado, Mirada, Paso


def asistencia(mirada: Mirada) -> Paso:
    return Paso(
        "asistencia",
        "Registrar asistencia",
        _estado(mirada),
        lineas=[] if mirada.sesiones else ["Aún no tiene sesiones."],
        botones=_botones(mirada),
        plantilla="eventos/intranet/panel/asistencia.html",
        contexto={
            "capacitacion": mirada.capacitacion,
            "sesiones": mirada.sesiones,
            "confirmadas": mirada.confirmadas,
            "puede_ver": permissions.puede_ver_asistencia(mirada.usuario) and mirada.en_pie,
        },
    )


def _estado(mirada) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    sin_firmas = [sesion for sesion in mirada.sesiones if sesion.fecha <= mirada.hoy and not sesion.firmas]
    if mirada.es_borrador or not mirada.sesiones or mirada.sesiones[0].fecha > mirada.hoy:
        return Estado.ESPERA
    if not sin_firmas:
        return Estado.HECHO if mirada.ya_termino else Estado.ESPERA
    return Estado.ATRASADO if any(sesion.fecha < mirada.hoy for sesion in sin_firmas) else Estado.TOCA


def _botones(mirada) -> list[Boton]:
    """El visto bueno en las papeletas de quienes firmaron (R85)."""
    if not mirada.cifras.participantes or not permissions.puede_ver_vistos_buenos(mirada.usuario):
        return []
    return [Boton("Visto bueno en papeletas", reverse("eventos_intranet:vistos-buenos", args=[mirada.capacitacion.pk]))]
