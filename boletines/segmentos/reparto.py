"""De las filas de cada audiencia a los destinatarios, de mil en mil y sin guardar en memoria lo que ya salió."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet

from boletines.enlaces import url_baja, url_baja_oficial
from boletines.models import CorreoOficial, Suscriptor
from correo.actions import Destinatario
from custodia.actions import aviso_vigente
from custodia.models import Aviso

from .audiencia import Audiencia

POR_TANDA = 1000


def repartir(fuentes: dict[str, QuerySet]) -> Iterator[Destinatario]:
    """Por audiencia, ternas (dirección, llave, nombre) en orden de dirección; la primera que la tiene se la queda."""
    anteriores = []
    for audiencia, filas in fuentes.items():
        for tanda in _en_tandas(_sin_repetir(filas)):
            yield from _como_destinatarios(audiencia, _quitar_las_que_ya_salieron(tanda, anteriores))
        anteriores.append(filas)


def _sin_repetir(filas) -> Iterator[tuple]:
    """Los colegas que comparten buzón van seguidos: se queda el primero."""
    anterior = None
    for fila in filas.iterator(chunk_size=POR_TANDA):
        if fila[0] != anterior:
            yield fila
        anterior = fila[0]


def _en_tandas(filas: Iterable) -> Iterator[list]:
    filas = iter(filas)
    while tanda := list(islice(filas, POR_TANDA)):
        yield tanda


def _quitar_las_que_ya_salieron(tanda: list[tuple], anteriores: list[QuerySet]) -> list[tuple]:
    ya_salieron = set()
    for filas in anteriores:
        suyas = filas.order_by().filter(buzon__in=[fila[0] for fila in tanda])
        ya_salieron.update(suyas.values_list("buzon", flat=True))
    return [fila for fila in tanda if fila[0] not in ya_salieron]


def _como_destinatarios(audiencia: str, tanda: list[tuple]) -> Iterator[Destinatario]:
    direcciones = [direccion for direccion, _, _ in tanda]
    if audiencia == Audiencia.SUSCRIPTORES:
        bajas = {direccion: url_baja(Suscriptor(pk=pk)) for direccion, pk, _ in tanda}
    else:
        bajas = _bajas_oficiales(direcciones)
    clase = {Audiencia.OPERADORES: "operador", Audiencia.ENTIDADES: "entidad"}.get(audiencia, "suscriptor")
    for direccion, pk, quien in tanda:
        yield Destinatario(direccion, nombre=quien, url_baja=bajas[direccion], referencia=f"{clase}:{pk}")


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
