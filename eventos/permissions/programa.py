"""El programa del mes, la agenda y la importación."""

from comun.alcance import alcance_de

from .alcance import si_tiene

puede_ver_programa = si_tiene("eventos.view_programamensual")  # También abre la agenda de las personas del centro.


def _puede_en(usuario, centro, permiso) -> bool:
    alcance = alcance_de(usuario, permiso)
    return usuario.has_perm(permiso) and (alcance.nacional or centro.pk in alcance.centros)


def puede_registrar_programa(usuario, centro) -> bool:
    """Darlo por registrado (R66)."""
    return _puede_en(usuario, centro, "eventos.add_programamensual")


def puede_programar_en(usuario, centro) -> bool:
    """Programar varias de una vez: por la rejilla o copiando el mes anterior."""
    return _puede_en(usuario, centro, "eventos.add_capacitacion")


def puede_importar_programa(usuario, centro) -> bool:
    return _puede_en(usuario, centro, "eventos.add_importaciondeprograma") and puede_programar_en(usuario, centro)
