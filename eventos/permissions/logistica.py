"""La lista de logística (R73): la lleva el centro, también su Coordinador Administrativo."""

from .alcance import puede_trabajar, si_tiene

puede_ver_logistica = si_tiene("eventos.view_tarealogistica")


def puede_llevar_logistica(usuario, capacitacion) -> bool:
    return not capacitacion.esta_cancelada and puede_trabajar(usuario, capacitacion, "eventos.change_tarealogistica")
