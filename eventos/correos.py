"""Los correos de una capacitación. Solo se dejan en la bandeja de salida, en la transacción de quien avisa.

El asunto dice de un vistazo en qué está la persona: empieza con CONFIRMADO, LISTA DE ESPERA, CAMBIO DE FECHA o
CANCELADO.
"""

from collections.abc import Iterable
from itertools import product

from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.models import Envio
from correo.plantillas import componer
from organizacion.models import AjustesPortal

from . import ical
from .enlaces import token_de, token_de_encuesta, url_absoluta
from .models import AplicacionDeEncuesta, Capacitacion, Inscripcion, Reprogramacion

Estado = Inscripcion.Estado
PLANTILLAS = {
    Estado.CONFIRMADA: "eventos/correo/confirmada",
    Estado.EN_ESPERA: "eventos/correo/en_espera",
    Estado.OFRECIDA: "eventos/correo/oferta",
    Estado.ANULADA: "eventos/correo/anulada",
}
# La marca que cada entrega reemplaza por el enlace de su destinatario (``correo.mensaje.MARCAS``).
ENLACE_PROPIO = "%URL_BAJA%"
# Adónde lleva ese enlace según en qué está la persona.
RUTAS = {
    Estado.CONFIRMADA: "eventos:inscripcion-anular",
    Estado.EN_ESPERA: "eventos:inscripcion-anular",
    Estado.OFRECIDA: "eventos:oferta",
}


def clave_de(inscripcion: Inscripcion) -> str:
    """La del aviso del estado en que está ``inscripcion``: uno por estado."""
    return f"inscripcion:{inscripcion.pk}:{inscripcion.estado}"


def clave_de_recordatorio(inscripcion: Inscripcion, dias: int) -> str:
    """Una por persona, día y secuencia: si la capacitación cambia de fecha, se vuelve a recordar."""
    return f"inscripcion:{inscripcion.pk}:recordatorio:{dias}:{inscripcion.capacitacion.secuencia}"


def avisar(inscripcion: Inscripcion, *, vez: str = "") -> None:
    """Avisa del estado en que está ``inscripcion``; una vez por estado y por cada ``vez`` distinta."""
    clave = f"{clave_de(inscripcion)}:{vez}" if vez else clave_de(inscripcion)
    _enviar_a_una(PLANTILLAS[Estado(inscripcion.estado)], clave, inscripcion)


def recordar(inscripcion: Inscripcion, dias: int) -> None:
    """Recuerda a quien tiene cupo que faltan ``dias`` días (1: es mañana)."""
    clave = clave_de_recordatorio(inscripcion, dias)
    _enviar_a_una("eventos/correo/recordatorio", clave, inscripcion, es_manana=dias == 1, dias=dias)


def _enviar_a_una(plantilla, clave, inscripcion, **contexto) -> None:
    capacitacion = inscripcion.capacitacion
    tiene_cupo = inscripcion.estado == Estado.CONFIRMADA
    token = token_de(inscripcion)
    _enviar(
        plantilla,
        clave,
        capacitacion,
        [inscripcion],
        adjuntos=[_agenda(capacitacion, lugar_de(inscripcion))] if tiene_cupo else [],
        inscripcion=inscripcion,
        **lo_que_necesita(inscripcion),
        numero=inscripcion.numero_en_espera(),
        url_ver=url_absoluta("eventos:inscripcion-ver", token),
        url_anular=url_absoluta("eventos:inscripcion-anular", token),
        url_oferta=url_absoluta("eventos:oferta", token),
        **contexto,
    )


def avisar_cambio(
    *,
    capacitacion: Capacitacion,
    cambio: Reprogramacion | None,
    razon: str,
    por,
    inscritas: Iterable[Inscripcion] | None = None,
) -> None:
    """«CAMBIO DE FECHA O LUGAR» a cada persona inscrita (o solo a las ``inscritas``), una vez por secuencia.

    ``cambio`` dice cómo era antes; no hay si solo cambió el enlace virtual, que va solo a quien tiene cupo.
    """
    capacitacion = Capacitacion.objects.get(pk=capacitacion.pk)  # con las sesiones ya cambiadas
    vigentes = capacitacion.inscripciones.vigentes()
    vigentes = vigentes if inscritas is None else vigentes.filter(pk__in=[fila.pk for fila in inscritas])
    for estado, va_virtual in product(RUTAS, (False, True)):
        suyas = vigentes.filter(estado=estado)
        suyas = list(suyas.virtuales() if va_virtual else suyas.presenciales())
        if suyas:
            clave = f"capacitacion:{capacitacion.pk}:cambio:{capacitacion.secuencia}:{estado}"
            clave += ":virtual" if va_virtual and capacitacion.es_hibrida else ""
            _avisar_cambio_a(suyas, clave, cambio=cambio, razon=razon, por=por)


