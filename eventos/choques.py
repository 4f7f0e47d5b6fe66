"""Choques: una misma persona o una misma sala, en dos lugares del programa a horas que se cruzan.

Un choque se avisa y no impide guardar: a veces es cierto que alguien expone media hora en cada lado.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from comun.agenda import Compromiso, compromisos_de, se_cruzan
from comun.alcance import alcance_de
from comun.templatetags.comun import fecha_media, hora
from comun.texto import normalizar

from .agenda import SERVICIO
from .models import Capacitacion, Expositor, Sesion

CAMPOS = (
    "capacitacion",
    "fecha",
    "hora_inicio",
    "hora_fin",
    "capacitacion__titulo",
    "capacitacion__centro",
    "capacitacion__centro__nombre",
    "capacitacion__estado",
    "capacitacion__modalidad",
    "capacitacion__lugar",
    "capacitacion__distrito",
)


@dataclass(frozen=True)
class Bloque:
    """Una sesión puesta en el tiempo: quiénes exponen, como pares (llave de Personal o nada, nombre), y en qué sala.

    ``clave`` distingue una capacitación de otra: su llave, o la fila de algo que aún no se guarda.
    """

    clave: object
    fecha: dt.date
    hora_inicio: dt.time
    hora_fin: dt.time
    titulo: str
    personas: tuple[tuple[int | None, str], ...] = ()
    centro: tuple[int | None, str] = (None, "la sede")
    lugar: str = ""
    distrito: str | None = None
    es_publico: bool = False

    def lo_alcanza(self, usuario) -> bool:
        alcance = alcance_de(usuario, "eventos.view_capacitacion")
        return alcance.nacional or self.centro[0] in alcance.centros

    def misma_sala(self, otro) -> bool:
        """El mismo lugar del mismo centro o del mismo distrito; lo virtual no ocupa sala."""
        if not self.lugar or normalizar(self.lugar) != normalizar(otro.lugar):
            return False
        if self.distrito and otro.distrito:
            return self.distrito == otro.distrito
        return self.centro[0] == otro.centro[0]

    def en_comun(self, otro) -> list[str]:
        """Los expositores de los dos: por su ficha de personal, o por el nombre si alguno no es del personal."""
        return [n for p, n in self.personas if any(_es_la_misma(p, n, q, m) for q, m in otro.personas)]


def _es_la_misma(personal, nombre, otro_personal, otro_nombre) -> bool:
    if personal and otro_personal:
        return personal == otro_personal
    return normalizar(nombre) == normalizar(otro_nombre)


@dataclass(frozen=True)
class Choque:
    """``quien``: el expositor o la sala que se repite. ``con``: lo que ya estaba puesto a esa hora."""

    bloque: Bloque
    con: Bloque | Compromiso
    quien: str
    es_sala: bool = False

    def texto(self, usuario) -> str:
        """Con quién choca, en palabras; lo que otro centro no publicó no se nombra."""
        otro = self.con
        de_quien = f"del CONECTAMEF {otro.centro[1]}" if otro.centro[0] else "de la sede"
        se_nombra = otro.es_publico or otro.lo_alcanza(usuario)
        que = f"«{otro.titulo}»" if se_nombra else f"una actividad {de_quien}"
        if se_nombra and otro.centro[0] != self.bloque.centro[0]:
            que += f" ({de_quien})"
        cuando = f"el {fecha_media(otro.fecha)}, de {hora(otro.hora_inicio)} a {hora(otro.hora_fin)}"
        if self.es_sala:
            return f"Sala «{self.quien}»: ocupada {cuando}, por {que}."
        return f"{self.quien} está {cuando}, en {que}."


def bloques_entre(desde: dt.date, hasta: dt.date) -> list[Bloque]:
    """Cada sesión no cancelada del país entre dos fechas incluidas, en dos consultas."""
    vigentes = Sesion.objects.filter(fecha__range=(desde, hasta))
    vigentes = vigentes.exclude(capacitacion__estado=Capacitacion.Estado.CANCELADA)
    personas = defaultdict(list)
    for capacitacion, personal, nombre in Expositor.objects.filter(
        capacitacion__in=vigentes.order_by().values("capacitacion")
    ).values_list("capacitacion", "personal", "nombre"):
        personas[capacitacion].append((personal, nombre))
    return [_bloque(fila, tuple(personas[fila[0]])) for fila in vigentes.order_by("pk").values_list(*CAMPOS)]


def _bloque(fila, personas) -> Bloque:
    pk, fecha, desde, hasta, titulo, centro, nombre, estado, modalidad, lugar, distrito = fila
    return Bloque(
        clave=pk,
        fecha=fecha,
        hora_inicio=desde,
        hora_fin=hasta,
        titulo=titulo,
        personas=personas,
        centro=(centro, nombre or "la sede"),
        lugar="" if modalidad == Capacitacion.Modalidad.VIRTUAL else lugar,
        distrito=distrito,
        es_publico=estado == Capacitacion.Estado.PUBLICADA,
    )


def choques_de(bloques: Iterable[Bloque]) -> list[Choque]:
    """Los de ``bloques``, que pueden no estar guardados, entre ellos y con todo lo puesto esos días.

    Hace el mismo número de consultas para un bloque que para mil.
    """
    propios = list(bloques)
    if not propios:
        return []
    desde, hasta = min(b.fecha for b in propios), max(b.fecha for b in propios)
    return _hallar(propios, bloques_entre(desde, hasta), desde, hasta)


def _hallar(propios, puestos, desde, hasta) -> list[Choque]:
    claves = {bloque.clave for bloque in propios}
    por_fecha = defaultdict(list)
    for bloque in [*propios, *(b for b in puestos if b.clave not in claves)]:
        por_fecha[bloque.fecha].append(bloque)
    hallados = [choque for propio in propios for otro in por_fecha[propio.fecha] for choque in _entre(propio, otro)]
    return hallados + _con_otros_servicios(propios, desde, hasta)


def _entre(propio: Bloque, otro: Bloque) -> list[Choque]:
    if propio.clave == otro.clave or not se_cruzan(propio, otro):
        return []
    choques = [Choque(propio, otro, nombre) for nombre in propio.en_comun(otro)]
    return [*choques, Choque(propio, otro, propio.lugar, es_sala=True)] if propio.misma_sala(otro) else choques


def _con_otros_servicios(propios, desde, hasta) -> list[Choque]:
    nombres = {llave: nombre for bloque in propios for llave, nombre in bloque.personas if llave}
    ajenos = [c for c in compromisos_de(nombres, desde, hasta) if c.servicio != SERVICIO]
    return [
        Choque(propio, ajeno, nombres[ajeno.personal])
        for propio in propios
        for ajeno in ajenos
        if ajeno.personal in {llave for llave, _ in propio.personas} and se_cruzan(propio, ajeno)
    ]


def choques_por_capacitacion(capacitaciones: Iterable[Capacitacion]) -> dict[int, list[Choque]]:
    """Los choques de cada una de esas capacitaciones guardadas, por su llave."""
    llaves = {c.pk: c for c in capacitaciones if c.fecha_inicio and not c.esta_cancelada}
    if not llaves:
        return {}
    desde, hasta = min(c.fecha_inicio for c in llaves.values()), max(c.fecha_fin for c in llaves.values())
    puestos = bloques_entre(desde, hasta)
    agrupados = defaultdict(list)
    for choque in _hallar([b for b in puestos if b.clave in llaves], puestos, desde, hasta):
        agrupados[choque.bloque.clave].append(choque)
    return dict(agrupados)


def textos(choques: Iterable[Choque], usuario) -> list[str]:
    """Cada choque en palabras, sin repetir."""
    return list(dict.fromkeys(choque.texto(usuario) for choque in choques))
