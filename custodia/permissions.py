"""Quién mira el rastro y el inventario: el Oficial de Datos Personales, la OGAUC y el administrador."""


def puede_ver_rastro(usuario) -> bool:
    return usuario.has_perm("custodia.view_huella")
