"""Pedir la validación del contenido y decidirla (R74, R75)."""

from django.db import transaction
from django.utils import timezone

from comun.plazos import UN_DIA, anterior_habil
from custodia.actions import anotar
from eventos.correos_de_validacion import avisar_decision, avisar_pedido, recordar_plazo
from eventos.models import Capacitacion, DecisionDeValidacion, Validacion
from eventos.validaciones import huella_de, plazo_de
from organizacion.dias import no_laborables

from .rechazos import EstaCancelada, NoProcede, exigir_abierta

Estado = Validacion.Estado


class SinSistemas(NoProcede): ...


class FaltaObservacion(NoProcede): ...


class ContenidoCambiado(NoProcede): ...


class NoEstaPorValidar(NoProcede): ...


@transaction.atomic
def pedir_validacion(*, capacitacion: Capacitacion, por) -> list[Validacion]:
    """Pide la de cada sistema que no la tiene y vuelve a pedir las devueltas; devuelve las que pidió ahora.

    Avisa por correo a cada Responsable Técnico. Repetirla no pide nada dos veces. Levanta ``NoProcede``.
    """
    capacitacion = Capacitacion.objects.select_for_update().get(pk=capacitacion.pk)
    exigir_abierta(capacitacion)
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Esta capacitación se canceló: no hay qué validar.")
    if not capacitacion.sistemas.exists():
        raise SinSistemas("Elija primero el sistema: lo valida su Responsable Técnico.")
    pedidas = [*_pedir_las_que_faltan(capacitacion, por)]
    for validacion in capacitacion.validaciones.vigentes().por_corregir():
        pedidas.append(_volver_a_pedir(validacion, por))
    if pedidas:
        anotar(accion="pedir validación", por=por, objeto=capacitacion, detalle={"sistemas": len(pedidas)})
    return pedidas


def sincronizar_validaciones(*, capacitacion: Capacitacion, por) -> None:
    """Pone las validaciones al día con los sistemas, la fecha y el contenido, en la transacción que los cambia.

    Una publicada pide la de cada sistema. Si lo aprobado cambió antes del evento, se vuelve a pedir. La de un sistema
    que se quitó se borra, salvo que ya se hubiera decidido: entonces queda y no cuenta.
    """
    if capacitacion.esta_cancelada or capacitacion.esta_cerrada:
        return
    suyas = capacitacion.validaciones
    suyas.exclude(sistema__in=capacitacion.sistemas.all()).filter(decisiones__isnull=True).delete()
    suyas.update(vence_el=plazo_de(capacitacion))
    if capacitacion.esta_publicada and not capacitacion.ya_termino():
        _pedir_las_que_faltan(capacitacion, por)
    if not capacitacion.ya_empezo():
        _reabrir_lo_que_cambio(capacitacion, por)


def _pedir_las_que_faltan(capacitacion, por) -> list[Validacion]:
    nuevas = []
    for sistema in capacitacion.sistemas.exclude(validaciones__capacitacion=capacitacion):
        validacion = Validacion.objects.create(
            capacitacion=capacitacion, sistema=sistema, vence_el=plazo_de(capacitacion), pedida_por=por
        )
        avisar_pedido(validacion)
        nuevas.append(validacion)
    return nuevas


def _reabrir_lo_que_cambio(capacitacion, por) -> None:
    aprobadas = capacitacion.validaciones.vigentes().filter(estado=Estado.APROBADA)
    if not aprobadas:
        return
    for validacion in aprobadas.exclude(huella_contenido=huella_de(capacitacion)):
        _volver_a_pedir(validacion, por)
        anotar(accion="pedir validación otra vez: cambió el contenido", por=por, objeto=capacitacion)


def _volver_a_pedir(validacion, por) -> Validacion:
    validacion.estado = Estado.PENDIENTE
    validacion.pedida_en, validacion.pedida_por = timezone.now(), por
    validacion.decidida_en = None
    validacion.vence_el = plazo_de(validacion.capacitacion)
    validacion.save(update_fields=["estado", "pedida_en", "pedida_por", "decidida_en", "vence_el"])
    avisar_pedido(validacion)
    return validacion


@transaction.atomic
def recordar_validacion(*, validacion: Validacion) -> bool:
    """Recuerda el plazo al Responsable Técnico desde el día hábil anterior y, otra vez, al vencer; si tocaba.

    De paso corrige el plazo: un día no laborable decretado después de pedirla lo adelanta.
    """
    dias = no_laborables(validacion.capacitacion.centro)
    if (plazo := plazo_de(validacion.capacitacion, dias)) != validacion.vence_el:
        Validacion.objects.filter(pk=validacion.pk).update(vence_el=plazo)
        validacion.vence_el = plazo
    hoy = timezone.localdate()
    if hoy < anterior_habil(plazo - UN_DIA, dias) or timezone.localdate(validacion.pedida_en) == hoy:
        return False  # falta, o acaba de avisársele
    return recordar_plazo(validacion, vencida=hoy > plazo)


@transaction.atomic
def decidir(*, validacion: Validacion, aprueba: bool, por, observacion: str = "", huella: str) -> Validacion:
    """Aprueba el contenido o lo devuelve con ``observacion``; avisa a los especialistas expositores y al centro.

    ``huella``: la del contenido que se tuvo a la vista; si ya es otro, no se decide. Repetir la misma decisión no hace
    nada. Levanta ``NoProcede``.
    """
    capacitacion = Capacitacion.objects.select_for_update().get(pk=validacion.capacitacion_id)
    validacion = Validacion.objects.select_for_update().select_related("sistema").get(pk=validacion.pk)
    validacion.capacitacion = capacitacion
    resultado = Estado.APROBADA if aprueba else Estado.DEVUELTA
    if validacion.estado == resultado:
        return validacion
    _exigir_que_se_decida(validacion, aprueba, observacion, huella)
    validacion.estado, validacion.decidida_en = resultado, timezone.now()
    validacion.huella_contenido = huella if aprueba else ""
    validacion.save(update_fields=["estado", "decidida_en", "huella_contenido"])
    decision = DecisionDeValidacion.objects.create(
        validacion=validacion, resultado=resultado, observacion=observacion.strip(), tomada_por=por
    )
    accion = "aprobar contenido" if aprueba else "devolver contenido"
    anotar(accion=accion, por=por, objeto=capacitacion, detalle={"sistema": str(validacion.sistema)})
    avisar_decision(decision)
    return validacion


def _exigir_que_se_decida(validacion, aprueba, observacion, huella) -> None:
    capacitacion = validacion.capacitacion
    exigir_abierta(capacitacion)
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Esta capacitación se canceló: no hay qué validar.")
    if validacion.estado != Estado.PENDIENTE:
        raise NoEstaPorValidar("Esta validación ya se decidió; se decide otra vez cuando se vuelva a pedir.")
    if not aprueba and not observacion.strip():
        raise FaltaObservacion("Escriba qué debe corregirse: el especialista lo leerá.")
    if huella != huella_de(capacitacion):
        raise ContenidoCambiado("El contenido cambió mientras usted lo revisaba: véalo de nuevo antes de decidir.")
