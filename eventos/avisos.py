"""Avisar un cambio a todas las personas inscritas: una entrega por inscripción (invariante 3)."""

from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.plantillas import componer

from . import ical
from .enlaces import url_absoluta
from .models import Capacitacion

PORQUE = "Lo recibe porque se inscribió en esta capacitación."


def avisar_cambio(*, capacitacion, razon: str, por) -> None:
    """«CAMBIO DE FECHA O LUGAR», uno por secuencia. El enlace virtual va solo a quien tiene cupo."""
    capacitacion = Capacitacion.objects.get(pk=capacitacion.pk)
    clave = f"capacitacion:{capacitacion.pk}:cambio:{capacitacion.secuencia}"
    grupos = {
        clave: capacitacion.inscripciones.confirmadas(),
        f"{clave}:espera": capacitacion.inscripciones.en_espera(),
    }
    for clave_del_grupo, inscritas in grupos.items():
        _avisar(
            "eventos/correo/reprogramada",
            clave_del_grupo,
            capacitacion,
            inscritas,
            razon=razon,
            con_enlace=clave_del_grupo == clave,
            por=por,
        )


def avisar_cancelacion(*, capacitacion, por) -> None:
    capacitacion = Capacitacion.objects.get(pk=capacitacion.pk)
    _avisar(
        "eventos/correo/cancelada",
        f"capacitacion:{capacitacion.pk}:cancelada",
        capacitacion,
        capacitacion.inscripciones.vigentes(),
        razon=capacitacion.motivo_cancelacion,
        con_enlace=False,
        por=por,
    )


def _avisar(plantilla, clave, capacitacion, inscritas, *, razon, con_enlace, por) -> None:
    destinatarios = [_destinatario(inscripcion) for inscripcion in inscritas.exclude(correo="")]
    if not destinatarios:
        return
    centro = capacitacion.centro
    contexto = {
        "capacitacion": capacitacion,
        "sesiones": capacitacion.sesiones.all(),
        "razon": razon,
        "enlace": capacitacion.enlace_virtual if con_enlace else "",
        "url_capacitacion": url_absoluta("eventos:capacitacion", capacitacion.slug),
        "url_calendario": url_absoluta("eventos:calendario"),
        "centro": centro,
        "motivo": PORQUE,
    }
    asunto, texto, html = componer(plantilla, contexto)
    agenda = ical.agenda([capacitacion], con_enlace=con_enlace)
    poner_en_cola(
        clave=clave,
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=destinatarios,
        adjuntos=[Adjunto("capacitacion.ics", "text/calendar; method=PUBLISH; charset=utf-8", agenda)],
        responder_a=centro.correo if centro else "",
        centro=centro,
        por=por,
    )


def _destinatario(inscripcion) -> Destinatario:
    nombre = f"{inscripcion.nombres} {inscripcion.apellidos}"
    return Destinatario(inscripcion.correo, nombre=nombre, clave=f"inscripcion:{inscripcion.pk}")
