"""Cambiar la fecha, la hora o el lugar de una capacitación que el público ya vio (R67)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.correos import avisar_cambio
from eventos.models import Capacitacion, Llamada, Motivo, Reprogramacion
from organizacion.publico import subir_version_publica

from .aviso import llamar_a_quien_no_tiene_correo
from .cita import Cita, cita_de, copiar_fechas
from .faltas import exigir_completa
from .filas import Filas
from .rechazos import EstaCancelada, FaltaMotivo, NoProcede, exigir_abierta
from .sesiones import lo_que_cuelga_de, soltar_sesiones
from .validacion import sincronizar_validaciones


class NoSeMueve(NoProcede): ...


def ya_paso(capacitacion: Capacitacion) -> bool:
    """Corregir la fecha de algo que ya pasó no es reprogramarlo: no se avisa a nadie."""
    return capacitacion.fecha_fin is not None and capacitacion.fecha_fin < timezone.localdate()


def reprogramar(capacitacion: Capacitacion, cita_antes: Cita, *, motivo: str, por) -> None:
    """Deja dicho qué cambió y avisa a cada persona inscrita: por correo o, si no lo dio, queda por llamar."""
    cambio = registrar_cambio(capacitacion, cita_antes, motivo=motivo, por=por)
    avisar_cambio(capacitacion=capacitacion, cambio=cambio, razon=Motivo(motivo).label, por=por)
    llamar_a_quien_no_tiene_correo(capacitacion, Llamada.Asunto.CAMBIO)


def registrar_cambio(capacitacion: Capacitacion, cita_antes: Cita, *, motivo: str, por) -> Reprogramacion | None:
    """Sube la secuencia y guarda cómo era, sin avisar a nadie; ``None`` si el público no ve la diferencia."""
    if motivo not in Motivo.values:
        raise FaltaMotivo("Diga por qué cambian la fecha o el lugar: se avisará a las personas inscritas (R67).")
    exigir_completa(capacitacion)
    capacitacion.secuencia += 1
    capacitacion.save(update_fields=["secuencia", "actualizada_en"])
    anotar(accion="reprogramar", por=por, objeto=capacitacion, motivo=Motivo(motivo).label)
    if cita_antes.la_ve_el_publico == cita_de(capacitacion).la_ve_el_publico:
        return None
    return cita_antes.guardar(capacitacion=capacitacion, motivo=motivo, por=por)


def exigir_que_se_mueva(capacitacion: Capacitacion, dias: int) -> None:
    exigir_abierta(capacitacion)
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Se canceló: ya no cambia.")
    if not capacitacion.esta_publicada or capacitacion.fecha_inicio is None:
        raise NoSeMueve("Todavía no está publicada: cambie sus fechas al editarla.")
    for sesion in capacitacion.sesiones.all():
        if impide := lo_que_cuelga_de(sesion, se_quita=False).impide:
            raise NoSeMueve(f"La sesión del {sesion} ya tiene {', '.join(impide)}: no se puede mover.")
    if ya_paso(capacitacion):
        raise NoSeMueve("Ya pasó.")
    if capacitacion.fecha_inicio + dt.timedelta(days=dias) < timezone.localdate():
        raise NoSeMueve("Empezaría en una fecha que ya pasó.")


@transaction.atomic
def mover(capacitacion: Capacitacion, *, dias: int, motivo: str, por) -> Reprogramacion | None:
    """Corre ``dias`` sus sesiones, con sus mismas horas, sin avisar a nadie. Quien llama la tomó bajo llave, y avisa.

    El cierre de la inscripción, si lo tiene, se corre con ella.
    """
    exigir_que_se_mueva(capacitacion, dias)
    cita_antes, paso = cita_de(capacitacion), dt.timedelta(days=dias)
    # De la última a la primera si se atrasa: dos sesiones nunca coinciden a mitad del cambio.
    sesiones = sorted(capacitacion.sesiones.all(), key=lambda s: (s.fecha, s.hora_inicio), reverse=dias > 0)
    for sesion in sesiones:
        sesion.fecha += paso
    soltar_sesiones(sesiones=Filas(guardar=sesiones), por=por, confirma=True)  # las hojas emitidas dicen otra fecha
    for sesion in sesiones:
        sesion.save(update_fields=["fecha"])
    copiar_fechas(capacitacion)
    abre, cierra = capacitacion.inscripcion_abre_en, capacitacion.inscripcion_cierra_en
    if cierra and (abre is None or cierra + paso > abre):
        capacitacion.inscripcion_cierra_en = cierra + paso
    capacitacion.save(update_fields=["inscripcion_cierra_en", "actualizada_en"])
    subir_version_publica()
    cambio = registrar_cambio(capacitacion, cita_antes, motivo=motivo, por=por)
    sincronizar_validaciones(capacitacion=capacitacion, por=por)
    return cambio
