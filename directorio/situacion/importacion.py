"""Indicadores desde una hoja de cálculo: todo o nada, y cada fila que no vale dice por qué."""

import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comun.celdas import leer_fecha, leer_texto
from comun.hojas import Fila, leer_hoja
from comun.texto import normalizar
from directorio.models import Entidad, Indicador

from .actions import anotar_valor
from .forms import validar_periodo

COLUMNAS = ("Código SIAF", "Ubigeo", "Indicador", "Periodo", "Valor", "Fuente", "Fecha")
OBLIGATORIAS = ("Indicador", "Periodo", "Valor", "Fuente")
MAXIMO = 5_000
PORCENTAJE, PRIMER_ANIO = "%", 1950
_con_miles = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)


class FilasConErrores(Exception):
    """``errores``: pares (número de fila, motivo). No se guardó nada."""

    def __init__(self, errores: list[tuple[int, str]]):
        super().__init__(errores)
        self.errores = errores


@transaction.atomic
def importar_indicadores(*, archivo, por) -> int:
    """Anota cada fila de la hoja; cuántas. Levanta ``ValidationError`` (el archivo) o ``FilasConErrores``.

    La entidad se reconoce por su código SIAF; sin él, la municipalidad o el gobierno del ubigeo si es uno solo.
    """
    filas = leer_hoja(archivo, columnas=COLUMNAS, obligatorias=OBLIGATORIAS, maximo=MAXIMO)
    catalogo = {normalizar(i.nombre): i for i in Indicador.objects.filter(esta_activo=True)}
    entidades = _Entidades(por)
    listas, errores = [], []
    for fila in filas:
        try:
            listas.append(_leer(fila, catalogo, entidades))
        except (ValueError, ValidationError) as error:
            errores.append((fila.numero, " ".join(getattr(error, "messages", None) or [str(error)])))
    if errores:
        raise FilasConErrores(errores)
    for datos in listas:
        anotar_valor(**datos, por=por)
    return len(listas)


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
