"""El enlace de un solo uso que en una sesión virtual vale por la firma (R80, R84): enviarlo y confirmarlo."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from custodia.actions import anotar
from eventos import correos_de_asistencia as correos
from eventos.firmantes import confirman_por_enlace
from eventos.models import Asistencia, Capacitacion, EnlaceDeAsistencia, Inscripcion, Sesion

from .asistencia import AsistenciaRechazada, marcar_asistencias
from .rechazos import NoProcede, exigir_abierta

# Quien entra un poco antes o se demora en abrir su correo no pierde su asistencia.
ANTES, DESPUES = dt.timedelta(minutes=15), dt.timedelta(minutes=30)


class NoSeEnvia(NoProcede): ...


class EnlaceRechazado(AsistenciaRechazada): ...


class EnlaceUsado(EnlaceRechazado): ...


class EnlaceVencido(EnlaceRechazado): ...


class TodaviaNo(EnlaceRechazado): ...


class YaNoEstaInscrita(EnlaceRechazado): ...


def abre_en(sesion: Sesion) -> dt.datetime:
    """Desde cuándo se puede confirmar."""
    return sesion.comienza_en - ANTES


def cierra_en(sesion: Sesion) -> dt.datetime:
    return sesion.termina_en + DESPUES


@transaction.atomic
def enviar_enlaces(*, sesion: Sesion, por=None) -> int:
    """Envía su enlace a quien asiste a distancia y aún no lo tiene, o lo tiene de un horario que cambió; cuántos.

    Repetirla no envía dos veces.
    """
    capacitacion = _bloqueada(sesion)
    nuevos = _renovar(sesion) + _crear(sesion, capacitacion)
    if nuevos:
        correos.enviar(
            capacitacion, sesion, nuevos, clave=f"{max(e.pk for e in nuevos)}:{cierra_en(sesion):%Y%m%d%H%M}"
        )
        detalle = {"enlaces": len(nuevos), "sesion": str(sesion)}
        anotar(accion="enviar enlaces de asistencia", por=por, objeto=capacitacion, detalle=detalle)
    return len(nuevos)


@transaction.atomic
def reenviar_enlaces(*, sesion: Sesion, por) -> int:
    """Vuelve a enviar el mismo enlace a quien todavía no confirmó; pulsarlo dos veces seguidas envía uno solo."""
    capacitacion = _bloqueada(sesion)
    nuevos = enviar_enlaces(sesion=sesion, por=por)
    recien = timezone.now() - dt.timedelta(minutes=5)
    filas = EnlaceDeAsistencia.objects.filter(sesion=sesion, usado_en__isnull=True, creado_en__lt=recien)
    sin_usar = list(filas.filter(inscripcion__in=confirman_por_enlace(capacitacion)).select_related("inscripcion"))
    if sin_usar:
        EnlaceDeAsistencia.objects.filter(pk__in=[enlace.pk for enlace in sin_usar]).update(creado_en=timezone.now())
        correos.enviar(capacitacion, sesion, sin_usar, clave=f"reenvio:{timezone.now():%Y%m%d%H%M%S%f}")
        detalle = {"enlaces": len(sin_usar), "sesion": str(sesion)}
        anotar(accion="reenviar enlaces de asistencia", por=por, objeto=capacitacion, detalle=detalle)
    return nuevos + len(sin_usar)


def _bloqueada(sesion) -> Capacitacion:
    capacitacion = Capacitacion.objects.select_for_update().get(pk=sesion.capacitacion_id)
    exigir_abierta(capacitacion)
    if not capacitacion.esta_publicada:
        raise NoSeEnvia("Los enlaces se envían cuando la capacitación está publicada.")
    if timezone.now() >= cierra_en(sesion):
        raise NoSeEnvia("La sesión ya terminó: los enlaces ya no servirían.")
    return capacitacion


def _renovar(sesion) -> list[EnlaceDeAsistencia]:
    """Los de la hora anterior, si la sesión se movió: el mismo enlace vence cuando debe."""
    filas = EnlaceDeAsistencia.objects.filter(sesion=sesion, usado_en__isnull=True).exclude(vence_en=cierra_en(sesion))
    viejos = list(filas.select_related("inscripcion"))
    EnlaceDeAsistencia.objects.filter(pk__in=[enlace.pk for enlace in viejos]).update(vence_en=cierra_en(sesion))
    return [enlace for enlace in viejos if enlace.inscripcion.estado == Inscripcion.Estado.CONFIRMADA]


def _crear(sesion, capacitacion) -> list[EnlaceDeAsistencia]:
    ya_tienen = EnlaceDeAsistencia.objects.filter(sesion=sesion).values("inscripcion")
    ya_firmaron = Asistencia.objects.firmadas().filter(sesion=sesion).values("inscripcion")
    filas = confirman_por_enlace(capacitacion).exclude(Q(correo="") | Q(pk__in=ya_tienen) | Q(pk__in=ya_firmaron))
    return EnlaceDeAsistencia.objects.bulk_create(
        [EnlaceDeAsistencia(inscripcion=fila, sesion=sesion, vence_en=cierra_en(sesion)) for fila in filas]
    )


@transaction.atomic
def confirmar_asistencia(*, enlace: EnlaceDeAsistencia, request=None) -> EnlaceDeAsistencia:
    """Gasta ``enlace`` y deja firmada la asistencia. Levanta ``EnlaceRechazado``; nada se guarda si lo hace."""
    capacitacion = Capacitacion.objects.select_for_update().get(pk=enlace.sesion.capacitacion_id)
    enlace = EnlaceDeAsistencia.objects.select_for_update().get(pk=enlace.pk)
    exigir_abierta(capacitacion)
    exigir_que_sirva(enlace)
    enlace.usado_en = timezone.now()
    enlace.save(update_fields=["usado_en"])
    marcar_asistencias(
        sesion=enlace.sesion,
        firmaron={enlace.inscripcion_id},
        no_firmaron=set(),
        por=None,
        medio=Asistencia.Medio.ENLACE,
    )
    anotar(accion="confirmar asistencia por enlace", objeto=enlace.sesion, request=request)
    return enlace


def exigir_que_sirva(enlace: EnlaceDeAsistencia) -> None:
    """Levanta por qué ``enlace`` no se puede usar ahora; el texto se muestra tal cual."""
    ahora, sesion = timezone.now(), enlace.sesion
    if enlace.usado_en:
        raise EnlaceUsado("Este enlace ya se usó: su asistencia está registrada.")
    if enlace.inscripcion.estado != Inscripcion.Estado.CONFIRMADA or not sesion.capacitacion.esta_publicada:
        raise YaNoEstaInscrita("Su inscripción ya no está confirmada, así que no hay asistencia que registrar.")
    if ahora < abre_en(sesion):
        raise TodaviaNo("Todavía no empieza la sesión.")
    if ahora >= cierra_en(sesion) or not enlace.se_puede_usar(ahora):
        raise EnlaceVencido("Este enlace ya venció: la sesión terminó.")
