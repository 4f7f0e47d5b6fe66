"""Abrir, usar y cerrar una mesa de asistencia (ADR 0014)."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.models import Capacitacion, Mesa
from eventos.models.inscripcion import codigo_nuevo

from .rechazos import NoProcede, exigir_abierta

# Lo que se demora en pasar a los últimos y en volver la red después de la última sesión.
MARGEN = dt.timedelta(hours=4)
# Cuánto vale el código con que se abre en el aparato.
PARA_ABRIRLA = dt.timedelta(hours=1)
VISPERA = dt.timedelta(days=1)


class MesaRechazada(NoProcede):
    """No se puede abrir o usar la mesa; su texto se muestra tal cual."""


class FueraDeFecha(MesaRechazada): ...


class SinPuerta(MesaRechazada): ...


class ClaveGastada(MesaRechazada): ...


def resumir(clave: str) -> str:
    """Lo que se guarda en lugar de la clave del aparato."""
    return hashlib.sha256(clave.encode()).hexdigest()


@transaction.atomic
def abrir_mesa(*, capacitacion: Capacitacion, nombre: str, por, request=None) -> Mesa:
    """Una mesa con su código de apertura, de un solo uso, que vale ``PARA_ABRIRLA``.

    Se abre desde la víspera y vence ``MARGEN`` después de la última sesión. Repetirla sin haber usado la anterior
    devuelve la misma.
    """
    capacitacion = Capacitacion.objects.select_for_update(no_key=True).get(pk=capacitacion.pk)
    exigir_abierta(capacitacion)
    vence_en = _vencimiento(capacitacion)
    sin_usar = capacitacion.mesas.abiertas().filter(nombre=nombre, abierta_por=por, usada_en__isnull=True)
    if previa := sin_usar.filter(abierta_en__gt=timezone.now() - PARA_ABRIRLA).first():
        return previa
    mesa = Mesa.objects.create(
        capacitacion=capacitacion,
        nombre=nombre,
        abierta_por=por,
        vence_en=vence_en,
        clave_sha256=resumir(secrets.token_urlsafe(32)),  # de nadie hasta que un aparato la abra
        clave_de_apertura=codigo_nuevo() + codigo_nuevo()[:4],
    )
    anotar(accion="abrir mesa", por=por, objeto=capacitacion, detalle={"mesa": mesa.pk}, request=request)
    return mesa


def _vencimiento(capacitacion) -> dt.datetime:
    ahora = timezone.now()
    if not capacitacion.esta_publicada:
        raise FueraDeFecha("Solo se abre una mesa en una capacitación publicada.")
    if capacitacion.es_virtual:
        raise SinPuerta("Es virtual: la asistencia se confirma con el enlace de cada sesión, no en una mesa.")
    if capacitacion.comienza_en is None:
        raise FueraDeFecha("Esta capacitación aún no tiene sesiones.")
    if timezone.localdate(ahora) < timezone.localdate(capacitacion.comienza_en - VISPERA):
        raise FueraDeFecha("La mesa se abre desde la víspera de la primera sesión.")
    vence_en = capacitacion.termina_en + MARGEN
    if ahora >= vence_en:
        raise FueraDeFecha("La capacitación ya terminó: registre lo que falte desde la intranet.")
    return vence_en


def apertura_vale(mesa: Mesa, en=None) -> bool:
    """Si su código todavía abre la mesa en un aparato."""
    en = en or timezone.now()
    return mesa.usada_en is None and mesa.esta_abierta(en) and en < mesa.abierta_en + PARA_ABRIRLA


@transaction.atomic
def usar_mesa(*, clave_de_apertura: str, request=None) -> tuple[Mesa, str]:
    """Gasta el código y devuelve la mesa con la clave que el aparato guardará; aquí queda solo su SHA-256.

    La clave nace aquí: la que el aparato trajera de antes no sirve (fijación). Levanta ``ClaveGastada``.
    """
    mesa = Mesa.objects.select_for_update().filter(clave_de_apertura=clave_de_apertura).first()
    if mesa is None or not apertura_vale(mesa):
        raise ClaveGastada("Ese código no abre ninguna mesa: ya se usó, venció o se copió mal.")
    clave = secrets.token_urlsafe(32)
    mesa.clave_sha256, mesa.usada_en = resumir(clave), timezone.now()
    mesa.save(update_fields=["clave_sha256", "usada_en"])
    anotar(accion="usar mesa", objeto=mesa, request=request)
    return mesa, clave


@transaction.atomic
def cerrar_mesa(*, mesa: Mesa, por=None, request=None) -> Mesa:
    """Desde aquí su aparato no puede nada. ``por``: el personal; sin él, se cerró en el propio aparato."""
    mesa = Mesa.objects.select_for_update(of=("self",)).get(pk=mesa.pk)
    if mesa.cerrada_en is None:
        mesa.cerrada_en = timezone.now()
        mesa.save(update_fields=["cerrada_en"])
        anotar(accion="cerrar mesa", por=por, objeto=mesa, request=request)
    return mesa
