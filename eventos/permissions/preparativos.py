"""Los preparativos de una capacitación."""

from .alcance import puede_trabajar, si_tiene

puede_ver_preparativos = si_tiene("eventos.view_preparativos")


def puede_registrar_preparativos(usuario, capacitacion) -> bool:
    return not capacitacion.esta_cancelada and puede_trabajar(usuario, capacitacion, "eventos.change_preparativos")
