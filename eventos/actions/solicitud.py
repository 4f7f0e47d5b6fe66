"""Atender una solicitud escrita de capacitación (R69, R94): aceptarla, derivarla, remitirla o decir que no procede."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.models import Capacitacion, Sesion, Solicitud

from .capacitacion import guardar_capacitacion
from .filas import Filas
from .rechazos import NoProcede

Estado, Destinatario = Solicitud.Estado, Solicitud.Destinatario
# El horario con que nace su capacitación si propuso una fecha; se corrige al programarla.
HORARIO = {"hora_inicio": dt.time(9), "hora_fin": dt.time(13)}


class YaAtendida(NoProcede): ...


class NoLeToca(NoProcede): ...


@transaction.atomic
def aceptar(*, solicitud: Solicitud, oficio: str, titulo: str, tipo: str, modalidad: str, por) -> Capacitacion:
    """Deja el ``oficio`` de respuesta y crea su capacitación en borrador, por demanda y con lo que pidió.

    Repetirla devuelve la que ya creó. Levanta ``NoProcede``.
    """
    solicitud = _bajo_llave(solicitud)
    if solicitud.estado == Estado.ACEPTADA and (ya := solicitud.capacitaciones.first()):
        return ya
    _exigir(solicitud, Destinatario.CENTRO, "Fue dirigida a un ente rector: se le remite por el STD (R69).")
    _cerrar(solicitud, Estado.ACEPTADA, respuesta=oficio, por=por)
    capacitacion = Capacitacion(
        titulo=titulo,
        tipo=tipo,
        modalidad=modalidad,
        centro=solicitud.centro,
        origen=Capacitacion.Origen.DEMANDA,
        entidad_solicitante=solicitud.entidad,
        solicitud=solicitud,
        publico_objetivo=solicitud.publico,
        cupos=solicitud.participantes or None,
    )
    return guardar_capacitacion(
        capacitacion=capacitacion,
        sistemas=solicitud.sistemas.all(),
        sesiones=Filas(guardar=_sesion_propuesta(solicitud)),
        expositores=Filas(),
        por=por,
    )


def _sesion_propuesta(solicitud) -> list[Sesion]:
    fecha = solicitud.fecha_propuesta
    return [Sesion(fecha=fecha, **HORARIO)] if fecha and fecha >= timezone.localdate() else []


@transaction.atomic
def derivar(*, solicitud: Solicitud, memorando: str, motivo: str, por) -> Solicitud:
    """La deriva, con memorando y motivos, al ente rector u oficina a que corresponde. Levanta ``NoProcede``."""
    falta = "Fue dirigida a un ente rector: se le remite por el STD (R69)."
    return _atender(solicitud, Estado.DERIVADA, Destinatario.CENTRO, falta, memorando, motivo, por)


@transaction.atomic
def remitir(*, solicitud: Solicitud, expediente: str, por) -> Solicitud:
    """La que se dirigió a un ente rector o a la OGTI sigue su trámite por el STD. Levanta ``NoProcede``."""
    falta = "Fue dirigida al centro o a la OGAUC: se acepta o se deriva con memorando (R69)."
    return _atender(solicitud, Estado.REMITIDA, Destinatario.ENTE_RECTOR, falta, expediente, "", por)


@transaction.atomic
def no_procede(*, solicitud: Solicitud, documento: str, motivo: str, por) -> Solicitud:
    return _atender(solicitud, Estado.RECHAZADA, solicitud.dirigida_a, "", documento, motivo, por)


def _atender(solicitud, estado, dirigida_a, falta, respuesta, motivo, por) -> Solicitud:
    """Repetirla no cambia nada."""
    solicitud = _bajo_llave(solicitud)
    if solicitud.estado == estado:
        return solicitud
    _exigir(solicitud, dirigida_a, falta)
    return _cerrar(solicitud, estado, respuesta=respuesta, motivo=motivo, por=por)


def _bajo_llave(solicitud) -> Solicitud:
    filas = Solicitud.objects.select_for_update(of=("self",)).select_related("centro", "entidad")
    return filas.get(pk=solicitud.pk)


def _exigir(solicitud, dirigida_a, falta) -> None:
    if solicitud.estado != Estado.RECIBIDA:
        raise YaAtendida(f"Ya se atendió: {solicitud.get_estado_display().lower()}.")
    if solicitud.dirigida_a != dirigida_a:
        raise NoLeToca(falta)


def _cerrar(solicitud, estado, *, respuesta, por, motivo="") -> Solicitud:
    solicitud.estado, solicitud.respuesta, solicitud.motivo = estado, respuesta, motivo
    solicitud.atendida_en, solicitud.atendida_por = timezone.now(), por
    solicitud.save(update_fields=["estado", "respuesta", "motivo", "atendida_en", "atendida_por"])
    anotar(accion="atender solicitud", por=por, objeto=solicitud, detalle={"estado": str(estado)})
    return solicitud
