"""Lo que lleva una edición: la parte del MEF, igual para todos (R106), y la de cada centro (R107)."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q
from django.http import Http404

from boletines.graficos import Cuadro, con_sus_cifras
from boletines.models.aporte import Aporte, NotaDeAporte
from boletines.models.edicion import Edicion
from eventos.calendario import ultimo_dia
from eventos.models import Capacitacion
from organizacion.models import Centro

# (tipo de bloque, título): el orden en que salen, escriba quien escriba primero.
SECCIONES = (
    ("noticia", "Noticias"),
    ("norma", "Normativa"),
    ("comunicado", "Comunicados"),
    ("disposicion", "Disposiciones"),
    ("actividad", "Actividades de los centros"),
    ("agenda", "Agenda"),
    ("grafico", "En cifras"),
)
# Las que llevan piezas cortas: en el PDF van en filas de dos y no en columnas.
BREVES = {"norma", "comunicado", "agenda", "grafico"}
CAPACITACIONES = 30


@dataclass(frozen=True)
class Pieza:
    """Un bloque listo para mostrarse; ``cuadro``, solo si es un gráfico."""

    tipo: str
    id: str
    value: Any
    cuadro: Cuadro | None = None


@dataclass(frozen=True)
class Parte:
    """Lo que un centro escribió para la edición; vacía si no envió nada."""

    editorial: str = ""
    actividades: list[NotaDeAporte] = field(default_factory=list)
    novedades: list[NotaDeAporte] = field(default_factory=list)

    def __bool__(self):
        return bool(self.editorial or self.actividades or self.novedades)

    @property
    def secciones(self) -> list[tuple[str, str, list[NotaDeAporte]]]:
        """Ternas (ancla, título, notas) de las que llevan algo."""
        todas = [
            ("actividades-del-centro", "Actividades del centro", self.actividades),
            ("novedades", "Novedades", self.novedades),
        ]
        return [terna for terna in todas if terna[2]]


def contenido_de(boletin, centro: Centro | None = None) -> dict:
    """Contexto común de la página, el PDF y el correo de ``boletin``; con ``centro``, de la edición de ese centro."""
    edicion = Edicion.objects.del_mes(boletin.anio, boletin.mes).first()
    return {
        "boletin": boletin,
        "centro": centro,
        "secciones": secciones_de(boletin, edicion.cifras if edicion else {}),
        "parte": parte_de(edicion, centro),
        "centros": centros_de(edicion) if centro is None else [],
        "mes_siguiente": boletin.mes_siguiente,
        **capacitaciones_de(boletin, centro),
    }


def secciones_de(boletin, publicadas: dict) -> list[dict]:
    """Las secciones con contenido, en orden; los bloques de cada una conservan el que les dio el editor."""
    cifras = con_sus_cifras(boletin.cuerpo, dt.date(boletin.anio, boletin.mes, 1), publicadas)
    por_tipo = {}
    for tipo, bloques in groupby(boletin.cuerpo, key=lambda bloque: bloque.block_type):
        piezas = [_pieza(bloque, cifras) for bloque in bloques]
        por_tipo.setdefault(tipo, []).extend(pieza for pieza in piezas if pieza)
    con_algo = [(tipo, titulo) for tipo, titulo in SECCIONES if por_tipo.get(tipo)]
    return [
        {"tipo": tipo, "titulo": titulo, "piezas": por_tipo[tipo], "es_breve": tipo in BREVES}
        for tipo, titulo in con_algo
    ]


def _pieza(bloque, cifras: dict) -> Pieza | None:
    """``None`` si no hay qué mostrar: un comunicado que se retiró, un gráfico sin datos del mes."""
    if bloque.block_type == "comunicado":
        comunicado = bloque.value["comunicado"]
        return Pieza("comunicado", bloque.id, comunicado.specific) if comunicado and comunicado.live else None
    if bloque.block_type == "grafico":
        datos = cifras.get(bloque.value["cifra"])
        return Pieza("grafico", bloque.id, bloque.value, Cuadro(**datos)) if datos and datos["filas"] else None
    return Pieza(bloque.block_type, bloque.id, bloque.value)


def parte_de(edicion: Edicion | None, centro: Centro | None) -> Parte:
    """La parte de ``centro``: la que entregó, o el borrador automático que Comunicaciones usó por él."""
    if edicion is None or centro is None:
        return Parte()
    aporte = _entregados(edicion).filter(centro=centro).prefetch_related(_notas_con_imagen()).first()
    if aporte is None:
        return Parte()
    notas = {tipo: [nota for nota in aporte.notas.all() if nota.tipo == tipo] for tipo in NotaDeAporte.Tipo}
    return Parte(aporte.editorial, notas[NotaDeAporte.Tipo.ACTIVIDAD], notas[NotaDeAporte.Tipo.NOVEDAD])


def _entregados(edicion: Edicion):
    return Aporte.objects.filter(Q(estado=Aporte.Estado.ENTREGADO) | Q(es_automatico=True), edicion=edicion)


def _notas_con_imagen():
    return Prefetch("notas", NotaDeAporte.objects.select_related("imagen", "capacitacion"))


def centros_de(edicion: Edicion | None) -> list[Centro]:
    """Los que tienen página propia en la edición, con ``tiene_parte``; ninguno si es de antes de que hubiera partes."""
    if edicion is None:
        return []
    con_parte = set(_entregados(edicion).values_list("centro", flat=True))
    centros = list(Centro.objects.filter(Q(esta_activo=True) | Q(pk__in=con_parte - {None})))
    for centro in centros:
        centro.tiene_parte = centro.pk in con_parte
    return centros


def centro_de_la_edicion(boletin, slug: str) -> Centro:
    """El centro ``slug``; ``Http404`` si no atiende ni dejó su parte en esa edición."""
    centro = Centro.objects.filter(slug=slug).first()
    if centro and (centro.esta_activo or parte_de(Edicion.objects.del_mes(boletin.anio, boletin.mes).first(), centro)):
        return centro
    raise Http404


def capacitaciones_de(boletin, centro: Centro | None = None) -> dict:
    """Las publicadas del mes siguiente y cuántas no cupieron; con ``centro``, las suyas y las que son para todos."""
    desde = boletin.mes_siguiente
    del_mes = Capacitacion.objects.en_pie().entre(desde, ultimo_dia(desde))
    if centro:
        del_mes = del_mes.del_centro(centro)
    del_mes = del_mes.select_related("centro").order_by("fecha_inicio", "pk")
    lista = [_anuncio(capacitacion) for capacitacion in del_mes[: CAPACITACIONES + 1]]
    sobran = del_mes.count() - CAPACITACIONES if len(lista) > CAPACITACIONES else 0
    return {"capacitaciones": lista[:CAPACITACIONES], "capacitaciones_sobran": sobran}


def _anuncio(capacitacion: Capacitacion) -> dict:
    lugar = capacitacion.centro.nombre_completo if capacitacion.centro else "Todos los centros"
    return {
        "fecha": capacitacion.fecha_inicio,
        "titulo": capacitacion.titulo,
        "url": capacitacion.get_absolute_url(),
        "lugar": f"{lugar} · {capacitacion.get_modalidad_display()}",
    }
