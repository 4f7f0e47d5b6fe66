"""Programar, editar y cargar materiales."""

from .alcance import puede_trabajar, si_tiene

puede_ver_capacitaciones = si_tiene("eventos.view_capacitacion")


def puede_programar(usuario) -> bool:
    return usuario.has_perm("eventos.add_capacitacion")


def puede_editar_capacitacion(usuario, capacitacion) -> bool:
    """Una cancelada ya no se edita: se programa otra."""
    return not capacitacion.esta_cancelada and puede_trabajar(usuario, capacitacion, "eventos.change_capacitacion")


def puede_cambiar_en_bloque(usuario) -> bool:
    """Cancelar o mover varias a la vez; cuáles, lo dice su alcance."""
    return usuario.has_perm("eventos.change_capacitacion")


def puede_cargar_materiales(usuario, capacitacion) -> bool:
    return not capacitacion.esta_cancelada and puede_trabajar(usuario, capacitacion, "eventos.add_material")
