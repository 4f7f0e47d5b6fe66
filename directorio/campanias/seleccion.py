"""A quiénes se pide en una campaña: las entidades por su buzón y los operadores por el suyo."""

from dataclasses import asdict, dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from directorio.models import Contacto, Entidad, Operador

ENTIDADES, OPERADORES = "entidades", "operadores"
# Más de estos no caben en una transacción corta: se acota por tipo, provincia o sistema.
MAXIMO = 20_000


@dataclass(frozen=True)
class Criterio:
    """Con qué se elige; una lista vacía no limita. ``sistemas`` solo limita a los operadores."""

    a_quienes: list[str] = field(default_factory=lambda: [ENTIDADES, OPERADORES])
    tipos: list[str] = field(default_factory=list)
    provincias: list[str] = field(default_factory=list)
    sistemas: list[int] = field(default_factory=list)
    solo_vencidos: bool = True

    def como_json(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Seleccion:
    entidades: QuerySet
    operadores: QuerySet

    @cached_property
    def cuentas(self) -> dict[str, int]:
        """Cuántas entidades y operadores, y de ellos cuántos con correo."""
        return {
            "entidades": self.entidades.count(),
            "entidades_con_correo": con_correo(self.entidades).count(),
            "operadores": self.operadores.count(),
            "operadores_con_correo": con_correo(self.operadores).count(),
        }

    @property
    def total(self) -> int:
        return self.cuentas["entidades"] + self.cuentas["operadores"]

    @property
    def correos(self) -> int:
        return self.cuentas["entidades_con_correo"] + self.cuentas["operadores_con_correo"]

    @property
    def por_llamar(self) -> int:
        return self.total - self.correos


def _tienen_correo(filas: QuerySet) -> Q:
    """Suyo o entre sus otros contactos."""
    otros = Contacto.objects.filter(**{filas.model._meta.model_name: OuterRef("pk")}, clase=Contacto.Clase.CORREO)
    return ~Q(correo="") | Q(Exists(otros))


def con_correo(filas: QuerySet) -> QuerySet:
    return filas.filter(_tienen_correo(filas))


def sin_correo(filas: QuerySet) -> QuerySet:
    return filas.exclude(_tienen_correo(filas))


def elegir(criterio: Criterio, centro=None) -> Seleccion:
    """Los de ``centro``, o los de todos."""
    entidades = Entidad.objects.activas().filter(fusionada_en__isnull=True)
    entidades = entidades.filter(centro=centro) if centro else entidades
    if criterio.tipos:
        entidades = entidades.filter(tipo__in=criterio.tipos)
    if criterio.provincias:
        entidades = entidades.filter(distrito__provincia__in=criterio.provincias)
    operadores = Operador.objects.activos().filter(entidad__in=entidades.order_by(), fusionado_en__isnull=True)
    if criterio.sistemas:
        enlaces = Operador.sistemas.through.objects.filter(sistema__in=criterio.sistemas)
        operadores = operadores.filter(pk__in=enlaces.values("operador"))
    if criterio.solo_vencidos:
        entidades, operadores = entidades.sin_verificar(), operadores.sin_verificar()
    entidades = entidades if ENTIDADES in criterio.a_quienes else entidades.none()
    operadores = operadores if OPERADORES in criterio.a_quienes else operadores.none()
    return Seleccion(
        entidades.prefetch_related("contactos"),
        operadores.select_related("entidad").prefetch_related("contactos"),
    )
