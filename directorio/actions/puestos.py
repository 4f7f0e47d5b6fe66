"""Cambiar de puesto a un miembro del personal: lo que fue queda en su historia (R2, R3)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from directorio.models import Personal, PuestoDePersonal
from organizacion.models import ROLES_DE_UNO_SOLO

from .rechazos import CambioImposible
from .rol_del_puesto import quitar_rol_programado, seguir_con_el_rol

DEL_PUESTO = ("cargo", "centro", "sistema", "organo")


def _un_dia_antes(fecha: dt.date) -> dt.date:
    return fecha - dt.timedelta(days=1)


@transaction.atomic
def cambiar_de_puesto(*, personal, puesto: dict, desde: dt.date, por, con_rol=False, request=None) -> str:
    """Desde la fecha ``desde``, ``personal`` ocupa ``puesto`` (llaves de ``DEL_PUESTO``); si es futura, queda anotado.

    ``con_rol``: el rol de su cuenta también cambia ese día. Devuelve lo que queda por hacer con la cuenta, o «».
    Levanta ``CambioImposible`` y no guarda nada.
    """
    personal = Personal.objects.select_for_update(of=("self",)).get(pk=personal.pk)
    _quitar_programado(personal)
    actual = puesto_actual(personal)
    if desde <= actual.desde:
        raise CambioImposible(f"Su puesto actual empezó el {actual.desde:%d/%m/%Y}: elija un día posterior.")
    if personal.hasta and desde > personal.hasta:
        raise CambioImposible(f"Deja de trabajar aquí el {personal.hasta:%d/%m/%Y}: elija un día anterior.")
    antes = {campo: getattr(personal, campo) for campo in DEL_PUESTO}
    _poner(personal, puesto)
    actual.hasta = _un_dia_antes(desde)
    actual.save(update_fields=["hasta"])
    es_futuro = desde > timezone.localdate()
    nuevo = personal.puestos.create(desde=desde, por_aplicar=es_futuro, **puesto)
    if not es_futuro:
        personal.save()
    pendiente = seguir_con_el_rol(personal=personal, antes=antes, desde=desde, con_rol=con_rol)
    detalle = {"de": str(actual), "a": str(nuevo), "desde": desde.isoformat()}
    anotar(accion="cambiar de puesto", por=por, objeto=personal, detalle=detalle, request=request)
    return pendiente


def _poner(personal, puesto) -> None:
    for campo, valor in puesto.items():
        setattr(personal, campo, valor)
    try:
        personal.clean()
    except ValidationError as error:
        raise CambioImposible(" ".join(error.messages)) from error


def puesto_actual(personal: Personal) -> PuestoDePersonal:
    """El último de su historia; si aún no la tiene, empieza con lo que dice su fila."""
    ultimo = personal.puestos.order_by("-desde", "-pk").first()
    if ultimo is None:
        puesto = {campo: getattr(personal, campo) for campo in DEL_PUESTO}
        ultimo = personal.puestos.create(desde=personal.desde, **puesto)
    return ultimo


def quien_mas_lo_ocupa(puesto: dict, *, salvo: int | None, en: dt.date) -> Personal | None:
    """Otro que en esa fecha ocupa el mismo puesto, si es de los que ocupa uno solo; ``salvo``: la llave de alguien."""
    if puesto["cargo"] not in ROLES_DE_UNO_SOLO:
        return None
    lugar = "sistema" if puesto["cargo"] == Personal.Cargo.RESPONSABLE_TECNICO else "centro"
    iguales = Personal.objects.vigentes(en).filter(cargo=puesto["cargo"], **{lugar: puesto[lugar]})
    return iguales.exclude(pk=salvo).first()


def _quitar_programado(personal) -> None:
    """Uno nuevo reemplaza al que aún no empieza."""
    for programado in personal.puestos.filter(por_aplicar=True):
        quitar_rol_programado(personal=personal, desde=programado.desde)
        personal.puestos.filter(hasta=_un_dia_antes(programado.desde)).update(hasta=None)
        programado.delete()


@transaction.atomic
def anular_cambio_programado(*, personal: Personal, por, request=None) -> None:
    """Deja sin efecto el cambio de puesto que aún no llega; repetirla no hace nada."""
    personal = Personal.objects.select_for_update(of=("self",)).get(pk=personal.pk)
    if not personal.puestos.filter(por_aplicar=True).exists():
        return
    _quitar_programado(personal)
    anotar(accion="anular cambio de puesto", por=por, objeto=personal, request=request)


def corregir_puesto(personal: Personal) -> None:
    """Una corrección de su fila corrige también el puesto que hoy ocupa: no es otro puesto."""
    hoy = timezone.localdate()
    puesto = {campo: getattr(personal, campo) for campo in DEL_PUESTO}
    vigente = personal.puestos.vigentes(hoy).filter(por_aplicar=False).first()
    if vigente is not None:
        PuestoDePersonal.objects.filter(pk=vigente.pk).update(**puesto)


def poner_puestos_de_hoy() -> str:
    """Los cambios de puesto cuyo día llegó pasan a la fila de cada quien; devuelve qué hizo, o «»."""
    puestos = 0
    llegados = PuestoDePersonal.objects.filter(por_aplicar=True, desde__lte=timezone.localdate())
    for llave, personal in llegados.values_list("pk", "personal"):
        puestos += _poner_de_hoy(llave, personal)
    return f"cambios de puesto aplicados: {puestos}" if puestos else ""


@transaction.atomic
def _poner_de_hoy(llave: int, de_quien: int) -> int:
    # Primero la persona y después su puesto, como quien lo cambia: al revés se esperarían uno al otro.
    personal = Personal.objects.select_for_update(of=("self",)).get(pk=de_quien)
    puesto = PuestoDePersonal.objects.select_for_update().filter(pk=llave, por_aplicar=True).first()
    if puesto is None:  # otra máquina llegó antes
        return 0
    if personal.hasta and puesto.desde > personal.hasta:  # se fue antes de ocuparlo
        return 0
    for campo in DEL_PUESTO:
        setattr(personal, campo, getattr(puesto, campo))
    personal.save()
    puesto.por_aplicar = False
    puesto.save(update_fields=["por_aplicar"])
    anotar(accion="cambiar de puesto", objeto=personal, detalle={"a": str(puesto), "desde": puesto.desde.isoformat()})
    return 1
