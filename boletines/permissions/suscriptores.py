"""Quién atiende la lista de suscriptores."""

from organizacion.models import Usuario


def puede_dar_de_baja(usuario: Usuario) -> bool:
    return usuario.has_perm("boletines.change_suscriptor")
