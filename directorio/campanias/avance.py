"""En qué va una campaña: lo que se cuenta y las listas en que se reparte."""

from dataclasses import dataclass

from django.db.models import Count, Q

from directorio.models import Pedido
from directorio.models.campania import SIGUE

Estado = Pedido.Estado

# clave → (rótulo, qué pedidos).
VISTAS = {
    "faltan": ("Faltan", lambda filas: filas.que_faltan()),
    "sin-correo": ("Sin correo", lambda filas: filas.que_faltan().sin_correo()),
    "por-telefono": (
        "Por teléfono",
        lambda filas: filas.filter(estado=Estado.PENDIENTE, llamada=Pedido.Llamada.DIO_EL_DATO),
    ),
    "respondieron": ("Respondieron", lambda filas: filas.filter(estado__in=(Estado.CONFORME, Estado.CORREGIDO))),
    "se-fueron": ("Ya no están en la entidad", lambda filas: filas.que_se_fueron()),
    "anulados": ("Anulados", lambda filas: filas.filter(estado=Estado.ANULADO)),
}


@dataclass(frozen=True)
class Avance:
    """No cuenta los anulados ni los de quienes dejaron la entidad: de ellos ya no se espera nada."""

    conformes: int
    corrigieron: int
    por_telefono: int
    faltan: int

    @property
    def hechos(self) -> int:
        return self.conformes + self.corrigieron + self.por_telefono

    @property
    def total(self) -> int:
        return self.hechos + self.faltan

    @property
    def porcentaje(self) -> int:
        return 100 * self.hechos // self.total if self.total else 100


def avance_de(pedidos) -> Avance:
    pendiente, dio = Q(estado=Estado.PENDIENTE), Q(llamada=Pedido.Llamada.DIO_EL_DATO)
    return Avance(
        **pedidos.order_by().aggregate(
            conformes=Count("pk", filter=Q(estado=Estado.CONFORME)),
            corrigieron=Count("pk", filter=Q(estado=Estado.CORREGIDO)),
            por_telefono=Count("pk", filter=pendiente & dio),
            faltan=Count("pk", filter=pendiente & ~dio & SIGUE),
        )
    )
