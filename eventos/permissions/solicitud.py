"""Solicitudes de capacitación."""

from .alcance import es_de_los_suyos, si_tiene

puede_ver_solicitudes = si_tiene("eventos.view_solicitud")


def puede_registrar_solicitudes(usuario) -> bool:
    return usuario.has_perm("eventos.add_solicitud")


def puede_atender_solicitud(usuario, solicitud) -> bool:
    return usuario.has_perm("eventos.change_solicitud") and es_de_los_suyos(
        usuario, solicitud, "eventos.change_solicitud"
    )
