"""Registrar quién firmó en cada sesión (R80, R81, R84)."""

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.models import Asistencia, Capacitacion, Inscripcion, Mesa, Sesion

from .inscripcion import inscribir
from .rechazos import NoProcede, exigir_abierta


class AsistenciaRechazada(NoProcede):
    """No se puede registrar asistencia; su texto se muestra tal cual."""


class SesionFutura(AsistenciaRechazada): ...


class NoEstaPublicada(AsistenciaRechazada): ...


class YaTermino(AsistenciaRechazada): ...


@transaction.atomic
def marcar_asistencias(
    *,
    sesion: Sesion,
    firmaron: set[int],
    por,
    no_firmaron: set[int] | None = None,
    mesa: Mesa | None = None,
    medio: str = Asistencia.Medio.PAPEL,
) -> int:
    """Deja firmadas las inscripciones de ``firmaron`` y sin firma las de ``no_firmaron``; devuelve cuántas cambió.

    Con ``no_firmaron=None``, todas las demás confirmadas quedan sin firma. Las llaves de otra capacitación o anuladas
    no cuentan. Quien estaba en lista de espera, o no aceptó su cupo, y firmó pasa a confirmado aunque exceda los
    cupos: estuvo allí. ``medio``: cómo firmaron. ``mesa``: en cuál se marcó, si fue en una. Repetirla no cambia nada.
    """
    capacitacion = Capacitacion.objects.select_for_update(no_key=True).get(pk=sesion.capacitacion_id)
    _exigir_sesion_abierta(capacitacion, sesion)
    vigentes = capacitacion.inscripciones.vigentes()
    estados = dict(vigentes.values_list("pk", "estado"))
    presentes = firmaron & estados.keys()
    ausentes = (estados.keys() if no_firmaron is None else no_firmaron & estados.keys()) - presentes
    admitidas = {pk for pk in presentes if estados[pk] != Inscripcion.Estado.CONFIRMADA}
    vigentes.filter(pk__in=admitidas).update(estado=Inscripcion.Estado.CONFIRMADA, oferta_vence_en=None)
    ya = set(Asistencia.objects.filter(sesion=sesion).firmadas().values_list("inscripcion_id", flat=True))
    _firmar(sesion, presentes - ya, por, mesa, medio)
    _quitar_firmas(sesion, ausentes & ya, por, mesa)
    cambios = len(presentes - ya) + len(ausentes & ya)
    if cambios:
        detalle = {"firmas": len(presentes - ya), "quitadas": len(ausentes & ya), "admitidas": len(admitidas)}
        anotar(accion="registrar asistencia", por=por, objeto=sesion, detalle=detalle)
    return cambios


def _exigir_sesion_abierta(capacitacion, sesion) -> None:
    exigir_abierta(capacitacion)
    if not capacitacion.esta_publicada:
        raise NoEstaPublicada("Solo se registra asistencia en una capacitación publicada.")
    if sesion.fecha > timezone.localdate():
        raise SesionFutura(f"La sesión es el {sesion.fecha:%d/%m/%Y}: se registra desde ese día.")


def _firmar(sesion, inscripciones: set[int], por, mesa, medio) -> None:
    marca = {"esta_firmada": True, "medio": medio, "registrada_en": timezone.now(), "registrada_por": por, "mesa": mesa}
    Asistencia.objects.bulk_create(
        [Asistencia(inscripcion_id=pk, sesion=sesion, **marca) for pk in sorted(inscripciones)],
        update_conflicts=True,
        unique_fields=["inscripcion", "sesion"],
        update_fields=[*marca],
    )


def _quitar_firmas(sesion, inscripciones: set[int], por, mesa) -> None:
    Asistencia.objects.filter(sesion=sesion, inscripcion__in=inscripciones).update(
        esta_firmada=False, registrada_en=timezone.now(), registrada_por=por, mesa=mesa
    )


@transaction.atomic
def inscribir_en_puerta(*, capacitacion: Capacitacion, datos, por, sesion: Sesion | None = None, request=None):
    """Inscribe a quien llegó sin inscribirse y, con ``sesion``, registra que firmó en ella.

    Con firma queda confirmada aunque exceda los cupos; sin firma, en la lista de espera si no hay cupo. Pasado el
    último día solo se agrega a quien firmó: se está pasando el registro de papel.
    """
    exigir_abierta(capacitacion)
    if sesion is None and capacitacion.fecha_fin and capacitacion.fecha_fin < timezone.localdate():
        raise YaTermino("La capacitación ya terminó: solo se agrega a quien firmó el registro.")
    inscripcion = inscribir(
        capacitacion=capacitacion, datos=datos, canal=Inscripcion.Canal.MESA, por=por, request=request
    )
    if sesion:
        marcar_asistencias(sesion=sesion, firmaron={inscripcion.pk}, no_firmaron=set(), por=por)
        inscripcion.refresh_from_db()
    return inscripcion
