"""Lo que se supo de un envío después de enviarlo. Nada de esto sale de píxeles de seguimiento: no los hay."""

from dataclasses import dataclass

from django.db.models import Count

from .models import Envio, Suceso


@dataclass(frozen=True)
class Resultados:
    """Entregas, no avisos: quien se quejó dos veces cuenta una."""

    rebotes: int = 0
    pasajeros: int = 0
    quejas: int = 0
    bajas: int = 0


def resultados_de(envio: Envio) -> Resultados:
    sucesos = Suceso.objects.filter(entrega__envio=envio).order_by()
    por_tipo = dict(sucesos.values_list("tipo").annotate(Count("entrega", distinct=True)))
    return Resultados(
        rebotes=por_tipo.get(Suceso.Tipo.REBOTE, 0),
        pasajeros=por_tipo.get(Suceso.Tipo.REBOTE_PASAJERO, 0),
        quejas=por_tipo.get(Suceso.Tipo.QUEJA, 0),
        bajas=por_tipo.get(Suceso.Tipo.BAJA, 0),
    )
