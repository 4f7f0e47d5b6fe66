"""Dar y quitar roles. Los grupos de Django siguen a las asignaciones vigentes (invariante 12)."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from comun.registros import permisos_de_coleccion, permisos_de_pagina

from .models import Asignacion, Centro, Rol, Sistema, Usuario


def grupo_de_rol(rol: str) -> Group:
    """Grupo con los permisos sobre registros de ``rol``; nunca lleva permisos sobre páginas."""
    return Group.objects.get_or_create(name=Rol(rol).label)[0]


def grupo_de_paginas(rol: str, centro: Centro | None) -> Group | None:
    """Grupo de ``rol`` en ``centro`` (o la sede) con los permisos de páginas y colecciones que le tocan, si hay."""
    paginas = [par for proveer in permisos_de_pagina for par in proveer(rol, centro)]
    colecciones = [par for proveer in permisos_de_coleccion for par in proveer(rol, centro)]
    if not paginas and not colecciones:
        return None
    grupo, _ = Group.objects.get_or_create(name=f"{Rol(rol).label} – {centro or 'sede'}")
    for pagina, permisos in paginas:
        for permiso in _permisos(permisos, "wagtailcore"):
            GroupPagePermission.objects.get_or_create(group=grupo, page_id=pagina.pk, permission=permiso)
    for coleccion, permisos in colecciones:
        for permiso in _permisos(permisos, "wagtailimages", "wagtaildocs"):
            GroupCollectionPermission.objects.get_or_create(group=grupo, collection=coleccion, permission=permiso)
    return grupo


def _permisos(codigos, *apps):
    return Permission.objects.filter(content_type__app_label__in=apps, codename__in=codigos)


def sincronizar_grupos(usuario: Usuario) -> None:
    """Deja a ``usuario`` en los grupos de sus asignaciones vigentes hoy y en ningún otro."""
    grupos = set()
    for asignacion in usuario.asignaciones.vigentes().select_related("centro"):
        grupos.add(grupo_de_rol(asignacion.rol))
        if de_paginas := grupo_de_paginas(asignacion.rol, asignacion.centro):
            grupos.add(de_paginas)
    usuario.groups.set(grupos)


@transaction.atomic
def asignar_rol(
    *,
    usuario: Usuario,
    rol: str,
    centro: Centro | None = None,
    sistema: Sistema | None = None,
    desde=None,
    hasta=None,
    es_encargatura: bool = False,
) -> Asignacion:
    """Da ``rol`` a ``usuario`` en ``centro`` o en la sede entre fechas; repetirla no duplica.

    Levanta ``ValidationError`` si el rol pide un centro o un sistema y no se da.
    """
    igual = usuario.asignaciones.vigentes().filter(rol=rol, centro=centro, sistema=sistema).first()
    if igual:
        sincronizar_grupos(usuario)
        return igual
    asignacion = Asignacion(
        usuario=usuario,
        rol=rol,
        centro=centro,
        sistema=sistema,
        desde=desde or timezone.localdate(),
        hasta=hasta,
        es_encargatura=es_encargatura,
    )
    asignacion.full_clean()
    asignacion.save()
    sincronizar_grupos(usuario)
    return asignacion
