"""Quitar el nombre sin quitar la fila: las cifras no cambian y ya no es de nadie."""

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from comun import anonimo
from eventos.models import Asistencia, Inscripcion, Invitacion, Llamada, NotaDePrueba, Pregunta
from organizacion.models import Persona

# Lo que prueba que la persona estuvo o rindió: obliga a conservar la fila.
SUSTENTOS = (Asistencia, NotaDePrueba)


def con_sustento(inscripciones):
    return inscripciones.filter(_hay(Asistencia) | _hay(NotaDePrueba))


def sin_sustento(inscripciones):
    return inscripciones.exclude(_hay(Asistencia) | _hay(NotaDePrueba))


def _hay(modelo):
    return Exists(modelo.objects.filter(inscripcion=OuterRef("pk")))


def retirar_inscripciones(inscripciones) -> None:
    """Pasa cada inscripción a una persona anónima; las de una misma persona van juntas, para no inflar las cuentas."""
    anonimas: dict[int, Persona] = {}
    for fila in inscripciones:
        antes = fila.persona_id
        fila.persona = anonimas.get(antes) or anonimas.setdefault(antes, _anonima())
        fila.nombres, fila.apellidos = anonimo.NOMBRES, anonimo.APELLIDOS
        fila.cargo = fila.correo = fila.telefono = ""
        fila.save()
    Llamada.objects.filter(inscripcion__in=[fila.pk for fila in inscripciones]).update(nota="")
    borrar_si_nadie_la_usa(anonimas)


def _anonima() -> Persona:
    return Persona.objects.create(
        tipo_documento=anonimo.TIPO_DE_DOCUMENTO,
        numero_documento=anonimo.documento_nuevo(),
        nombres=anonimo.NOMBRES,
        apellidos=anonimo.APELLIDOS,
    )


def borrar_si_nadie_la_usa(llaves) -> None:
    for persona in Persona.objects.filter(pk__in=list(llaves)):
        try:
            with transaction.atomic():
                persona.delete()
        except ProtectedError:
            continue  # otra inscripción o el directorio la usan


def retirar_contacto(inscripciones) -> None:
    """De quien asistió se conserva quién es; cómo hallarlo, no."""
    for fila in inscripciones:
        fila.correo = fila.telefono = ""
        fila.save(update_fields=["correo", "telefono"])


def retirar_invitaciones(invitaciones) -> None:
    llaves = [fila.pk for fila in invitaciones]
    Invitacion.objects.filter(pk__in=llaves).update(nombre=anonimo.NOMBRE, cargo="", correo="", telefono="")
    Llamada.objects.filter(invitacion__in=llaves).update(nota="")


def retirar_preguntas(preguntas) -> None:
    for fila in preguntas:
        Pregunta.objects.filter(pk=fila.pk).update(
            nombre=anonimo.NOMBRE,
            correo=anonimo.correo_de(fila.pk),
            telefono="",
            texto=anonimo.TEXTO,
            respuesta=anonimo.TEXTO if fila.respuesta else "",
        )


def inscripciones_retirables(limite):
    """Sin asistencia ni nota, de capacitaciones que terminaron antes de ``limite`` y que aún llevan nombre."""
    filas = Inscripcion.objects.filter(capacitacion__fecha_fin__lt=limite.date())
    return sin_sustento(filas.exclude(persona__tipo_documento=anonimo.TIPO_DE_DOCUMENTO)).select_related("persona")
