"""Qué filas son de una persona: por su documento; sin documento, por correo confirmado y nombre."""

from django.db.models import Q

from comun.expediente_personal import Titular
from custodia.titular import con_su_correo, es_de_otra, es_su_persona
from directorio.personales import personal_de
from eventos.models import Expositor, Inscripcion, Invitacion, Pregunta, Solicitud
from organizacion.models import Persona


def persona_de(titular: Titular) -> Persona | None:
    return Persona.objects.filter(
        tipo_documento=titular.tipo_documento, numero_documento=titular.numero_documento
    ).first()


def inscripciones_de(titular: Titular):
    filas = Inscripcion.objects.filter(
        persona__tipo_documento=titular.tipo_documento, persona__numero_documento=titular.numero_documento
    )
    return filas.select_related("persona", "capacitacion", "entidad", "aviso").order_by("creada_en", "pk")


def invitaciones_de(titular: Titular) -> list[Invitacion]:
    """Las de sus inscripciones no bastan: a una invitación responde uno y puede ir otro en su lugar.

    La que se dirigió a un operador con documento es de quien lo lleva, aunque su buzón y su nombre se parezcan.
    """
    documento = {
        "operador__persona__tipo_documento": titular.tipo_documento,
        "operador__persona__numero_documento": titular.numero_documento,
    }
    filas = Invitacion.objects.filter(con_su_correo(titular, "correo") | Q(**documento))
    filas = filas.select_related("capacitacion", "entidad", "operador__persona")
    return [fila for fila in filas if _es_suya(fila, titular)]


def _es_suya(invitacion, titular) -> bool:
    persona = invitacion.operador.persona if invitacion.operador else None
    if es_de_otra(titular, persona):
        return False
    return es_su_persona(titular, persona) or titular.es(invitacion.nombre, invitacion.correo)


def preguntas_de(titular: Titular) -> list[Pregunta]:
    filas = Pregunta.objects.filter(con_su_correo(titular, "correo")).select_related("centro", "capacitacion")
    return [fila for fila in filas if titular.es(fila.nombre, fila.correo)]


def solicitudes_de(titular: Titular) -> list[Solicitud]:
    filas = Solicitud.objects.filter(con_su_correo(titular, "correo")).select_related("centro", "entidad")
    return [fila for fila in filas if titular.es(fila.contacto, fila.correo)]


def exposiciones_de(titular: Titular):
    return Expositor.objects.filter(personal__in=personal_de(titular)).select_related("capacitacion")
