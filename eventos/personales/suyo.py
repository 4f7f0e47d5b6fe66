"""Qué filas son de una persona: por su documento; sin documento, por correo confirmado y nombre."""

from django.db.models import Q

from comun.expediente_personal import Titular
from custodia.titular import con_su_correo
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
    """Las de sus inscripciones no bastan: a una invitación responde uno y puede ir otro en su lugar."""
    documento = {
        "operador__persona__tipo_documento": titular.tipo_documento,
        "operador__persona__numero_documento": titular.numero_documento,
    }
    filas = Invitacion.objects.filter(con_su_correo(titular, "correo") | Q(**documento))
    filas = filas.select_related("capacitacion", "entidad", "operador__persona")
    return [f for f in filas if titular.es(f.nombre, f.correo) or _es_su_operador(f, titular)]


def _es_su_operador(invitacion, titular) -> bool:
    persona = invitacion.operador.persona if invitacion.operador else None
    return persona is not None and (persona.tipo_documento, persona.numero_documento) == (
        titular.tipo_documento,
        titular.numero_documento,
    )


def preguntas_de(titular: Titular) -> list[Pregunta]:
    filas = Pregunta.objects.filter(con_su_correo(titular, "correo")).select_related("centro", "capacitacion")
    return [fila for fila in filas if titular.es(fila.nombre, fila.correo)]


def solicitudes_de(titular: Titular) -> list[Solicitud]:
    filas = Solicitud.objects.filter(con_su_correo(titular, "correo")).select_related("centro", "entidad")
    return [fila for fila in filas if titular.es(fila.contacto, fila.correo)]


def exposiciones_de(titular: Titular):
    return Expositor.objects.filter(personal__in=personal_de(titular)).select_related("capacitacion")
