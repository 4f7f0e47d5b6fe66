"""Quién edita qué páginas de centros, qué páginas no se borran y quién mantiene el directorio."""

from comun.registros import entidades_escritas
from organizacion.models import Asignacion, Centro, Rol

from .cuentas.encargaturas import DA_CUENTAS, centros_que_coordina
from .models import CentroPage, CentrosIndexPage


def paginas_de_centros(rol, centro):
    """Cada coordinador edita la página de su centro; la sede, todas (registro ``permisos_de_pagina``)."""
    if rol == Rol.COORDINADOR and centro is not None:
        return [(pagina, ("change_page", "publish_page")) for pagina in CentroPage.objects.filter(centro=centro)]
    if rol in (Rol.OGAUC, Rol.COMUNICACIONES):
        return [(pagina, ("change_page", "publish_page")) for pagina in CentrosIndexPage.objects.all()]
    return []


def puede_registrar_ceses(usuario) -> bool:
    """Quien da cuentas las cierra (R4)."""
    return usuario.has_perm(DA_CUENTAS)


def encargaturas_que_ve(usuario):
    """Quien da cuentas, todas; un coordinador, las de sus centros."""
    filas = Asignacion.objects.encargaturas()
    return filas if usuario.has_perm(DA_CUENTAS) else filas.filter(centro__in=centros_que_coordina(usuario))


def motivo_para_no_borrar(pagina) -> str:
    """Por qué ``pagina`` no se puede borrar, o «» si se puede: un centro siempre tiene su página."""
    rama = pagina.get_descendants(inclusive=True)
    if rama.type((CentroPage, CentrosIndexPage)).exists():
        return "Los centros y su lista no se borran: si un centro cierra, quite su publicación."
    return ""


def puede_consultar(usuario) -> bool:
    """El directorio interno: todo el que ve al personal."""
    return usuario.has_perm("directorio.view_personal")


def puede_vincular_escritas(usuario) -> bool:
    """Quien ve entidades y puede cambiar aquello donde alguien las escribió."""
    return usuario.has_perm("directorio.view_entidad") and any(fuente.puede(usuario) for fuente in entidades_escritas)


def puede_imprimir_directorio(usuario, centro) -> bool:
    """El de un centro lleva a todas las personas de su ámbito: hace falta verlas en sus registros y ser del centro."""
    modelos = ("autoridad", "operador", "medio", "personal")
    ve_todo = all(usuario.has_perm(f"directorio.view_{modelo}") for modelo in modelos)
    return ve_todo and Centro.objects.propias(usuario).filter(pk=centro.pk).exists()


def puede_ver_su_parte(usuario) -> bool:
    return usuario.has_perm("directorio.view_cartera")


def puede_encargar_partes(usuario) -> bool:
    """Quien responde por el directorio dice quién lleva cada parte (R114)."""
    return usuario.has_perm("directorio.change_cartera")


def puede_verificar(usuario, modelo) -> bool:
    return usuario.has_perm(f"directorio.change_{modelo._meta.model_name}")


def puede_hacer_campanias(usuario) -> bool:
    return usuario.has_perm("directorio.add_campania")


def puede_ver_campanias(usuario) -> bool:
    return usuario.has_perm("directorio.view_campania")


def puede_buscar_en_directorio(usuario) -> bool:
    """Quien puede ver al menos un registro del directorio."""
    return any(usuario.has_perm(f"directorio.view_{modelo}") for modelo in ("entidad", "operador", "personal", "medio"))


def puede_buscar_por_documento(usuario) -> bool:
    """Quien lleva el directorio: es quien anota los documentos y distingue a dos que se llaman igual."""
    return usuario.has_perm("directorio.change_operador")
