"""Los correos de una inscripción. Solo se dejan en la bandeja de salida, en la transacción de quien avisa."""

from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.plantillas import componer

from . import ical
from .enlaces import token_de, url_absoluta
from .models import Inscripcion

PLANTILLAS = {
    Inscripcion.Estado.CONFIRMADA: "eventos/correo/confirmada",
    Inscripcion.Estado.EN_ESPERA: "eventos/correo/en_espera",
    Inscripcion.Estado.ANULADA: "eventos/correo/anulada",
}


def avisar(inscripcion: Inscripcion):
    """Deja en cola el aviso del estado en que está ``inscripcion``; una vez por estado. Sin correo, no hay aviso."""
    if not inscripcion.correo:
        return None
    estado = Inscripcion.Estado(inscripcion.estado)
    capacitacion = inscripcion.capacitacion
    centro = capacitacion.centro
    asunto, texto, html = componer(PLANTILLAS[estado], _contexto(inscripcion))
    adjuntos = [_agenda(capacitacion)] if estado == Inscripcion.Estado.CONFIRMADA else []
    return poner_en_cola(
        clave=f"inscripcion:{inscripcion.pk}:{estado}",
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=[
            Destinatario(
                inscripcion.correo,
                nombre=f"{inscripcion.nombres} {inscripcion.apellidos}",
                clave=f"inscripcion:{inscripcion.pk}",
            )
        ],
        adjuntos=adjuntos,
        responder_a=centro.correo if centro else "",
        centro=centro,
    )


def _contexto(inscripcion):
    capacitacion = inscripcion.capacitacion
    token = token_de(inscripcion)
    return {
        "inscripcion": inscripcion,
        "capacitacion": capacitacion,
        "sesiones": capacitacion.sesiones.all(),
        "centro": capacitacion.centro,
        "numero": inscripcion.numero_en_espera(),
        "url_ver": url_absoluta("eventos:inscripcion-ver", token),
        "url_anular": url_absoluta("eventos:inscripcion-anular", token),
        "url_capacitacion": url_absoluta("eventos:capacitacion", capacitacion.slug),
        "motivo": f"Lo recibe porque este correo se escribió al inscribirse en «{capacitacion.titulo}».",
    }


def _agenda(capacitacion):
    contenido = ical.agenda([capacitacion], con_enlace=True)
    return Adjunto("capacitacion.ics", "text/calendar; method=PUBLISH; charset=utf-8", contenido)
