"""Quién escribe y quién reúne las partes de una edición (R106–R109)."""

from boletines.models import Aporte
from comun.alcance import alcance_de
from eventos.permissions.alcance import si_tiene
from organizacion.models import Rol, Usuario

ESCRIBEN = (Rol.COORDINADOR, Rol.ESPECIALISTA, Rol.IMPLANTADOR)


puede_ver_aportes = si_tiene("boletines.view_aporte")


def puede_ver_tablero(usuario: Usuario) -> bool:
    """La sede ve el de todos: Comunicaciones lo mueve y la OGAUC lo mira."""
    return puede_ver_aportes(usuario) and alcance_de(usuario, "boletines.view_aporte").nacional


# La Oficina de Comunicaciones: pedir, recordar, devolver, ampliar, suplir y armar (R106).
puede_reunir_aportes = si_tiene("boletines.change_edicion")


def puede_escribir_aporte(usuario: Usuario, aporte: Aporte) -> bool:
    """Del centro, su coordinador, sus especialistas e implantadores; de un sistema, su Responsable Técnico."""
    return usuario.has_perm("boletines.change_aporte") and _tiene_rol_en(usuario, aporte, ESCRIBEN)


def puede_entregar_aporte(usuario: Usuario, aporte: Aporte) -> bool:
    """Quien atiende el pedido: el Coordinador (R108) o el Responsable Técnico (R109), titular o encargado."""
    return usuario.has_perm("boletines.change_aporte") and _tiene_rol_en(usuario, aporte, (Rol.COORDINADOR,))


def _tiene_rol_en(usuario, aporte, roles) -> bool:
    """El rol en ese centro: tenerlo en otro no vale. El superusuario no escribe por nadie."""
    if aporte.centro_id:
        return any(a.rol in roles and a.centro_id == aporte.centro_id for a in usuario.asignaciones_vigentes)
    return any(
        a.rol == Rol.RESPONSABLE_TECNICO and a.sistema_id == aporte.sistema_id for a in usuario.asignaciones_vigentes
    )
