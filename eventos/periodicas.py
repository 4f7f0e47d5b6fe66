"""Lo que las capacitaciones hacen solas, cada minuto (``comun.registros.periodicas``)."""

import datetime as dt

from django.utils import timezone

from comun.registros import periodicas
from correo.models import Envio

from . import correos
from .actions.enlaces_de_asistencia import enviar_enlaces
from .actions.oferta import vencer
from .actions.validacion import recordar_validacion
from .correos_de_convocatoria import preparar
from .models import Capacitacion, Convocatoria, Inscripcion, Sesion, Validacion
from .sesiones import sesiones_de_firma

DIAS_DE_RECORDATORIO = (3, 1)
# Un recordatorio no despierta a nadie.
DESDE, HASTA = dt.time(8), dt.time(20)
# A quien se le acaba de confirmar, recordárselo no le aporta.
RECIEN = dt.timedelta(days=1)
# Lo que se deja a la tarea antes de darla por caída.
PARA_PREPARAR = dt.timedelta(minutes=5)
# Desde cuántos días antes se mira el plazo de una validación: cubre el feriado más largo.
DIAS_DE_VALIDACION = dt.timedelta(days=14)


@periodicas.anotar
def vencer_ofertas() -> str:
    """Anula las ofertas cuyo plazo pasó y ofrece cada cupo a quien sigue."""
    de_pie = Inscripcion.objects.filter(capacitacion__estado=Capacitacion.Estado.PUBLICADA)
    vencidas = de_pie.ofertas_vencidas().select_related("capacitacion").order_by("oferta_vence_en", "orden")
    cuantas = len([vencer(inscripcion=inscripcion) for inscripcion in vencidas])
    return f"{cuantas} ofertas vencidas" if cuantas else ""


@periodicas.anotar
def recordar_capacitaciones() -> str:
    """Recuerda a quien tiene cupo que faltan tres días y que es mañana; una vez por persona, día y secuencia."""
    ahora = timezone.localtime()
    if not DESDE <= ahora.time() < HASTA:
        return ""
    cuantas = sum(_recordar(ahora, dias) for dias in DIAS_DE_RECORDATORIO)
    return f"{cuantas} recordatorios" if cuantas else ""


def _recordar(ahora, dias) -> int:
    fecha = ahora.date() + dt.timedelta(days=dias)
    pendientes = {correos.clave_de_recordatorio(inscripcion, dias): inscripcion for inscripcion in _con_cupo_el(fecha)}
    for clave in _ya_enviadas(pendientes) | _de_recien_confirmadas(pendientes, ahora):
        del pendientes[clave]
    for inscripcion in pendientes.values():
        correos.recordar(inscripcion, dias)
    return len(pendientes)


def _con_cupo_el(fecha):
    filas = Inscripcion.objects.confirmadas().exclude(correo="")
    return filas.filter(
        capacitacion__estado=Capacitacion.Estado.PUBLICADA, capacitacion__fecha_inicio=fecha
    ).select_related("capacitacion__centro")


def _ya_enviadas(pendientes) -> set[str]:
    return set(Envio.objects.filter(clave__in=pendientes).values_list("clave", flat=True))


def _de_recien_confirmadas(pendientes, ahora) -> set[str]:
    confirmaciones = {correos.clave_de(inscripcion): clave for clave, inscripcion in pendientes.items()}
    recientes = Envio.objects.filter(clave__in=confirmaciones, creado_en__gt=ahora - RECIEN)
    return {confirmaciones[clave] for clave in recientes.values_list("clave", flat=True)}


@periodicas.anotar
def preparar_convocatorias() -> str:
    """Termina las convocatorias cuyos correos quedaron a medio preparar: nadie se queda sin su invitación."""
    hace_un_rato = timezone.now() - PARA_PREPARAR
    pendientes = Convocatoria.objects.filter(preparada_en__isnull=True, enviada_en__lt=hace_un_rato)
    cuantos = sum(preparar(convocatoria) for convocatoria in pendientes)
    return f"{cuantos} envíos de invitaciones" if cuantos else ""


@periodicas.anotar
def vigilar_validaciones() -> str:
    """Pone al día los plazos de lo que viene y recuerda al Responsable Técnico el día hábil anterior y al vencer."""
    if not DESDE <= timezone.localtime().time() < HASTA:
        return ""
    cuantas = len([validacion for validacion in _por_recordar() if recordar_validacion(validacion=validacion)])
    return f"{cuantas} recordatorios de validación" if cuantas else ""


def _por_recordar():
    hoy = timezone.localdate()
    pendientes = Validacion.objects.vigentes().pendientes()
    fechas = (hoy, hoy + DIAS_DE_VALIDACION)
    proximas = pendientes.filter(capacitacion__cerrada_en__isnull=True, capacitacion__fecha_inicio__range=fechas)
    return proximas.select_related("capacitacion__centro", "sistema")


@periodicas.anotar
def enviar_enlaces_de_asistencia() -> str:
    """Al empezar cada sesión, su enlace a quien asiste a distancia; después, a quien se confirmó tarde."""
    ahora = timezone.localtime()
    cuantos = sum(enviar_enlaces(sesion=sesion) for sesion in _virtuales_en_curso(ahora))
    return f"{cuantos} enlaces de asistencia" if cuantos else ""


def _virtuales_en_curso(ahora) -> list[Sesion]:
    """Las que se dictan ahora a distancia y en que toca firmar, de expedientes abiertos."""
    filas = Sesion.objects.filter(
        fecha=ahora.date(),
        hora_inicio__lte=ahora.time(),
        hora_fin__gt=ahora.time(),
        capacitacion__estado=Capacitacion.Estado.PUBLICADA,
        capacitacion__cerrada_en__isnull=True,
    ).exclude(capacitacion__modalidad=Capacitacion.Modalidad.PRESENCIAL)
    return [
        sesion for sesion in filas.select_related("capacitacion") if sesion in sesiones_de_firma(sesion.capacitacion)
    ]