def _avisar_cambio_a(inscritas: list[Inscripcion], clave, *, cambio, razon, por) -> None:
    """A quienes están en lo mismo y asisten igual: les toca el mismo lugar y el mismo enlace."""
    una = inscritas[0]
    _enviar(
        "eventos/correo/reprogramada",
        clave,
        una.capacitacion,
        inscritas,
        adjuntos=[_agenda(una.capacitacion, lugar_de(una))],
        por=por,
        razon=razon,
        antes=cambio.antes if cambio else "",
        estado=una.estado,
        donde=una.donde,
        enlace=una.enlace_virtual if una.tiene_cupo else "",
        url_propia=ENLACE_PROPIO,
    )


def lo_que_necesita(inscripcion: Inscripcion) -> dict:
    """Adónde va esta persona; el enlace y cómo llegar, solo si ya tiene cupo."""
    tiene_cupo = inscripcion.tiene_cupo
    return {
        "donde": inscripcion.donde,
        "enlace": inscripcion.enlace_virtual if tiene_cupo else "",
        "como_llegar": inscripcion.como_llegar if tiene_cupo else "",
        "es_virtual": inscripcion.es_virtual,
    }


def lugar_de(inscripcion: Inscripcion) -> str:
    """Lo que va como lugar en su agenda: el enlace, si asiste por internet y tiene cupo."""
    return (inscripcion.tiene_cupo and inscripcion.enlace_virtual) or inscripcion.donde


def avisar_cancelacion(*, capacitacion: Capacitacion, por, inscritas: Iterable[Inscripcion] | None = None) -> None:
    """«CANCELADO» a cada persona inscrita (o solo a las ``inscritas``); el .ics la quita de su agenda."""
    _enviar(
        "eventos/correo/cancelada",
        f"capacitacion:{capacitacion.pk}:cancelada",
        capacitacion,
        capacitacion.inscripciones.vigentes() if inscritas is None else inscritas,
        adjuntos=[_agenda(capacitacion, capacitacion.donde)],
        por=por,
        razon=capacitacion.motivo_cancelacion,
        url_calendario=url_absoluta("eventos:calendario"),
    )


def enviar_encuesta(*, aplicacion: AplicacionDeEncuesta, inscritas: list[Inscripcion], por) -> None:
    """El enlace de la encuesta a cada participante. La entrega guarda el suyo firmado, no su boleta (invariante 6)."""
    capacitacion = Capacitacion.objects.select_related("centro").get(pk=aplicacion.capacitacion_id)
    prefijo = f"capacitacion:{capacitacion.pk}:encuesta:"
    _enviar(
        "eventos/correo/encuesta",
        f"{prefijo}{Envio.objects.filter(clave__startswith=prefijo).count() + 1}",
        capacitacion,
        inscritas,
        adjuntos=[],
        por=por,
        enlace_de=lambda inscripcion: url_absoluta("eventos:encuesta-personal", token_de_encuesta(inscripcion)),
        url_propia=ENLACE_PROPIO,
        vence_el=aplicacion.vence_el,
    )


def _enviar(
    plantilla, clave, capacitacion, inscritas: Iterable[Inscripcion], *, adjuntos, por=None, enlace_de=None, **contexto
) -> None:
    """Un envío con una entrega por cada inscripción que dio su correo (invariante 3); si ninguna lo dio, nada."""
    enlace_de = enlace_de or _enlace_de
    destinatarios = [_destinatario(inscripcion, enlace_de) for inscripcion in inscritas if inscripcion.correo]
    if not destinatarios:
        return
    centro = capacitacion.centro
    contexto |= {
        "capacitacion": capacitacion,
        "sesiones": capacitacion.sesiones.all(),
        "centro": centro,
        "url_capacitacion": url_absoluta("eventos:capacitacion", capacitacion.slug),
        "motivo": f"Lo recibe porque este correo se escribió al inscribirse en «{capacitacion.titulo}».",
    }
    poner_en_cola(
        clave=clave,
        **componer(plantilla, contexto)._asdict(),
        destinatarios=destinatarios,
        adjuntos=adjuntos,
        responder_a=(centro and centro.correo) or AjustesPortal.load().correo,
        centro=centro,
        por=por,
    )


def _destinatario(inscripcion, enlace_de) -> Destinatario:
    nombre, clave = f"{inscripcion.nombres} {inscripcion.apellidos}", f"inscripcion:{inscripcion.pk}"
    return Destinatario(inscripcion.correo, nombre=nombre, clave=clave, url_baja=enlace_de(inscripcion))


def _enlace_de(inscripcion) -> str:
    ruta = RUTAS.get(Estado(inscripcion.estado), "eventos:inscripcion-ver")
    return url_absoluta(ruta, token_de(inscripcion))


def _agenda(capacitacion, lugar) -> Adjunto:
    contenido = ical.agenda([capacitacion], lugar_de=lambda _: lugar)
    return Adjunto("capacitacion.ics", "text/calendar; method=PUBLISH; charset=utf-8", contenido)
