"""El visto bueno en las papeletas de comisión (R85)."""

from .alcance import puede_trabajar, si_tiene

puede_ver_vistos_buenos = si_tiene("eventos.view_vistobueno")


def puede_sellar(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_vistobueno")


def puede_quitar_sello(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.delete_vistobueno")
