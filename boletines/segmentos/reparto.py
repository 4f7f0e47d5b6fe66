"""De las filas de cada audiencia a los destinatarios, de mil en mil y sin guardar en memoria lo que ya salió."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet, Value

from boletines.enlaces import url_baja, url_baja_oficial
from boletines.models import CorreoOficial, Suscriptor
from correo.actions import Destinatario
from custodia.actions import aviso_vigente
from custodia.models import Aviso

from .audiencia import Audiencia

POR_TANDA = 1000
REFERENCIA = {
    Audiencia.OPERADORES: "operador",
    Audiencia.ENTIDADES: "entidad",
    Audiencia.SUSCRIPTORES: "suscriptor",
}


def repartir(fuentes: dict[str, QuerySet]) -> Iterator[Destinatario]:
    """Por audiencia, ternas (dirección, llave, nombre); la primera audiencia que tiene una dirección se la queda.

    Una sola consulta las da todas en orden de dirección: las repetidas, de colegas o de otra audiencia, van seguidas.
    """
    orden = list(fuentes)
    todas = [
        filas.order_by().annotate(orden=Value(n)).values_list("buzon", "orden", "pk", "quien")
        for n, filas in enumerate(fuentes.values())
    ]
    juntas = todas[0].union(*todas[1:], all=True) if len(todas) > 1 else todas[0]
    for tanda in _en_tandas(_sin_repetir(juntas.order_by("buzon", "orden", "pk"))):
        yield from _como_destinatarios([(direccion, orden[n], pk, quien) for direccion, n, pk, quien in tanda])


def _sin_repetir(filas: QuerySet) -> Iterator[tuple]:
    anterior = None
    for fila in filas.iterator(chunk_size=POR_TANDA):
        if fila[0] != anterior:
            yield fila
        anterior = fila[0]


def _en_tandas(filas: Iterable) -> Iterator[list]:
    filas = iter(filas)
    while tanda := list(islice(filas, POR_TANDA)):
        yield tanda


def _como_destinatarios(tanda: list[tuple]) -> Iterator[Destinatario]:
    bajas = _bajas_oficiales([direccion for direccion, clase, _, _ in tanda if clase != Audiencia.SUSCRIPTORES])
    for direccion, clase, pk, quien in tanda:
        baja = bajas.get(direccion) or url_baja(Suscriptor(pk=pk))
        yield Destinatario(direccion, nombre=quien, url_baja=baja, referencia=f"{REFERENCIA[clase]}:{pk}")


def _bajas_oficiales(direcciones: list[str]) -> dict[str, str]:
    """El enlace de baja de cada una: el de su suscripción si la tiene; si no, el de su ``CorreoOficial``."""
    suscritos = Suscriptor.objects.confirmados().filter(correo__in=direcciones).only("pk", "correo")
    bajas = {suscriptor.correo: url_baja(suscriptor) for suscriptor in suscritos}
    demas = [direccion for direccion in direcciones if direccion not in bajas]
    anotadas = set(CorreoOficial.objects.filter(correo__in=demas).values_list("correo", flat=True))
    if faltan := [direccion for direccion in demas if direccion not in anotadas]:
        aviso = aviso_vigente(Aviso.Finalidad.CORREO_OFICIAL)
        nuevos = [CorreoOficial(correo=direccion, base_legal=aviso) for direccion in faltan]
        CorreoOficial.objects.bulk_create(nuevos, ignore_conflicts=True)
    for oficial in CorreoOficial.objects.filter(correo__in=demas).only("pk", "correo"):
        bajas[oficial.correo] = url_baja_oficial(oficial)
    return bajas
