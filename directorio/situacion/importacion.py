"""Indicadores desde una hoja: se revisa fila por fila y se guarda todo o nada; la que no vale dice por qué."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from comun.celdas import leer_fecha, leer_texto
from comun.hojas import Fila
from comun.texto import normalizar
from directorio.models import Entidad, Indicador, ValorDeIndicador

from .actions import anotar_valor
from .forms import COLUMNAS, validar_periodo

PORCENTAJE, PRIMER_ANIO = "%", 1950
_con_miles = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)


@dataclass
class Renglon:
    """Qué pasaría con una fila: lo que se anotaría o por qué no se puede, lo que hoy dice y si conviene mirarla."""

    numero: int
    datos: dict = field(default_factory=dict)
    motivo: str = ""
    antes: Decimal | None = None
    aviso: str = ""

    @property
    def es_igual(self) -> bool:
        return self.antes == self.datos["valor"]

    @property
    def cifra(self) -> str:
        return self._en_su_unidad(self.datos["valor"])

    @property
    def cifra_de_antes(self) -> str:
        return "" if self.antes is None else self._en_su_unidad(self.antes)

    def _en_su_unidad(self, valor: Decimal) -> str:
        return ValorDeIndicador(indicador=self.datos["indicador"], valor=valor).cifra


class FilasConErrores(Exception):
    """Alguna fila no vale: no se guardó nada."""


def revisar_indicadores(*, filas: list[Fila], por) -> list[Renglon]:
    """Qué se anotaría de cada fila, en nombre de ``por``. No guarda nada.

    La entidad se reconoce por su código SIAF; sin él, la municipalidad o el gobierno del ubigeo si es uno solo.
    """
    catalogo = {normalizar(i.nombre): i for i in Indicador.objects.filter(esta_activo=True)}
    entidades, vistas = _Entidades(por), {}
    renglones = []
    for fila in filas:
        renglon = Renglon(fila.numero)
        renglones.append(renglon)
        try:
            datos = _leer(fila, catalogo, entidades)
            if (repetida := vistas.setdefault(_de_que(**datos), fila.numero)) != fila.numero:
                raise ValueError(f"Repite la fila {repetida}.")
        except (ValueError, ValidationError) as error:
            renglon.motivo = " ".join(getattr(error, "messages", None) or [str(error)])
        else:
            renglon.datos, renglon.aviso = datos, _por_mirar(datos)
    _decir_lo_de_antes(renglones)
    return renglones


@transaction.atomic
def guardar_indicadores(*, renglones: list[Renglon], por) -> int:
    """Anota cada uno; cuántos. Levanta ``FilasConErrores``."""
    if any(renglon.motivo for renglon in renglones):
        raise FilasConErrores
    for renglon in renglones:
        anotar_valor(**renglon.datos, por=por)
    return len(renglones)


def _de_que(*, indicador, entidad, periodo, **_) -> tuple:
    """Indicador, de quién y periodo: lo que tiene un solo valor."""
    es_de_entidad = indicador.ambito == Indicador.Ambito.ENTIDAD
    return indicador.pk, *((entidad.pk, None) if es_de_entidad else (None, entidad.distrito_id)), periodo


def _decir_lo_de_antes(renglones: list[Renglon]) -> None:
    buenos = [renglon for renglon in renglones if renglon.datos]
    entidades = {renglon.datos["entidad"] for renglon in buenos}
    suyos = Q(entidad__in=entidades) | Q(distrito__in={entidad.distrito_id for entidad in entidades})
    filas = ValorDeIndicador.objects.filter(suyos, periodo__in={renglon.datos["periodo"] for renglon in buenos})
    columnas = ("indicador_id", "entidad_id", "distrito_id", "periodo", "valor")
    hoy = {tuple(llave): valor for *llave, valor in filas.order_by().values_list(*columnas)}
    for renglon in buenos:
        renglon.antes = hoy.get(_de_que(**renglon.datos))


def _por_mirar(datos: dict) -> str:
    """Un porcentaje fuera de 0 a 100 puede ser (una variación) o un error de tecleo: se pregunta."""
    if datos["indicador"].unidad == PORCENTAJE and not 0 <= datos["valor"] <= 100:
        return "No está entre 0 y 100 %: ¿es así?"
    return ""


class _Entidades:
    """Las que ``usuario`` puede cambiar, por código SIAF y por ubigeo."""

    def __init__(self, usuario):
        self.por_siaf, self.por_ubigeo = {}, {}
        for entidad in Entidad.objects.propias(usuario).activas().select_related("distrito"):
            if entidad.codigo_siaf:
                self.por_siaf[entidad.codigo_siaf] = entidad
            if not entidad.padre_id:
                self.por_ubigeo.setdefault(entidad.distrito_id, []).append(entidad)

    def la_de(self, siaf: str, ubigeo: str) -> Entidad:
        if siaf:
            if siaf.zfill(6) not in self.por_siaf:
                raise ValueError(f"Ninguna entidad suya tiene el código SIAF {siaf}.")
            return self.por_siaf[siaf.zfill(6)]
        halladas = self.por_ubigeo.get(ubigeo.zfill(6), []) if ubigeo else []
        if len(halladas) != 1:
            raise ValueError("Escriba el código SIAF: por el ubigeo no se sabe qué entidad suya es.")
        return halladas[0]


def _leer(fila: Fila, catalogo: dict[str, Indicador], entidades: _Entidades) -> dict:
    if fila.errores:
        raise ValueError(" ".join(fila.errores))
    texto = {columna: leer_texto(fila.valores.get(columna)) for columna in COLUMNAS}
    indicador = catalogo.get(normalizar(texto["Indicador"]))
    if indicador is None:
        raise ValueError(f"«{texto['Indicador'][:60]}» no está en la lista de indicadores.")
    if not texto["Fuente"]:
        raise ValueError("Falta la fuente.")
    fecha = fila.valores.get("Fecha")
    return {
        "indicador": indicador,
        "entidad": entidades.la_de(texto["Código SIAF"], texto["Ubigeo"]),
        "periodo": validar_periodo(texto["Periodo"]),
        "valor": _leer_valor(texto["Valor"], indicador.unidad),
        "fuente": texto["Fuente"][:160],
        "fecha": _posible(leer_fecha(fecha)) if fecha else timezone.localdate(),
    }


def _leer_valor(texto: str, unidad: str) -> Decimal:
    """Los miles, con coma o sin ella; los decimales, con punto. «%» solo si el indicador se dice en porcentaje."""
    numero = texto.removesuffix("%").rstrip() if unidad == PORCENTAJE else texto
    try:
        if "," in numero and not _con_miles.fullmatch(numero):
            raise ValueError(f"«{texto[:30]}» no es un número: la coma separa miles y el punto, decimales.")
        valor = Decimal(numero.replace(",", "")).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"«{texto[:30]}» no es un número en {unidad}.") from error
    if not valor.is_finite() or abs(valor) >= Decimal(10) ** 16:
        raise ValueError(f"«{texto[:30]}» no cabe: revise el número.")
    return valor


def _posible(fecha):
    if fecha > timezone.localdate():
        raise ValueError("La fecha de la fuente no puede ser futura.")
    if fecha.year < PRIMER_ANIO:
        raise ValueError("La fecha de la fuente no es posible: escriba día, mes y año, como 7/12/2026.")
    return fecha
