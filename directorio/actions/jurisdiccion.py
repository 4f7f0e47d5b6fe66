"""Pasar una provincia de un centro a otro desde una fecha (R1): ni un día sin centro, ni uno con dos."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from directorio.models import Entidad, Pedido
from organizacion.models import Centro, Jurisdiccion, Provincia

from .rechazos import CambioImposible


def entidades_que_pasan(provincia: Provincia, centro: Centro):
    """Las de ``provincia`` que atiende ``centro``; la que otro atiende por excepción se queda con él."""
    return Entidad.objects.filter(distrito__provincia=provincia, centro=centro)


def revisar_traspaso(*, provincia: Provincia, centro: Centro, desde: dt.date) -> Jurisdiccion | None:
    """La jurisdicción de que sale (la última que tuvo); ``None`` si nunca tuvo. Levanta ``CambioImposible``."""
    ultima = Jurisdiccion.objects.filter(provincia=provincia).select_related("centro").order_by("-desde", "-pk").first()
    if ultima is None:
        return None
    if ultima.desde > timezone.localdate():
        raise CambioImposible(f"Está anotado que el {ultima.desde:%d/%m/%Y} pasa a {ultima.centro}: anúlelo antes.")
    if ultima.hasta and desde <= ultima.hasta:
        raise CambioImposible(f"{ultima.centro} la atiende hasta el {ultima.hasta:%d/%m/%Y}: elija un día posterior.")
    if not ultima.hasta and ultima.centro_id == centro.pk:
        raise CambioImposible(f"{provincia} ya es de {centro}.")
    if desde <= ultima.desde:
        raise CambioImposible(f"{ultima.centro} la atiende desde el {ultima.desde:%d/%m/%Y}: elija un día posterior.")
    return ultima


@transaction.atomic
def pasar_provincia(*, provincia: Provincia, centro: Centro, desde: dt.date, por, request=None) -> int:
    """``centro`` atiende ``provincia`` desde la fecha ``desde``; devuelve cuántas entidades pasaron ya.

    Si es futura, sus entidades pasan ese día. Levanta ``CambioImposible`` y no guarda nada.
    """
    Provincia.objects.select_for_update().get(pk=provincia.pk)  # dos a la vez: la segunda ve lo que hizo la primera
    anterior = revisar_traspaso(provincia=provincia, centro=centro, desde=desde)
    if anterior and anterior.hasta is None:
        anterior.hasta = desde - dt.timedelta(days=1)
        anterior.save(update_fields=["hasta"])
    ya_rige = desde <= timezone.localdate()
    nueva = Jurisdiccion.objects.create(centro=centro, provincia=provincia, desde=desde, entidades_al_dia=ya_rige)
    pasaron = _pasar_entidades(nueva, anterior) if ya_rige else 0
    detalle = {"provincia": provincia.pk, "a": centro.pk, "desde": desde.isoformat(), "entidades": pasaron}
    detalle["de"] = anterior.centro_id if anterior else None
    anotar(accion="pasar provincia", por=por, objeto=nueva, detalle=detalle, request=request)
    return pasaron


def _pasar_entidades(nueva: Jurisdiccion, anterior: Jurisdiccion | None) -> int:
    """Con lo que una campaña aún les pide: lo sigue el centro que ahora las atiende."""
    if anterior is None:
        return 0
    entidades = entidades_que_pasan(nueva.provincia, anterior.centro)
    Pedido.objects.pendientes().filter(entidad__in=entidades.order_by()).update(centro=nueva.centro)
    return entidades.update(centro=nueva.centro)


@transaction.atomic
def anular_traspaso(*, jurisdiccion: Jurisdiccion, por, request=None) -> None:
    """Deja sin efecto un traspaso que aún no llega: la provincia sigue con quien la atiende.

    Levanta ``CambioImposible`` si ya rige.
    """
    Provincia.objects.select_for_update().get(pk=jurisdiccion.provincia_id)
    jurisdiccion = Jurisdiccion.objects.filter(pk=jurisdiccion.pk).first()
    if jurisdiccion is None:  # ya se anuló
        return
    if jurisdiccion.desde <= timezone.localdate():
        raise CambioImposible("Ese traspaso ya rige: pase la provincia de vuelta con otra fecha.")
    detalle = {"provincia": jurisdiccion.provincia_id, "a": jurisdiccion.centro_id}
    anotar(accion="anular traspaso de provincia", por=por, objeto=jurisdiccion, detalle=detalle, request=request)
    hasta = jurisdiccion.desde - dt.timedelta(days=1)
    provincia = jurisdiccion.provincia_id
    jurisdiccion.delete()
    for anterior in Jurisdiccion.objects.filter(provincia=provincia, hasta=hasta):
        anterior.hasta = None
        anterior.save(update_fields=["hasta"])


def pasar_entidades_de_hoy() -> str:
    """Los traspasos programados cuyo día llegó; devuelve qué hizo, o «»."""
    llaves = Jurisdiccion.objects.filter(entidades_al_dia=False, desde__lte=timezone.localdate())
    pasaron = sum(_aplicar(llave) for llave in llaves.values_list("pk", flat=True))
    return f"entidades que pasaron de centro: {pasaron}" if pasaron else ""


@transaction.atomic
def _aplicar(llave: int) -> int:
    nueva = Jurisdiccion.objects.select_for_update().filter(pk=llave, entidades_al_dia=False).first()
    if nueva is None:  # otra máquina llegó antes
        return 0
    de_antes = Jurisdiccion.objects.filter(provincia=nueva.provincia_id, desde__lt=nueva.desde).order_by("-desde")
    pasaron = _pasar_entidades(nueva, de_antes.first())
    nueva.entidades_al_dia = True
    nueva.save(update_fields=["entidades_al_dia"])
    anotar(accion="pasar entidades", objeto=nueva, detalle={"entidades": pasaron, "provincia": nueva.provincia_id})
    return pasaron
