"""Dar y quitar roles. Los grupos de Django siguen a las asignaciones vigentes (invariante 12)."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from comun.registros import permisos_de_coleccion, permisos_de_pagina

from .models import ROLES_QUE_LLEVAN_SISTEMA, Asignacion, Centro, Organo, Rol, Sistema, Usuario


def grupo_de_rol(rol: str) -> Group:
    """Grupo con los permisos sobre registros de ``rol``; nunca lleva permisos sobre páginas."""
    return Group.objects.get_or_create(name=Rol(rol).label)[0]


def grupo_de_paginas(rol: str, centro: Centro | None) -> Group | None:
    """Grupo de ``rol`` en ``centro`` (o la sede) con los permisos de páginas y colecciones que le tocan, si hay."""
    paginas = [par for proveer in permisos_de_pagina for par in proveer(rol, centro)]
    colecciones = [par for proveer in permisos_de_coleccion for par in proveer(rol, centro)]
    if not paginas and not colecciones:
        return None
    grupo, _ = Group.objects.get_or_create(name=_nombre_del_grupo_de_paginas(rol, centro))
    for pagina, permisos in paginas:
        for permiso in _permisos(permisos, "wagtailcore"):
            GroupPagePermission.objects.get_or_create(group=grupo, page_id=pagina.pk, permission=permiso)
    for coleccion, permisos in colecciones:
        for permiso in _permisos(permisos, "wagtailimages", "wagtaildocs"):
            GroupCollectionPermission.objects.get_or_create(group=grupo, collection=coleccion, permission=permiso)
    return grupo


def _nombre_del_grupo_de_paginas(rol: str, centro: Centro | None) -> str:
    return f"{Rol(rol).label} – {centro or 'sede'}"


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


def sincronizar_grupos_de_hoy() -> str:
    """Pone al día los grupos de quienes empiezan o terminan un rol; devuelve qué hizo, o «» si nada cambió.

    Compara lo que debe ser con lo que es, así que no se pierde el día en que no corrió.
    """
    existentes = set(Group.objects.values_list("name", flat=True))
    deben = set()
    for asignacion in Asignacion.objects.vigentes().select_related("centro"):
        deben.add((asignacion.usuario_id, asignacion.get_rol_display()))
        de_paginas = _nombre_del_grupo_de_paginas(asignacion.rol, asignacion.centro)
        if de_paginas in existentes:
            deben.add((asignacion.usuario_id, de_paginas))
    son = set(Usuario.groups.through.objects.values_list("usuario_id", "group__name"))
    # Un grupo que no nace de un rol (lo puso el superusuario) no cuenta.
    de_roles = {par for par in son if par[1].split(" – ")[0] in Rol.labels}
    distintos = {usuario for usuario, _ in deben ^ de_roles}
    for usuario in Usuario.objects.filter(pk__in=distintos):
        sincronizar_grupos(usuario)
    return f"grupos al día: {len(distintos)}" if distintos else ""


@transaction.atomic
def terminar_roles(*, usuario: Usuario) -> int:
    """Cierra ayer los roles de ``usuario`` y quita los que empiezan hoy o después; devuelve cuántos tocó."""
    hoy = timezone.localdate()
    # Uno dado hoy por error no sigue abierto hasta la medianoche si hoy mismo se le da otro.
    quitados, _ = usuario.asignaciones.filter(desde__gte=hoy).delete()
    cerrados = usuario.asignaciones.vigentes().update(hasta=hoy - dt.timedelta(days=1))
    usuario.groups.clear()
    return quitados + cerrados


@transaction.atomic
def asignar_rol(
    *,
    usuario: Usuario,
    rol: str,
    centro: Centro | None = None,
    sistema: Sistema | None = None,
    organo: Organo | None = None,
    desde=None,
    hasta=None,
    es_encargatura: bool = False,
) -> Asignacion:
    """Da ``rol`` a ``usuario`` en ``centro`` o en la sede entre fechas; repetirla no duplica.

    Si ya lo tiene en parte de esas fechas, se alarga hasta cubrirlas. Un encargo no cuenta como propio, ni al revés.

    ``organo``: el de una entidad aliada, que ve sus servicios conjuntos.

    Levanta ``ValidationError`` si el rol pide un centro o un sistema y no se da.
    """
    desde = desde or timezone.localdate()
    cual = {"rol": rol, "centro": centro, "organo": organo, "es_encargatura": es_encargatura}
    if rol in ROLES_QUE_LLEVAN_SISTEMA:
        cual["sistema"] = sistema
    suyas = usuario.asignaciones.filter(**cual).que_se_cruzan(desde, hasta or dt.date.max)
    asignacion = suyas.order_by("desde").first() or Asignacion(usuario=usuario, desde=desde, hasta=hasta, **cual)
    asignacion.desde = min(asignacion.desde, desde)
    asignacion.hasta = max(asignacion.hasta, hasta) if asignacion.hasta and hasta else None
    asignacion.full_clean()
    asignacion.save()
    sincronizar_grupos(usuario)
    return asignacion
