"""Bloques de las fichas del directorio."""

from directorio.models import Autoridad, Operador
from organizacion.models import Sistema

SIN_SISTEMA = "Sin sistema anotado"


def de_contactos(fila) -> dict | None:
    contactos = list(fila.contactos.all())
    if not contactos:
        return None
    plantilla = "directorio/secciones/contactos.html"
    return {"titulo": "Otros correos y teléfonos", "plantilla": plantilla, "contexto": {"contactos": contactos}}


def de_historia(titulo: str, filas) -> dict | None:
    """``filas``: puestos con ``desde`` y ``hasta``."""
    puestos = list(filas)
    if not puestos:
        return None
    plantilla = "directorio/secciones/historia.html"
    return {"titulo": titulo, "plantilla": plantilla, "contexto": {"puestos": puestos}}


def de_autoridades(usuario, entidad) -> dict | None:
    if not usuario.has_perm("directorio.view_autoridad"):
        return None
    filas = Autoridad.objects.para(usuario).filter(entidad=entidad).order_by("desde", "cargo", "apellidos")
    contexto = {
        "entidad": entidad,
        "autoridades": [fila for fila in filas if not fila.termino()],
        "anteriores": [fila for fila in filas if fila.termino()],
        "puede_cambiar": usuario.has_perm("directorio.change_autoridad"),
    }
    return {"titulo": "Autoridades", "plantilla": "directorio/secciones/autoridades.html", "contexto": contexto}


def operadores_por_sistema(usuario, entidad) -> list[tuple[str, list[Operador]]]:
    """Pares (sistema, operadores activos), en el orden de los sistemas; quien lleva dos figura en los dos."""
    operadores = Operador.objects.para(usuario).activos().filter(entidad=entidad).prefetch_related("sistemas")
    grupos: dict[str, list[Operador]] = {str(sistema): [] for sistema in Sistema.objects.all()}
    for operador in operadores:
        for nombre in [str(sistema) for sistema in operador.sistemas.all()] or [SIN_SISTEMA]:
            grupos.setdefault(nombre, []).append(operador)
    return [(nombre, filas) for nombre, filas in grupos.items() if filas]
