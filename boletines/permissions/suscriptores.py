"""Quién atiende la lista de suscriptores."""

from comun.alcance import alcance_de
from organizacion.models import Usuario


def puede_dar_de_baja(usuario: Usuario) -> bool:
    return usuario.has_perm("boletines.change_suscriptor")


def puede_borrar_suscriptor(usuario: Usuario) -> bool:
    return usuario.has_perm("boletines.retirar_suscriptor")


def puede_exportar_suscriptores(usuario: Usuario) -> bool:
    return usuario.has_perm("boletines.exportar_suscriptor")


def puede_ver_consentimiento(usuario: Usuario) -> bool:
    """Lleva la dirección IP: solo quien atiende la lista o vela por los datos personales."""
    return usuario.has_perm("boletines.change_suscriptor") or usuario.has_perm("custodia.view_huella")


def puede_importar_suscriptores(usuario: Usuario) -> bool:
    """Una lista puede traer correos de cualquier centro: hace falta alcanzarlos todos."""
    permiso = "boletines.add_importaciondesuscriptores"
    return usuario.has_perm(permiso) and alcance_de(usuario, permiso).nacional
