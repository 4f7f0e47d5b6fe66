"""Lo que el rastro dice de una fila, para su historia: qué se le hizo, sin el detalle ni el motivo."""

from django.db.models import Q
from django.utils.text import capfirst

from comun.registros import cambios_de_fila

from .consulta import quien_lo_hizo
from .models import Huella

# Mirar, imprimir o llevarse una fila no la cambia.
LECTURAS = ("ver ", "bajar ", "imprimir ", "exportar", "descargar ", "buscar ")


@cambios_de_fila.anotar
def cambios_del_rastro(fila) -> list[dict]:
    return cambios_de(fila._meta.label_lower, [fila.pk])


def cambios_de(modelo: str, llaves) -> list[dict]:
    """Los de esas filas de ``modelo`` («directorio.operador»): dict(cuando, quien, que)."""
    lecturas = Q()
    for comienzo in LECTURAS:
        lecturas |= Q(accion__startswith=comienzo)
    huellas = Huella.objects.filter(modelo=modelo, objeto__in=[str(llave) for llave in llaves]).exclude(lecturas)
    return [_cambio(huella) for huella in huellas.select_related("usuario")]


def _cambio(huella: Huella) -> dict:
    return {"cuando": huella.ocurrida_en, "quien": quien_lo_hizo(huella), "que": capfirst(huella.accion)}
