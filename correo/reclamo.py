"""Tomar en arriendo el siguiente lote: dos carteros nunca toman la misma entrega."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .libro import arriendo
from .models import Entrega, Envio, Supresion

# Lo que el cartero usa de cada entrega.
CAMPOS = (
    "envio_id", "direccion", "nombre", "url_baja", "es_copia", "intentos", "message_id", "arrendada_hasta",
    "id_de_proveedor",
)  # fmt: skip
# Cuántos envíos se miran en una consulta: tras una caída larga puede haber miles de avisos en cola.
ENVIOS_POR_CONSULTA = 500


@transaction.atomic
def reclamar(cuantas: int | None = None, conocidos: dict[int, Envio] | None = None) -> list[Entrega]:
    """Toma hasta ``cuantas``. ``conocidos`` guarda de un lote a otro los envíos, que pesan: quedan los de este lote."""
    ahora, cuantas = timezone.now(), cuantas or settings.CORREO_POR_LOTE
    lote = _siguientes(ahora, cuantas)
    conocidos = {} if conocidos is None else conocidos
    _poner_envios(lote, conocidos)
    while suprimidas := _suprimidas(lote):
        Entrega.objects.filter(pk__in=suprimidas).update(estado=Entrega.Estado.SUPRIMIDA)
        lote = _siguientes(ahora, cuantas)
        _poner_envios(lote, conocidos)
    hasta = ahora + arriendo()
    Entrega.objects.filter(pk__in=[e.pk for e in lote]).update(estado=Entrega.Estado.EN_CURSO, arrendada_hasta=hasta)
    for entrega in lote:
        entrega.arrendada_hasta = hasta
    return lote


def _siguientes(ahora, cuantas: int) -> list[Entrega]:
    # Los avisos personales van antes que los masivos: un boletín no demora una confirmación.
    lote: list[Entrega] = []
    for envios in (Envio.objects.personales(), Envio.objects.masivos()):
        llaves = list(envios.por_salir(ahora).order_by("pk").values_list("pk", flat=True))
        for desde in range(0, len(llaves), ENVIOS_POR_CONSULTA):
            if len(lote) == cuantas:
                return lote
            lote += _de(llaves[desde : desde + ENVIOS_POR_CONSULTA], ahora, cuantas - len(lote))
    return lote


def _de(envios: list[int], ahora, cuantas: int) -> list[Entrega]:
    # PostgreSQL salta lo que otro cartero tiene bloqueado; en SQLite la transacción IMMEDIATE ya es el bloqueo.
    filas = Entrega.objects.listas(ahora).filter(envio__in=envios).select_for_update(skip_locked=True, of=("self",))
    return list(filas.only(*CAMPOS).order_by("envio_id", "pk")[:cuantas])


def _poner_envios(lote: list[Entrega], conocidos: dict[int, Envio]) -> None:
    suyos = {entrega.envio_id for entrega in lote}
    for sobra in conocidos.keys() - suyos:
        del conocidos[sobra]
    nuevos = Envio.objects.filter(pk__in=suyos - conocidos.keys()).select_related("centro")
    conocidos |= {envio.pk: envio for envio in nuevos}
    for pk, fallas in Envio.objects.filter(pk__in=suyos).values_list("pk", "fallas_seguidas"):
        conocidos[pk].fallas_seguidas = fallas
    for entrega in lote:
        entrega.envio = conocidos[entrega.envio_id]


def _suprimidas(lote: list[Entrega]) -> list[int]:
    """Entregas masivas cuya dirección se dio de baja o rebotó después de ponerse en cola."""
    masivas = {e.pk: e.direccion for e in lote if e.envio.es_masivo and not e.es_copia}
    bajas = set(Supresion.objects.filter(direccion__in=masivas.values()).values_list("direccion", flat=True))
    return [pk for pk, direccion in masivas.items() if direccion in bajas]
