"""Los preparativos de una capacitación."""

from .alcance import puede_trabajar


def puede_ver_preparativos(usuario) -> bool:
    return usuario.has_perm("eventos.view_preparativos")


def puede_registrar_preparativos(usuario, capacitacion) -> bool:
    return not capacitacion.esta_cancelada and puede_trabajar(usuario, capacitacion, "eventos.change_preparativos")
