"""Los correos de una capacitación. Solo se dejan en la bandeja de salida, en la transacción de quien avisa."""

from collections.abc import Iterable

from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.plantillas import componer

from . import ical
from .enlaces import token_de, url_absoluta
from .models import Capacitacion, Inscripcion

PLANTILLAS = {
    Inscripcion.Estado.CONFIRMADA: "eventos/correo/confirmada",
    Inscripcion.Estado.EN_ESPERA: "eventos/correo/en_espera",
    Inscripcion.Estado.ANULADA: "eventos/correo/anulada",
}


def avisar(inscripcion: Inscripcion, *, vez: str = "") -> None:
    """Avisa del estado en que está ``inscripcion``; una vez por estado y por cada ``vez`` distinta."""
    estado, capacitacion = Inscripcion.Estado(inscripcion.estado), inscripcion.capacitacion
    tiene_cupo = estado == Inscripcion.Estado.CONFIRMADA
    token = token_de(inscripcion)
    _enviar(
        PLANTILLAS[estado],
        ":".join(filter(None, ("inscripcion", str(inscripcion.pk), estado, vez))),
        capacitacion,
        [inscripcion],
        adjuntos=[_agenda(capacitacion, con_enlace=True)] if tiene_cupo else [],
        inscripcion=inscripcion,
        numero=inscripcion.numero_en_espera(),
        url_ver=url_absoluta("eventos:inscripcion-ver", token),
        url_anular=url_absoluta("eventos:inscripcion-anular", token),
    )


def avisar_cambio(*, capacitacion: Capacitacion, razon: str, por) -> None:
    """«CAMBIO DE FECHA O LUGAR» a cada persona inscrita, una vez por secuencia.

    El enlace virtual va solo a quien tiene cupo.
    """
    capacitacion = Capacitacion.objects.get(pk=capacitacion.pk)  # con las sesiones ya cambiadas
    clave = f"capacitacion:{capacitacion.pk}:cambio:{capacitacion.secuencia}"
    grupos = (
        (clave, capacitacion.inscripciones.confirmadas(), True),
        (f"{clave}:espera", capacitacion.inscripciones.en_espera(), False),
    )
    for clave_del_grupo, inscritas, con_enlace in grupos:
        _enviar(
            "eventos/correo/reprogramada",
            clave_del_grupo,
            capacitacion,
            inscritas,
            adjuntos=[_agenda(capacitacion, con_enlace=con_enlace)],
            por=por,
            razon=razon,
            enlace=capacitacion.enlace_virtual if con_enlace else "",
        )


def avisar_cancelacion(*, capacitacion: Capacitacion, por) -> None:
    """«CANCELADA» a cada persona inscrita; el .ics la quita de su agenda."""
    _enviar(
        "eventos/correo/cancelada",
        f"capacitacion:{capacitacion.pk}:cancelada",
        capacitacion,
        capacitacion.inscripciones.vigentes(),
        adjuntos=[_agenda(capacitacion)],
        por=por,
        razon=capacitacion.motivo_cancelacion,
        url_calendario=url_absoluta("eventos:calendario"),
    )


def _enviar(
    plantilla, clave, capacitacion, inscritas: Iterable[Inscripcion], *, adjuntos, por=None, **contexto
) -> None:
    """Un envío con una entrega por cada inscripción que dio su correo (invariante 3); si ninguna lo dio, nada."""
    destinatarios = [_destinatario(inscripcion) for inscripcion in inscritas if inscripcion.correo]
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
        responder_a=centro.correo if centro else "",
        centro=centro,
        por=por,
    )


def _destinatario(inscripcion) -> Destinatario:
    nombre = f"{inscripcion.nombres} {inscripcion.apellidos}"
    return Destinatario(inscripcion.correo, nombre=nombre, clave=f"inscripcion:{inscripcion.pk}")


def _agenda(capacitacion, *, con_enlace=False) -> Adjunto:
    contenido = ical.agenda([capacitacion], con_enlace=con_enlace)
    return Adjunto("capacitacion.ics", "text/calendar; method=PUBLISH; charset=utf-8", contenido)
