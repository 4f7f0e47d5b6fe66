"""Las cifras que una edición puede mostrar, calculadas como en la estadística de ``eventos`` (R84, R95–R97)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass

from eventos import estadistica
from eventos.calendario import ultimo_dia
from eventos.cifras import cifras_totales
from eventos.datos_abiertos import MINIMO, encuestas_por_grupo
from organizacion.models import Centro

BARRAS = 10
MESES = 6
NOTA_MAXIMA = 4


@dataclass(frozen=True)
class Barra:
    nombre: str
    valor: float
    texto: str
    ancho: int  # porcentaje de la más larga

    @property
    def ancho_en_correo(self) -> int:
        """Deja sitio para la cifra en la misma fila de la tabla."""
        return max(1, self.ancho * 3 // 4)


@dataclass(frozen=True)
class Cuadro:
    """Lo que muestra un gráfico: ``unidad`` por ``grupo``. ``tope``: el valor de la barra llena, si es fijo."""

    titulo: str
    grupo: str
    unidad: str
    filas: list  # pares (nombre, valor)
    nota: str = ""
    tope: float | None = None

    @property
    def barras(self) -> list[Barra]:
        tope = self.tope or max((valor for _, valor in self.filas), default=0) or 1
        return [Barra(nombre, valor, _texto(valor), max(1, round(100 * valor / tope))) for nombre, valor in self.filas]

    def a_json(self) -> dict:
        return asdict(self)


def _texto(valor) -> str:
    return f"{valor:.2f}" if isinstance(valor, float) else f"{valor:,}"


def _del_mes(mes: dt.date):
    return estadistica.terminadas(desde=mes, hasta=ultimo_dia(mes))


def _capacitaciones_por_sistema(mes):
    filas = [[grupo.nombre, grupo.capacitaciones] for grupo in estadistica.por_sistema(_del_mes(mes))]
    nota = "Una capacitación de varios sistemas está en cada uno: las barras no se suman."
    return "Capacitaciones por sistema", "Sistema", "Capacitaciones", _mayores(filas), nota


def _capacitaciones_por_tipo(mes):
    filas = [[grupo.nombre, grupo.capacitaciones] for grupo in estadistica.por_tipo(_del_mes(mes))]
    return "Capacitaciones por tipo", "Tipo", "Capacitaciones", _mayores(filas), ""


def _participantes_por_centro(mes):
    del_mes = _del_mes(mes)
    filas = []
    for centro in Centro.objects.activos():
        suyas = estadistica.que_cuentan_para_centro(del_mes, centro)
        filas.append([centro.nombre, cifras_totales(suyas).participantes])
    con_gente = [fila for fila in filas if fila[1] >= MINIMO]
    nota = "Personas que firmaron su asistencia al menos una vez."
    if len(con_gente) > BARRAS:
        nota += f" Los {BARRAS} centros con más participantes."
    return "Participantes por centro", "Centro", "Participantes", _mayores(con_gente), nota


def _participantes_por_modalidad(mes):
    filas = [[grupo.nombre, grupo.cifras.participantes] for grupo in estadistica.por_modalidad(_del_mes(mes))]
    nota = "Personas que firmaron su asistencia al menos una vez."
    return (
        "Participantes por modalidad",
        "Modalidad",
        "Participantes",
        [fila for fila in filas if fila[1] >= MINIMO],
        nota,
    )


def _participantes_por_mes(mes):
    meses = [mes]
    while len(meses) < MESES:
        meses.insert(0, (meses[0] - dt.timedelta(days=1)).replace(day=1))
    filas = [[f"{uno:%m/%Y}", cifras_totales(_del_mes(uno)).participantes] for uno in meses]
    nota = "Personas distintas que firmaron su asistencia en cada mes: quien fue en dos meses está en los dos."
    return "Participantes, mes a mes", "Mes", "Participantes", [fila for fila in filas if fila[1] >= MINIMO], nota


def _satisfaccion_por_sistema(mes):
    del_mes = _del_mes(mes).prefetch_related("sistemas")
    grupos = {c.pk: " y ".join(sistema.nombre for sistema in c.sistemas.all()) for c in del_mes}
    notas = encuestas_por_grupo(del_mes, grupos)
    filas = [[grupo, round(e.suma / e.respuestas, 2)] for grupo, e in sorted(notas.items()) if e.respuestas >= MINIMO]
    nota = f"De 1 (insatisfecho) a {NOTA_MAXIMA} (muy satisfecho), según las encuestas anónimas."
    return "Satisfacción de los participantes, por sistema", "Sistema", "Promedio", _mayores(filas), nota


def _mayores(filas: list) -> list:
    return sorted(filas, key=lambda fila: (-fila[1], fila[0]))[:BARRAS]


# clave guardada en el bloque: (rótulo en el editor, cómo se calcula)
GRAFICOS: dict[str, tuple[str, Callable]] = {
    "capacitaciones_por_sistema": ("Capacitaciones por sistema", _capacitaciones_por_sistema),
    "capacitaciones_por_tipo": ("Capacitaciones por tipo", _capacitaciones_por_tipo),
    "participantes_por_centro": ("Participantes por centro", _participantes_por_centro),
    "participantes_por_modalidad": ("Participantes por modalidad", _participantes_por_modalidad),
    "participantes_por_mes": ("Participantes, mes a mes", _participantes_por_mes),
    "satisfaccion_por_sistema": ("Satisfacción por sistema", _satisfaccion_por_sistema),
}


def opciones() -> list[tuple[str, str]]:
    return [(clave, rotulo) for clave, (rotulo, _) in GRAFICOS.items()]


def calcular(clave: str, mes: dt.date) -> Cuadro:
    """El cuadro de ``clave`` con los datos del mes que empieza en ``mes``, hasta hoy.

    Los grupos de menos de cinco personas o encuestas no se muestran (invariante 6), como en los datos abiertos.
    """
    titulo, grupo, unidad, filas, nota = GRAFICOS[clave][1](mes)
    tope = NOTA_MAXIMA if clave == "satisfaccion_por_sistema" else None
    return Cuadro(titulo, grupo, unidad, filas, nota, tope)


def claves_de(cuerpo) -> list[str]:
    """Las de los gráficos que lleva el cuerpo de una edición, sin repetir."""
    return list(dict.fromkeys(b.value["cifra"] for b in cuerpo if b.block_type == "grafico" and b.value["cifra"]))


def con_sus_cifras(cuerpo, mes: dt.date, publicadas: dict) -> dict:
    """``publicadas`` (las de ``Edicion.cifras``) más las que falten: lo ya publicado no se vuelve a calcular."""
    faltan = [clave for clave in claves_de(cuerpo) if clave in GRAFICOS and clave not in publicadas]
    return publicadas | {clave: calcular(clave, mes).a_json() for clave in faltan}
