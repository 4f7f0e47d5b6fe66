"""Lo que un envío masivo espera antes de salir: la segunda firma y el reposo (ADR 0020)."""

import datetime as dt

from .models import Envio


def espera_de(cuantos: int, ajustes, *, exento: bool, en: dt.datetime) -> tuple[str, dt.datetime | None]:
    """Con qué estado nace un masivo a ``cuantos`` destinatarios puesto en cola ``en`` tal momento, y desde cuándo sale.

    ``cuantos`` no lleva las copias. Quien espera la segunda firma no tiene hora: la da el reposo, al firmarse.
    """
    if exento:
        return Envio.Estado.EN_COLA, None
    if cuantos > ajustes.tope_sin_segunda_firma:
        return Envio.Estado.POR_APROBAR, None
    return Envio.Estado.EN_COLA, fin_del_reposo(ajustes, en)


def fin_del_reposo(ajustes, en: dt.datetime) -> dt.datetime:
    return en + dt.timedelta(minutes=ajustes.minutos_de_reposo)
