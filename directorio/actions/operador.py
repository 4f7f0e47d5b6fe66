"""Un operador cambia de trabajo o se va: dónde estuvo queda en su historia (R114)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodia.actions import anotar
from directorio.models import Entidad, Operador, Puesto

from .rechazos import CambioImposible


def _de_hoy_o_antes(fecha: dt.date) -> None:
    if fecha > timezone.localdate():
        raise CambioImposible("Se anota cuando ya ocurrió: la fecha no puede ser futura.")


def _bloqueado(operador: Operador) -> Operador:
    operador = Operador.objects.select_for_update(of=("self",)).select_related("entidad").get(pk=operador.pk)
    if operador.fusionado_en_id:
        raise CambioImposible("Esta fila se unió a otra: ábrala desde la lista de operadores.")
    return operador


def _abiertos(operador: Operador) -> list[Puesto]:
    """Su puesto de hoy; si su historia aún no empieza, con lo que dice su fila y sin fecha."""
    puestos = list(operador.puestos.filter(hasta__isnull=True).order_by("-desde", "-pk"))
    if not puestos:
        puestos = [operador.puestos.create(entidad=operador.entidad, cargo=operador.cargo)]
        puestos[0].sistemas.set(operador.sistemas.all())
    return puestos


def _cerrar(puestos: list[Puesto], hasta: dt.date) -> None:
    for puesto in puestos:
        if puesto.desde and hasta < puesto.desde:
            raise CambioImposible(f"Está en {puesto.entidad} desde el {puesto.desde:%d/%m/%Y}: elija un día posterior.")
        puesto.hasta = hasta
        puesto.save(update_fields=["hasta"])


@transaction.atomic
def trasladar_operador(*, operador, entidad: Entidad, cargo: str, sistemas, desde: dt.date, por, request=None) -> None:
    """Desde la fecha ``desde`` (hoy o antes) trabaja en ``entidad``; si ya no estaba activo, vuelve a estarlo.

    Levanta ``CambioImposible`` y no guarda nada.
    """
    _de_hoy_o_antes(desde)
    operador = _bloqueado(operador)
    sistemas = list(sistemas)
    iguales = (operador.entidad_id, operador.cargo) == (entidad.pk, cargo)
    if operador.esta_activo and iguales and set(sistemas) == set(operador.sistemas.all()):
        raise CambioImposible("Es el mismo puesto que ya tiene.")
    if operador.esta_activo:
        _cerrar(_abiertos(operador), desde - dt.timedelta(days=1))
    antes = operador.entidad_id
    operador.entidad, operador.cargo, operador.esta_activo = entidad, cargo, True
    operador.save()
    operador.sistemas.set(sistemas)
    operador.puestos.create(entidad=entidad, cargo=cargo, desde=desde).sistemas.set(sistemas)
    detalle = {"de": antes, "a": entidad.pk, "desde": desde.isoformat()}
    anotar(accion="trasladar operador", por=por, objeto=operador, detalle=detalle, request=request)


@transaction.atomic
def dejar_de_trabajar(*, operador: Operador, hasta: dt.date, por, request=None) -> None:
    """``hasta`` (hoy o antes) fue su último día en la entidad: deja de estar activo; repetirla no hace nada.

    Levanta ``CambioImposible`` y no guarda nada.
    """
    _de_hoy_o_antes(hasta)
    operador = _bloqueado(operador)
    if not operador.esta_activo:
        return
    _cerrar(_abiertos(operador), hasta)
    operador.esta_activo = False
    operador.save(update_fields=["esta_activo"])
    detalle = {"entidad": operador.entidad_id, "hasta": hasta.isoformat()}
    anotar(accion="cerrar operador", por=por, objeto=operador, detalle=detalle, request=request)


def cerrar_puesto_de_operador(operador: Operador) -> Puesto:
    """El puesto de hoy de quien dejó de estar activo pasa a su historia, y con él los que siguieran abiertos."""
    hoy, puestos = timezone.localdate(), _abiertos(operador)
    for puesto in puestos:
        _cerrar([puesto], max(hoy, puesto.desde or hoy))
    return puestos[0]


def corregir_puesto_de_operador(operador: Operador) -> None:
    """Una corrección de su fila corrige también su puesto abierto, si tiene historia: no es otro puesto."""
    puesto = operador.puestos.filter(hasta__isnull=True).order_by("-desde", "-pk").first()
    if puesto is None or not operador.esta_activo:
        return
    puesto.entidad, puesto.cargo = operador.entidad, operador.cargo
    puesto.save(update_fields=["entidad", "cargo"])
    puesto.sistemas.set(operador.sistemas.all())


def dejar_un_puesto_abierto(operador: Operador) -> None:
    """De los puestos sin fin, el de hoy queda; los demás pasan a la historia, y el que lo repite sobra."""
    abiertos = list(operador.puestos.filter(hasta__isnull=True).order_by(F("desde").asc(nulls_last=True), "pk"))
    hoy = [p for p in abiertos if (p.entidad_id, p.cargo) == (operador.entidad_id, operador.cargo)]
    hoy = hoy if operador.esta_activo else []
    for repetido in hoy[1:]:
        repetido.delete()
    otros = [puesto.pk for puesto in abiertos if puesto not in hoy]
    Puesto.objects.filter(pk__in=otros).update(hasta=timezone.localdate())
