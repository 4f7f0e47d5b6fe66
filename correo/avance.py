"""Cuánto lleva un envío: las cifras que muestran sus pantallas."""

from dataclasses import dataclass, field

from .models import Entrega, Envio


@dataclass(frozen=True)
class Avance:
    """``cuentas``: entregas por estado."""

    cuentas: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.cuentas.values())

    @property
    def por_salir(self) -> int:
        return self.cuentas.get(Entrega.Estado.PENDIENTE, 0) + self.cuentas.get(Entrega.Estado.EN_CURSO, 0)

    @property
    def resueltas(self) -> int:
        return self.total - self.por_salir

    @property
    def porcentaje(self) -> int:
        return self.resueltas * 100 // self.total if self.total else 100

    @property
    def enviadas(self) -> int:
        return self.cuentas.get(Entrega.Estado.ENVIADA, 0)

    @property
    def fallidas(self) -> int:
        return self.cuentas.get(Entrega.Estado.FALLIDA, 0)

    @property
    def dudosas(self) -> int:
        return self.cuentas.get(Entrega.Estado.DUDOSA, 0)

    @property
    def rebotadas(self) -> int:
        return self.cuentas.get(Entrega.Estado.REBOTADA, 0)

    @property
    def suprimidas(self) -> int:
        return self.cuentas.get(Entrega.Estado.SUPRIMIDA, 0)


def avance_de(envio: Envio) -> Avance:
    return avances([envio])[envio.pk]


def avances(envios) -> dict[int, Avance]:
    """El avance de cada uno de ``envios``, por su llave, con una sola consulta."""
    cuentas = {envio.pk: {} for envio in envios}
    for pk, estado, cuantas in Entrega.objects.filter(envio__in=cuentas).cuenta_por_envio_y_estado():
        cuentas[pk][estado] = cuantas
    return {pk: Avance(por_estado) for pk, por_estado in cuentas.items()}
