"""Quién reenvía comunicados y escribe correos informativos (R111, R112)."""

from comun.alcance import alcance_de
from organizacion.models import Centro, Rol, Usuario

# Los de centro que difunden; un mismo usuario puede tener otro rol en otro centro, y ahí no.
ROLES_QUE_DIFUNDEN = (Rol.COORDINADOR, Rol.ESPECIALISTA, Rol.IMPLANTADOR)


def puede_ver_difusion(usuario: Usuario) -> bool:
    return usuario.has_perm("boletines.view_correodifundido")


def puede_difundir(usuario: Usuario) -> bool:
    """Si tiene desde dónde: un centro en el que trabaja o, Comunicaciones, todos."""
    return usuario.has_perm("boletines.add_correodifundido") and (
        difunde_en_todos(usuario) or bool(centros_en_que_difunde(usuario))
    )


def difunde_en_todos(usuario: Usuario) -> bool:
    return alcance_de(usuario, "boletines.add_correodifundido").nacional and usuario.tiene_rol(Rol.COMUNICACIONES)


def centros_en_que_difunde(usuario: Usuario) -> list[Centro]:
    """Los centros donde hoy coordina, es especialista o implantador; a Comunicaciones, todos los que atienden."""
    if difunde_en_todos(usuario):
        return list(Centro.objects.activos())
    suyos = {a.centro_id: a.centro for a in usuario.asignaciones_vigentes if a.rol in ROLES_QUE_DIFUNDEN}
    return sorted(suyos.values(), key=lambda centro: centro.nombre)


def puede_difundir_en(usuario: Usuario, centro: Centro | None) -> bool:
    """Si puede escribir a lo de ``centro``; ``None`` es a todos los centros."""
    if not usuario.has_perm("boletines.add_correodifundido"):
        return False
    return difunde_en_todos(usuario) if centro is None else centro in centros_en_que_difunde(usuario)


def puede_tocar_difundido(usuario: Usuario, correo) -> bool:
    """Si puede corregir, enviar o borrar el borrador ``correo``: su autor o quien coordina el centro (ADR 0024)."""
    if correo.enviado_en or not usuario.has_perm("boletines.change_correodifundido"):
        return False
    if not puede_difundir_en(usuario, correo.centro):
        return False
    return correo.creado_por_id == usuario.pk or difunde_en_todos(usuario) or _coordina(usuario, correo.centro)


def _coordina(usuario, centro) -> bool:
    return any(a.rol == Rol.COORDINADOR and a.centro_id == centro.pk for a in usuario.asignaciones_vigentes)
