"""Qué puede cada rol, en palabras, leído de ``matriz.PERMISOS``: ayuda para quien da roles."""

from dataclasses import dataclass

from django.apps import apps
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, ROLES_SIN_ALCANCE, Rol

from .matriz import PERMISOS

VERBOS = {
    "v": "ver",
    "a": "agregar",
    "c": "cambiar",
    "d": "borrar",
    "p": "aprobar",
    "x": "exportar",
    "r": "retirar con su motivo",
}


@dataclass(frozen=True)
class RolEnPalabras:
    """``alcance``: dónde vale. ``registros``: por app, pares (registro, «ver, agregar y cambiar»)."""

    rol: Rol
    alcance: str
    registros: list[tuple[str, list[tuple[str, str]]]]


def alcance_en_palabras(rol: str) -> str:
    if rol in ROLES_DE_CENTRO:
        return "En su centro."
    if rol in ROLES_DE_SISTEMA:
        return "En su sistema administrativo, de todos los centros."
    if rol in ROLES_SIN_ALCANCE:
        return "Los servicios conjuntos con su entidad."
    return "En todos los centros."


def verbos_en_palabras(letras: str) -> str:
    *todos, ultimo = [VERBOS[letra] for letra in letras]
    return f"{', '.join(todos)} y {ultimo}" if todos else ultimo


def roles_en_palabras() -> list[RolEnPalabras]:
    return [RolEnPalabras(rol, alcance_en_palabras(rol), _registros(PERMISOS[rol])) for rol in Rol]


def _registros(permisos: dict[str, str]):
    por_app: dict[str, list] = {}
    for nombre, letras in permisos.items():
        modelo = apps.get_model(nombre)
        rotulo = str(capfirst(modelo._meta.verbose_name_plural))
        por_app.setdefault(str(modelo._meta.app_config.verbose_name), []).append((rotulo, verbos_en_palabras(letras)))
    return sorted((app, sorted(filas)) for app, filas in por_app.items())


@require_safe
@permission_required("organizacion.change_usuario")
def que_puede_cada_rol(request):
    return render(request, "intranet/que_puede.html", {"roles": roles_en_palabras()})
