"""La lista de logística de una capacitación (R73): proponerla, marcar, agregar y quitar."""

from django.db import transaction

from comun.plazos import habiles_antes
from custodia.actions import anotar
from directorio.models import Personal
from eventos.models import Capacitacion, Preparativos, TareaLogistica
from organizacion.dias import no_laborables

from .rechazos import NoProcede, exigir_abierta

Rubro, Estado = TareaLogistica.Rubro, TareaLogistica.Estado
# Lo que una virtual no necesita: no hay local, ni proyector, ni qué servir o fotocopiar.
SOLO_PRESENCIAL = {Rubro.LOCAL, Rubro.PROYECTOR, Rubro.REFRIGERIO, Rubro.REPRODUCCION}
# La lista debe estar lista dos días hábiles antes: después ya no hay tiempo de remediar.
DIAS_ANTES = 2


class TareaCancelada(NoProcede): ...


class TareaDeLaLista(NoProcede): ...


def lista_propuesta(capacitacion: Capacitacion) -> list[TareaLogistica]:
    """La de R73, sin guardar: cada rubro con su responsable y su fecha; en la virtual, lo que no aplica lo dice."""
    quien, para_el = _responsable(capacitacion), limite_de(capacitacion)
    return [
        TareaLogistica(
            capacitacion=capacitacion,
            rubro=rubro,
            responsable=quien,
            para_el=para_el,
            estado=Estado.NO_APLICA if capacitacion.es_virtual and rubro in SOLO_PRESENCIAL else Estado.PENDIENTE,
        )
        for rubro in Rubro
        if rubro != Rubro.OTRO
    ]


def limite_de(capacitacion: Capacitacion):
    """El día en que todo debe estar listo, o ``None`` si aún no tiene fecha."""
    if capacitacion.fecha_inicio is None:
        return None
    return habiles_antes(capacitacion.fecha_inicio, DIAS_ANTES, no_laborables(capacitacion.centro))


def _responsable(capacitacion) -> Personal | None:
    """Quien se dijo en los preparativos (R88) o, si no, el Coordinador Administrativo del centro (§4.2)."""
    preparativos = Preparativos.objects.select_related("logistica").filter(capacitacion=capacitacion).first()
    if preparativos and preparativos.logistica:
        return preparativos.logistica
    cargo = Personal.Cargo.COORDINADOR_ADMINISTRATIVO
    return Personal.objects.vigentes().filter(centro=capacitacion.centro_id, cargo=cargo).first()


@transaction.atomic
def proponer_lista(*, capacitacion: Capacitacion, por) -> int:
    """Guarda la lista propuesta y devuelve cuántas tareas; si ya hay alguna, no agrega nada."""
    capacitacion = _bajo_llave(capacitacion)
    if capacitacion.tareas_logisticas.exists():
        return 0
    tareas = lista_propuesta(capacitacion)
    for tarea in tareas:
        _guardar(tarea, por)
    anotar(accion="empezar la logística", por=por, objeto=capacitacion)
    return len(tareas)


@transaction.atomic
def marcar_tarea(*, tarea: TareaLogistica, estado: str, por) -> None:
    """La deja en ``estado``; marcarla dos veces no hace nada más."""
    capacitacion = _bajo_llave(tarea.capacitacion)
    tarea = TareaLogistica.objects.select_for_update().get(pk=tarea.pk)
    if tarea.estado == estado:
        return
    tarea.estado = Estado(estado)
    _guardar(tarea, por)
    _anotar(f"logística: {tarea.get_estado_display().lower()}", capacitacion, tarea, por)


@transaction.atomic
def guardar_tarea(*, tarea: TareaLogistica, por) -> TareaLogistica:
    """Guarda una nueva o los cambios de una."""
    capacitacion = _bajo_llave(tarea.capacitacion)
    es_nueva = tarea.pk is None
    _guardar(tarea, por)
    _anotar("agregar logística" if es_nueva else "editar logística", capacitacion, tarea, por)
    return tarea


@transaction.atomic
def quitar_tarea(*, tarea: TareaLogistica, por) -> None:
    """Quita una que se agregó. Las de la lista de R73 no se quitan: se marcan «no aplica»."""
    if tarea.rubro != Rubro.OTRO:
        raise TareaDeLaLista("Esta es de la lista de los Lineamientos: márquela «No aplica».")
    capacitacion = _bajo_llave(tarea.capacitacion)
    _anotar("quitar logística", capacitacion, tarea, por)
    tarea.delete()


def _bajo_llave(capacitacion):
    capacitacion = Capacitacion.objects.select_for_update(of=("self",)).get(pk=capacitacion.pk)
    exigir_abierta(capacitacion)
    if capacitacion.esta_cancelada:
        raise TareaCancelada("La capacitación se canceló: su logística ya no cambia.")
    return capacitacion


def _guardar(tarea, por):
    tarea.actualizada_por = por
    tarea.save()


def _anotar(accion, capacitacion, tarea, por):
    anotar(accion=accion, por=por, objeto=capacitacion, detalle={"rubro": tarea.rubro})
