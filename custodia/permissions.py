"""Quién mira el rastro y quién atiende los derechos: preguntas que valen para la vista, la plantilla y el menú."""


def puede_ver_rastro(usuario) -> bool:
    """El Oficial de Datos Personales, la OGAUC y el administrador."""
    return usuario.has_perm("custodia.view_huella")


def puede_ver_solicitudes(usuario) -> bool:
    """El Oficial, todas; quien atiende en un centro, las que se presentaron en el suyo."""
    return usuario.has_perm("custodia.view_solicituddederechos")


def puede_registrar_solicitud(usuario) -> bool:
    return usuario.has_perm("custodia.add_solicituddederechos")


def puede_atender_solicitudes(usuario) -> bool:
    """Solo el Oficial: verifica la identidad, responde y toca los datos."""
    return usuario.has_perm("custodia.change_solicituddederechos")


def puede_entregar_paquete(usuario, solicitud) -> bool:
    """El Oficial, o el centro donde se presentó: la persona lo recoge ahí mostrando su documento."""
    return puede_atender_solicitudes(usuario) or (
        puede_registrar_solicitud(usuario) and solicitud.centro_id is not None
    )


def puede_ver_vulneraciones(usuario) -> bool:
    return usuario.has_perm("custodia.view_vulneracion")


def puede_registrar_vulneracion(usuario) -> bool:
    return usuario.has_perm("custodia.add_vulneracion")


def puede_gobernar_vulneraciones(usuario) -> bool:
    return usuario.has_perm("custodia.change_vulneracion")


def puede_ver_retencion(usuario) -> bool:
    return usuario.has_perm("custodia.view_corridaderetencion")
