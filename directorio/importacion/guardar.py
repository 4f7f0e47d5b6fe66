"""Guardar lo ensayado, por tandas (ADR 0034).

La verdad está en ``RenglonDeImportacion.hecho``: si un obrero muere, otro sigue donde quedó.
"""

import datetime as dt

from django.db import DataError, IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from custodia.actions import anotar
from directorio.models import Importacion, RenglonDeImportacion
from directorio.tasks import guardar_importacion

from .acciones import TANDA, NoProcede, filas_de, huella_de_columnas
from .aplicar import aplicar_tanda
from .ensayo import Ensayo

Estado, Resultado = Importacion.Estado, RenglonDeImportacion.Resultado
POR_GUARDAR = (Estado.ENSAYADA, Estado.APLICANDO)
SIN_AVANCE = dt.timedelta(minutes=5)  # una tanda tarda segundos
CHOCA = "Choca con otra fila del directorio: ensáyela otra vez."


@transaction.atomic
def encolar(*, importacion: Importacion, por) -> None:
    """La deja «guardándose» y toca el timbre. Repetirlo solo vuelve a tocarlo."""
    vista, importacion = huella_de_columnas(importacion), _con_candado(importacion)
    if importacion.estado not in POR_GUARDAR:
        raise NoProcede("Ensáyela antes de confirmarla.")
    if importacion.estado == Estado.ENSAYADA:
        exigir_lo_visto(importacion, vista)
        _encender(importacion, por)
    transaction.on_commit(lambda: guardar_importacion.enqueue(importacion.pk))


def exigir_lo_visto(importacion: Importacion, vista: str) -> None:
    """``vista``: la huella de las columnas que tenía delante quien confirma."""
    if huella_de_columnas(importacion) != vista:
        raise NoProcede("Las columnas se cambiaron en otra pestaña: revise el ensayo y confirme otra vez.")


def retomar_importaciones() -> str:
    """Toca otra vez el timbre de las que un obrero muerto dejó a medias (tarea periódica)."""
    ahora = timezone.now()
    quedadas = Importacion.objects.filter(estado=Estado.APLICANDO, avanzo_en__lt=ahora - SIN_AVANCE)
    llaves = list(quedadas.exclude(confirmada_por=None).values_list("pk", flat=True))
    for llave in llaves:
        if quedadas.filter(pk=llave).update(avanzo_en=ahora):
            guardar_importacion.enqueue(llave)
    return f"Importaciones retomadas: {len(llaves)}." if llaves else ""


def confirmar(*, importacion: Importacion, por) -> Importacion:
    """Guarda las filas buenas que falten, de tanda en tanda; cada una entra entera o no entra. Repetirla no duplica.

    Se vuelve a leer el archivo contra el directorio de ahora, fuera de la transacción: el ensayo pudo envejecer.
    """
    if importacion.estado == Estado.APLICADA:
        return importacion
    if importacion.estado not in POR_GUARDAR:
        raise NoProcede("Ensáyela antes de confirmarla.")
    ensayo = Ensayo(importacion, por)
    filas = filas_de(importacion)
    for desde in range(0, len(filas), TANDA):
        renglones = ensayo.leer(filas[desde : desde + TANDA])
        if not _guardar_tanda(importacion, renglones, ensayo.modelo, por):
            return Importacion.objects.get(pk=importacion.pk)
    return _terminar(importacion, por)


@transaction.atomic
def _guardar_tanda(importacion, renglones: list, modelo, por) -> bool:
    """Falso si la importación ya no espera: otro la terminó o la descartó."""
    importacion = _con_candado(importacion)
    if importacion.estado not in POR_GUARDAR:
        return False
    _encender(importacion, importacion.confirmada_por or por)
    suyos = importacion.renglones.filter(numero__range=(renglones[0].numero, renglones[-1].numero))
    hechos = _hechos(suyos)
    faltan = [renglon for renglon in renglones if renglon.numero not in hechos]
    _aplicar(importacion, faltan, modelo)
    suyos.filter(hecho=False).delete()
    for renglon in faltan:
        renglon.importacion, renglon.hecho = importacion, True
    RenglonDeImportacion.objects.bulk_create(faltan)
    return True


def _hechos(renglones) -> set[int]:
    return set(renglones.filter(hecho=True).values_list("numero", flat=True))


def _aplicar(importacion, renglones: list, modelo) -> None:
    """De una vez; si la base rechaza alguna, una por una, y esa se queda fuera con su motivo."""
    try:
        with transaction.atomic():
            aplicar_tanda(importacion, renglones, modelo)
    except (IntegrityError, DataError):
        for renglon in renglones:
            _aplicar_una(importacion, renglon, modelo)


def _aplicar_una(importacion, renglon, modelo) -> None:
    try:
        with transaction.atomic():
            aplicar_tanda(importacion, [renglon], modelo)
    except (IntegrityError, DataError):
        renglon.resultado, renglon.motivos, renglon.cambios, renglon.objeto = Resultado.ERROR, [CHOCA], {}, None


@transaction.atomic
def _terminar(importacion, por) -> Importacion:
    importacion = _con_candado(importacion)
    if importacion.estado == Estado.APLICANDO:
        cuentas = importacion.renglones.order_by().values_list("resultado").annotate(cuantas=Count("pk"))
        importacion.cuentas = dict(cuentas)
        importacion.estado, importacion.aplicada_en = Estado.APLICADA, timezone.now()
        importacion.save()
        anotar(accion="confirmar importación", por=por, objeto=importacion, detalle=importacion.cuentas)
    return importacion


def _con_candado(importacion) -> Importacion:
    return Importacion.objects.select_for_update(of=("self",)).get(pk=importacion.pk)


def _encender(importacion, por) -> None:
    importacion.estado, importacion.confirmada_por, importacion.avanzo_en = Estado.APLICANDO, por, timezone.now()
    importacion.save(update_fields=["estado", "confirmada_por", "avanzo_en"])
