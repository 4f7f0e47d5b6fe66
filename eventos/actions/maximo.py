"""El máximo de personas por entidad, si la capacitación lo tiene. Se cuenta bajo la llave de los cupos.

Cuentan todas las inscripciones vigentes: también quien espera y quien tiene un cupo ofrecido, porque la lista de espera
promete un cupo y una sola entidad no puede llenarla. El personal puede pasarlo, y se le dice (ADR 0011).
"""

from collections.abc import Mapping

from comun.texto import normalizar
from eventos.models import Capacitacion, Inscripcion

from .rechazos import InscripcionRechazada


class MaximoPorEntidad(InscripcionRechazada):
    """Su entidad ya tiene inscritas a todas las personas que esta capacitación le admite."""


def exigir_maximo(
    capacitacion: Capacitacion, datos: Mapping, *, cuantas: int = 1, salvo: Inscripcion | None = None
) -> None:
    """Levanta ``MaximoPorEntidad`` si ``cuantas`` más, de la entidad de ``datos``, pasan el máximo."""
    maximo = capacitacion.maximo_por_entidad
    if maximo is None or datos.get("es_ciudadano"):
        return
    hay = _vigentes_de(capacitacion, datos, salvo)
    if hay + cuantas <= maximo:
        return
    nombre = datos["entidad"].nombre if datos.get("entidad") else datos.get("entidad_texto", "")
    quedan = max(maximo - hay, 0)
    resto = f"puede inscribir a {quedan} más" if quedan else "ya no puede inscribir a nadie más"
    admite = f"Esta capacitación admite hasta {_personas(maximo)} por entidad"
    raise MaximoPorEntidad(f"{admite} y de {nombre} ya hay {_inscritas(hay)}: {resto}.")


def aviso_de_maximo(inscripcion: Inscripcion) -> str:
    """Para el personal, que puede pasarlo: cuántas hay si con ``inscripcion`` se pasó; «» si no."""
    maximo = inscripcion.capacitacion.maximo_por_entidad
    if maximo is None or inscripcion.es_ciudadano:
        return ""
    campos = ("entidad", "entidad_texto", "entidad_distrito")
    hay = _vigentes_de(inscripcion.capacitacion, {campo: getattr(inscripcion, campo) for campo in campos})
    if hay <= maximo:
        return ""
    return f"{inscripcion.nombre_de_entidad} ya tiene {_inscritas(hay)} y el máximo por entidad es {maximo}."


def _vigentes_de(capacitacion, datos, salvo=None) -> int:
    """Cuántas vigentes son de la misma entidad: la del directorio, o la que se escribió igual sin contar tildes."""
    filas = capacitacion.inscripciones.vigentes().exclude(pk=salvo.pk if salvo else None)
    if entidad := datos.get("entidad"):
        return filas.filter(entidad=entidad).count()
    buscada = normalizar(datos.get("entidad_texto", ""))
    escritas = filas.filter(entidad__isnull=True, entidad_distrito=datos.get("entidad_distrito"), es_ciudadano=False)
    return sum(normalizar(texto) == buscada for texto in escritas.values_list("entidad_texto", flat=True))


def _personas(numero) -> str:
    return "1 persona" if numero == 1 else f"{numero} personas"


def _inscritas(numero) -> str:
    return "1 inscrita" if numero == 1 else f"{numero} inscritas"
