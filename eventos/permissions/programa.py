"""El programa del mes, la agenda y la importación."""

from comun.alcance import alcance_de


def puede_ver_programa(usuario) -> bool:
    """También abre la agenda de las personas del centro."""
    return usuario.has_perm("eventos.view_programamensual")


def _trabaja_en(usuario, centro) -> bool:
    alcance = alcance_de(usuario)
    return alcance.nacional or centro.pk in alcance.centros


def puede_registrar_programa(usuario, centro) -> bool:
    """Darlo por registrado (R66)."""
    return usuario.has_perm("eventos.add_programamensual") and _trabaja_en(usuario, centro)


def puede_programar_en(usuario, centro) -> bool:
    """Programar varias de una vez: por la rejilla o copiando el mes anterior."""
    return usuario.has_perm("eventos.add_capacitacion") and _trabaja_en(usuario, centro)


def puede_importar_programa(usuario, centro) -> bool:
    return usuario.has_perm("eventos.add_importaciondeprograma") and puede_programar_en(usuario, centro)
