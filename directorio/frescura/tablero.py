"""Cuánto tiene verificado cada quien: lo que el Coordinador mira para responder por el directorio (R114)."""

from dataclasses import dataclass, field

from directorio.models import Cartera, Personal

from .clases import CLASES, primero_lo_vencido


@dataclass
class Linea:
    """Lo de una persona; sin ``titular``, las partes que nadie lleva."""

    titular: Personal | None
    partes: list[Cartera] = field(default_factory=list)
    total: int = 0
    vencidos: int = 0
    peor: object = None

    @property
    def verificados(self) -> int:
        return self.total - self.vencidos

    @property
    def porcentaje(self) -> int:
        """De lo suyo, cuánto está al día, de 0 a 100; sin nada que verificar, 100."""
        return 100 * self.verificados // self.total if self.total else 100


def cuentas_de(partes: list[Cartera], en=None) -> dict[str, tuple[int, int]]:
    """De cada clase de contacto que hay en ``partes``: (cuántos, cuántos sin verificar)."""
    cuentas = {}
    for clave, clase in CLASES.items():
        if any(parte.clase == clase.parte for parte in partes):
            filas = clase.vivas().filter(clase.de(partes)).order_by()
            cuentas[clave] = (filas.count(), filas.sin_verificar(en).count())
    return cuentas


def peor_de(partes: list[Cartera], en=None):
    """El contacto que lleva más tiempo sin verificar, o ``None`` si todo está al día."""
    peores = []
    for clase in CLASES.values():
        if any(parte.clase == clase.parte for parte in partes):
            filas = clase.vivas().filter(clase.de(partes)).sin_verificar(en)
            peores += primero_lo_vencido(filas)[:1]
    return min(peores, key=lambda fila: str(fila.verificado_en or ""), default=None)


def tablero(partes, en=None) -> list[Linea]:
    """Una línea por persona, la que menos tiene al día primero. ``partes``: ``Cartera`` con su ``titular``."""
    por_titular: dict[int | None, list[Cartera]] = {}
    for parte in partes:
        por_titular.setdefault(parte.titular, []).append(parte)
    personas = Personal.objects.select_related("sistema", "centro", "usuario").in_bulk(filter(None, por_titular))
    lineas = [linea_de(personas.get(llave), suyas, en) for llave, suyas in por_titular.items()]
    return sorted(lineas, key=lambda linea: (linea.porcentaje, -linea.vencidos, str(linea.titular)))


def linea_de(titular: Personal | None, partes: list[Cartera], en=None) -> Linea:
    cuentas = cuentas_de(partes, en).values()
    total, vencidos = (sum(par[n] for par in cuentas) for n in (0, 1))
    return Linea(titular, partes, total, vencidos, peor_de(partes, en) if vencidos else None)
