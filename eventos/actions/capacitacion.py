"""Programar y publicar capacitaciones (§5.2.4). Todo queda auditado dentro de la transacción."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from custodia.actions import anotar
from eventos.models import Capacitacion
from organizacion.publico import subir_version_publica

from .cita import Cita, cita_de, copiar_fechas
from .faltas import exigir_completa, faltas_para_publicar
from .filas import Filas
from .oferta import ofrecer
from .rechazos import (
    CambioDeCentro,
    EstaCancelada,
    ExpositorConEncuestas,
    FaltaMotivo,
    FaltaParaPublicar,
    NoProcede,
    exigir_abierta,
)
from .reprogramacion import reprogramar, ya_paso
from .sesiones import SesionConAlgoQueCuelga, soltar_sesiones
from .validacion import sincronizar_validaciones

__all__ = [
    "RESERVADAS",
    "EstaCancelada",
    "FaltaMotivo",
    "FaltaParaPublicar",
    "NoProcede",
    "SesionConAlgoQueCuelga",
    "faltas_para_publicar",
    "guardar_capacitacion",
    "publicar",
]

# Direcciones que el portal usa bajo /capacitaciones/: ninguna capacitación puede llamarse así.
RESERVADAS = frozenset(
    {
        "asistencia",
        "calendario",
        "distritos",
        "entidades",
        "ics",
        "incrustar",
        "inscripcion",
        "inscripciones",
        "invitaciones",
        "json",
        "pasadas",
        "programa",
        "rss",
    }
)


@transaction.atomic
def guardar_capacitacion(
    *,
    capacitacion: Capacitacion,
    sistemas: Iterable,
    sesiones: Filas,
    expositores: Filas,
    por,
    motivo: str = "",
    confirma_lo_que_cuelga: bool = False,
) -> Capacitacion:
    """Guarda la capacitación con sus sesiones y expositores.

    Si ya está publicada y cambian su fecha, hora o lugar, exige ``motivo`` (uno de ``Motivo``), sube la secuencia del
    .ics y avisa a cada persona inscrita. Sin ``confirma_lo_que_cuelga`` no quita ni mueve una sesión que lleve algo
    (``actions.sesiones``). Levanta ``NoProcede``.
    """
    exigir_abierta(capacitacion)
    antes = _bloquear(capacitacion)
    es_nueva = antes is None
    cita_antes = None if es_nueva else cita_de(antes)
    _exigir_que_se_pueda(capacitacion, antes, expositores)
    soltar_sesiones(sesiones=sesiones, por=por, confirma=confirma_lo_que_cuelga)
    if es_nueva:
        capacitacion.creada_por = por
        capacitacion.slug = slugify(f"borrador-{timezone.now():%Y%m%d%H%M%S%f}")
    else:
        _conservar(capacitacion, antes)
    capacitacion.save()
    if antes and capacitacion.es_hibrida and not antes.es_hibrida:
        # Quien ya se había inscrito asiste como lo había hecho.
        capacitacion.inscripciones.update(modalidad=antes.modalidad)
    capacitacion.sistemas.set(sistemas)
    for filas in (sesiones, expositores):
        _guardar_filas(capacitacion, filas)
    copiar_fechas(capacitacion)
    if capacitacion.estado == Capacitacion.Estado.BORRADOR:
        _poner_slug(capacitacion)
    anotar(accion="programar" if es_nueva else "editar", por=por, objeto=capacitacion)
    if capacitacion.esta_publicada:
        _ya_publicada(capacitacion, cita_antes, motivo, por)
    if not es_nueva:  # una nueva es un borrador y todavía no tiene ninguna
        sincronizar_validaciones(capacitacion=capacitacion, por=por)
    return capacitacion


def _bloquear(capacitacion) -> Capacitacion | None:
    """La fila como está guardada, bloqueada hasta el fin de la transacción."""
    return Capacitacion.objects.select_for_update().get(pk=capacitacion.pk) if capacitacion.pk else None


def _exigir_que_se_pueda(capacitacion, antes, expositores: Filas) -> None:
    if antes is None:
        return
    _exigir_sin_encuestas(expositores)
    if antes.esta_cancelada:
        raise EstaCancelada("Esta capacitación se canceló y ya no cambia; programe otra.")
    if antes.centro_id != capacitacion.centro_id:
        raise CambioDeCentro("Una capacitación no cambia de centro: cancélela y prográmela en el otro.")


def _exigir_sin_encuestas(expositores: Filas) -> None:
    for expositor in expositores.quitar:
        if expositor.calificaciones.exists():
            raise ExpositorConEncuestas(f"{expositor} ya fue calificado en las encuestas: no se puede quitar.")


def _conservar(capacitacion, antes) -> None:
    """Lo que solo cambian las acciones se toma de la fila bloqueada: otra pudo publicarla mientras se editaba."""
    for campo in ("estado", "publicada_en", "cerrada_en", "secuencia", "slug"):
        setattr(capacitacion, campo, getattr(antes, campo))


def _guardar_filas(capacitacion, filas: Filas) -> None:
    for fila in filas.quitar:
        fila.delete()
    for fila in filas.guardar:
        fila.capacitacion = capacitacion
        fila.save()


def _poner_slug(capacitacion) -> None:
    """«formulacion-2026-11-30»; si ya está tomada, con el número de la fila al final."""
    fecha = f"-{capacitacion.fecha_inicio:%Y-%m-%d}" if capacitacion.fecha_inicio else ""
    base = (slugify(capacitacion.titulo)[:150].rstrip("-") or "capacitacion") + fecha
    candidatas = [f"{base}-{capacitacion.pk}"] if base in RESERVADAS else [base, f"{base}-{capacitacion.pk}"]
    for candidata in candidatas:
        try:
            with transaction.atomic():
                Capacitacion.objects.filter(pk=capacitacion.pk).update(slug=candidata)
        except IntegrityError:
            continue
        capacitacion.slug = candidata
        return


def _ya_publicada(capacitacion, cita_antes: Cita, motivo: str, por) -> None:
    """Lo que sigue a cambiar algo que la gente ya vio: el público lo ve cambiado y cada inscrito se entera."""
    subir_version_publica()
    if cita_antes != cita_de(capacitacion) and not ya_paso(capacitacion):
        reprogramar(capacitacion, cita_antes, motivo=motivo, por=por)
    ofrecer(capacitacion=capacitacion)  # por si aumentaron los cupos


@transaction.atomic
def publicar(*, capacitacion: Capacitacion, por) -> Capacitacion:
    """La muestra en el calendario y abre su inscripción. Repetirla no hace nada; levanta ``NoProcede``."""
    exigir_abierta(capacitacion)
    capacitacion = _bloquear(capacitacion)
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Esta capacitación se canceló; programe otra.")
    if capacitacion.esta_publicada:
        return capacitacion
    exigir_completa(capacitacion)
    capacitacion.estado = Capacitacion.Estado.PUBLICADA
    capacitacion.publicada_en = timezone.now()
    capacitacion.save(update_fields=["estado", "publicada_en", "actualizada_en"])
    anotar(accion="publicar", por=por, objeto=capacitacion)
    sincronizar_validaciones(capacitacion=capacitacion, por=por)
    subir_version_publica()
    return capacitacion
