"""Estadísticas de las capacitaciones para publicar: sumadas, sin nadie a quien se pueda reconocer.

Cada fila reúne las capacitaciones que comparten sus diez primeras columnas. Cada capacitación está en una sola fila,
aunque sea de varios sistemas: los conteos de capacitaciones se pueden sumar. Un grupo de menos de ``MINIMO`` personas
no se publica (ver ``RESERVADAS``).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils import timezone

from .cifras import Cifras, cifras_por_grupo
from .models import Calificacion, Capacitacion, Inscripcion, ItemEncuesta
from .models.encuesta import MINIMO_PARA_DESGLOSAR

# El mismo mínimo de las encuestas: con cuatro personas o menos, quien estuvo allí reconoce a las demás.
MINIMO = MINIMO_PARA_DESGLOSAR
SIN_CENTRO = "Sede central"
SIN_DEPARTAMENTO = "Todo el país"
SIN_ALIADO = "Ninguna"

TEXTOS = ("objetivo", "publico_objetivo", "metodologia", "descripcion", "texto_busqueda")
E = Capacitacion.Estado
Modalidad = Inscripcion.Modalidad


@dataclass(frozen=True)
class Encuestas:
    respuestas: int = 0
    suma: int = 0


@dataclass(frozen=True)
class Fila:
    """Las capacitaciones de un grupo: qué comparten y sus cifras sin recortar; las recorta cada ``Columna``."""

    grupo: tuple
    realizadas: int
    canceladas: int
    cifras: Cifras
    encuestas: Encuestas

    def si_no_son_pocas(self, cantidad: int) -> int | None:
        """``cantidad``, o nada si las personas de la fila son menos que ``MINIMO`` y más que ninguna."""
        return None if 0 < self.cifras.participantes < MINIMO else cantidad

    @property
    def respuestas(self) -> int | None:
        return None if 0 < self.encuestas.respuestas < MINIMO else self.encuestas.respuestas

    @property
    def satisfaccion(self) -> float | None:
        if self.encuestas.respuestas < MINIMO:
            return None
        return round(self.encuestas.suma / self.encuestas.respuestas, 2)


@dataclass(frozen=True)
class Columna:
    nombre: str
    tipo: str
    descripcion: str
    valor: Callable[[Fila], object]
    valores: str = ""


def _parte(posicion):
    return lambda fila: fila.grupo[posicion]


def _opciones(opciones) -> str:
    return "; ".join(opciones.labels)


RESERVADAS = f"Vacío si las personas fueron de 1 a {MINIMO - 1}: se reservan para que no se reconozca a nadie."
COLUMNAS = (
    Columna("anio", "entero", "Año en que empezó la capacitación.", _parte(0), "Desde 2000"),
    Columna("mes", "entero", "Mes en que empezó la capacitación.", _parte(1), "1 a 12"),
    Columna("centro", "texto", f"Centro que la programó; «{SIN_CENTRO}» si es de la sede para todos.", _parte(2)),
    Columna(
        "departamento",
        "texto",
        "Departamento donde se realizó; si fue virtual, el del centro que la programó.",
        _parte(3),
        f"Nombre del departamento según el INEI, o «{SIN_DEPARTAMENTO}»",
    ),
    Columna("sistema", "texto", "Sistemas administrativos que trató; si son varios, separados por « y ».", _parte(4)),
    Columna("tipo", "texto", "Tipo de capacitación.", _parte(5), _opciones(Capacitacion.Tipo)),
    Columna(
        "modalidad",
        "texto",
        "Cómo se dictó, en las dos modalidades oficiales. La híbrida se cuenta una vez, como presencial; sus "
        "participantes y asistencias, cada uno en la suya.",
        _parte(6),
        _opciones(Modalidad),
    ),
    Columna("organizador", "texto", "Quién la organizó.", _parte(7), _opciones(Capacitacion.Organizador)),
    Columna("origen", "texto", "De quién fue la iniciativa.", _parte(8), _opciones(Capacitacion.Origen)),
    Columna("aliado", "texto", f"Entidad con que se hizo el servicio conjunto, o «{SIN_ALIADO}».", _parte(9)),
    Columna("realizadas", "entero", "Capacitaciones que ya terminaron y no se cancelaron.", lambda f: f.realizadas),
    Columna("canceladas", "entero", "Capacitaciones que se anunciaron y se cancelaron.", lambda f: f.canceladas),
    Columna(
        "participantes",
        "entero",
        "Personas distintas que firmaron su asistencia al menos una vez; quien no firmó no se cuenta. Una persona que "
        f"está en dos filas se cuenta en las dos: no se suman. {RESERVADAS}",
        lambda f: f.si_no_son_pocas(f.cifras.participantes),
    ),
    Columna(
        "asistencias",
        "entero",
        f"Firmas de asistencia: una por persona y sesión. {RESERVADAS}",
        lambda f: f.si_no_son_pocas(f.cifras.asistencias),
    ),
    Columna(
        "encuestas",
        "entero",
        f"Encuestas anónimas con nota de satisfacción general. Vacío si fueron de 1 a {MINIMO - 1}.",
        lambda f: f.respuestas,
    ),
    Columna(
        "satisfaccion",
        "decimal",
        f"Promedio de la satisfacción general con el evento. Vacío si hubo menos de {MINIMO} encuestas.",
        lambda f: f.satisfaccion,
        "1 (insatisfecho) a 4 (muy satisfecho)",
    ),
)
ENCABEZADOS = [columna.nombre for columna in COLUMNAS]
DICCIONARIO = ["columna", "tipo", "descripcion", "valores"]


def corte(hoy: dt.date | None = None) -> dt.date:
    """Hasta qué fecha llegan los datos: ayer, porque lo de hoy aún no termina."""
    return (hoy or timezone.localdate()) - dt.timedelta(days=1)


def publicables(anio: int | None = None):
    """Las que ya terminaron, realizadas o canceladas; solo las que empezaron en ``anio`` si se dice."""
    filas = Capacitacion.objects.publicadas().filter(fecha_fin__lte=corte())
    return filas.filter(fecha_inicio__year=anio) if anio else filas


def resumen_por_anio() -> list[dict]:
    """Por año, del más reciente al más antiguo: cuántas se realizaron y cuántas se cancelaron."""
    por_anio = publicables().order_by().values("fecha_inicio__year")
    cuentas = por_anio.annotate(
        realizadas=Count("pk", filter=Q(estado=E.PUBLICADA)), canceladas=Count("pk", filter=Q(estado=E.CANCELADA))
    )
    return [
        {"anio": c["fecha_inicio__year"], "realizadas": c["realizadas"], "canceladas": c["canceladas"]}
        for c in cuentas.order_by("-fecha_inicio__year")
    ]


def filas(anio: int | None = None) -> list[Fila]:
    """Las filas publicables, en orden; cuatro consultas sea cual sea su número."""
    capacitaciones = publicables(anio)
    estados, grupo_de, grupos = defaultdict(list), {}, {}
    de_lejos = ("aliado", "centro__distrito__provincia__departamento", "distrito__provincia__departamento")
    for c in capacitaciones.select_related(*de_lejos).prefetch_related("sistemas").defer(*TEXTOS):
        grupo_de[c.pk] = grupo = _grupo(c, Modalidad.VIRTUAL if c.es_virtual else Modalidad.PRESENCIAL)
        estados[grupo].append(c.estado)
        grupos |= {(c.pk, modalidad.value): _grupo(c, modalidad) for modalidad in Modalidad}
    cifras = cifras_por_grupo(capacitaciones, grupos)
    encuestas = encuestas_por_grupo(capacitaciones, grupo_de)
    return [
        Fila(
            grupo=grupo,
            realizadas=estados[grupo].count(E.PUBLICADA),
            canceladas=estados[grupo].count(E.CANCELADA),
            cifras=cifras.get(grupo, Cifras()),
            encuestas=encuestas.get(grupo, Encuestas()),
        )
        for grupo in sorted({*estados, *cifras})
    ]


def tabla(anio: int | None = None) -> list[list]:
    return [[columna.valor(fila) for columna in COLUMNAS] for fila in filas(anio)]


def diccionario() -> list[list[str]]:
    return [[columna.nombre, columna.tipo, columna.descripcion, columna.valores] for columna in COLUMNAS]


def _grupo(c: Capacitacion, modalidad: Inscripcion.Modalidad) -> tuple:
    """Las columnas que definen una fila, en palabras."""
    distrito = c.distrito or (c.centro.distrito if c.centro_id else None)
    return (
        c.fecha_inicio.year,
        c.fecha_inicio.month,
        c.centro.nombre if c.centro_id else SIN_CENTRO,
        distrito.provincia.departamento.nombre if distrito else SIN_DEPARTAMENTO,
        " y ".join(sistema.nombre for sistema in c.sistemas.all()),
        c.get_tipo_display(),
        modalidad.label,
        c.get_organizador_display(),
        c.get_origen_display(),
        c.aliado.sigla if c.aliado_id else SIN_ALIADO,
    )


def encuestas_por_grupo(capacitaciones, grupo_de) -> dict[Hashable, Encuestas]:
    """Las notas de satisfacción general de cada grupo; ``grupo_de`` dice el de cada capacitación, por su llave."""
    notas = Calificacion.objects.filter(item=ItemEncuesta.GENERAL, respuesta__capacitacion__in=capacitaciones)
    por_capacitacion = notas.order_by().values_list("respuesta__capacitacion")
    totales = defaultdict(Encuestas)
    for pk, respuestas, suma in por_capacitacion.annotate(respuestas=Count("pk"), suma=Sum("valor")):
        if grupo := grupo_de.get(pk):
            antes = totales[grupo]
            totales[grupo] = Encuestas(antes.respuestas + respuestas, antes.suma + suma)
    return totales
