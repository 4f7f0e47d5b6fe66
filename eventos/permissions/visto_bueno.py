"""El visto bueno en las papeletas de comisión (R85)."""

from .alcance import puede_trabajar


def puede_ver_vistos_buenos(usuario) -> bool:
    return usuario.has_perm("eventos.view_vistobueno")


def puede_sellar(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_vistobueno")


def puede_quitar_sello(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.delete_vistobueno")
