"""Lo que se corrige, se borra o se conserva de las capacitaciones a pedido de una persona."""

from comun.expediente_personal import Efecto, Que, corregir
from comun.registros import cancelaciones, rectificaciones
from custodia.actions.derechos import NoProcede
from directorio.personales import OPERA, operadores_de, personal_de
from eventos.models import Solicitud
from organizacion.models import Persona

from . import retiro
from .bloqueo import bloquear
from .suyo import exposiciones_de, inscripciones_de, invitaciones_de, persona_de, preguntas_de, solicitudes_de

ARCHIVO = "Consta en un registro firmado: lo obligan a conservar las normas de archivo del Estado (R93)"


@rectificaciones.anotar
def corregir_en_capacitaciones(titular, cambios):
    """La copia de una inscripción solo se corrige mientras su expediente está abierto (ADR 0016)."""
    del_documento = {campo: cambios[campo] for campo in ("nombres", "apellidos") if campo in cambios}
    yield corregir("persona", "Persona", filter(None, [persona_de(titular)]), del_documento)
    abiertas = inscripciones_de(titular).filter(capacitacion__cerrada_en__isnull=True)
    yield corregir("inscripcion", "Inscripciones con el expediente abierto", abiertas, cambios)
    cerradas = inscripciones_de(titular).filter(capacitacion__cerrada_en__isnull=False).count()
    yield Efecto("cerradas", "Inscripciones con el expediente cerrado", Que.CONSERVA, cerradas, ARCHIVO)


@cancelaciones.anotar
def efectos_en_capacitaciones(titular, derecho):
    if derecho != "cancelacion":
        return
    inscripciones = inscripciones_de(titular)
    libres = list(retiro.sin_sustento(inscripciones))
    firmadas = list(retiro.con_sustento(inscripciones))
    yield Efecto(
        "inscripcion",
        "Inscripciones a las que no asistió",
        Que.ANONIMIZA,
        len(libres),
        "Era por consentimiento y lo retira; la inscripción sigue contando, sin su nombre",
        lambda por: retiro.retirar_inscripciones(libres),
    )
    yield Efecto(
        "contacto",
        "Correo y teléfono de sus inscripciones firmadas",
        Que.BORRA,
        len(firmadas),
        "El archivo pide quién asistió, no cómo hallarlo",
        lambda por: retiro.retirar_contacto(firmadas),
    )
    yield Efecto("firmadas", "Inscripciones con asistencia o notas", Que.CONSERVA, len(firmadas), ARCHIVO)
    yield _de_la_persona(titular, firmadas)
    yield from _de_su_trato(titular)


def _de_la_persona(titular, firmadas) -> Efecto:
    persona = persona_de(titular)
    hay = int(persona is not None)
    if personal_de(titular):
        return Efecto("persona", "Nombre y documento", Que.CONSERVA, hay, "Trabaja o trabajó en los centros")
    if firmadas:
        por_que = f"{ARCHIVO}. Desde ahora no aparece en ninguna búsqueda"
        return Efecto("persona", "Nombre y documento", Que.BLOQUEA, hay, por_que, lambda por: bloquear(persona))
    if any(operador.esta_activo and operador.persona_id for operador in operadores_de(titular)):
        return Efecto("persona", "Nombre y documento", Que.CONSERVA, hay, OPERA)
    por_que = "Nada obliga a conservarlo"
    return Efecto("persona", "Nombre y documento", Que.BORRA, hay, por_que, lambda por: borrar(persona))


def _de_su_trato(titular):
    invitaciones, preguntas = invitaciones_de(titular), preguntas_de(titular)
    yield Efecto(
        "invitacion",
        "Invitaciones",
        Que.ANONIMIZA,
        len(invitaciones),
        "Queda la entidad y qué respondió",
        lambda por: retiro.retirar_invitaciones(invitaciones),
    )
    yield Efecto(
        "pregunta",
        "Preguntas",
        Que.ANONIMIZA,
        len(preguntas),
        "Quedan el centro y la fecha",
        lambda por: retiro.retirar_preguntas(preguntas),
    )
    solicitudes: list[Solicitud] = solicitudes_de(titular)
    yield Efecto(
        "solicitud",
        "Solicitudes de capacitación",
        Que.CONSERVA,
        len(solicitudes),
        "Las hizo su entidad con un documento que se archiva",
    )
    expuestas = exposiciones_de(titular).count()
    yield Efecto("exposicion", "Exposiciones", Que.CONSERVA, expuestas, "Consta en el programa y en el expediente")


def borrar(persona: Persona) -> None:
    """Lo que la usaba ya se retiró; si algo más la usa no se dice que se borró: no se hace nada."""
    retiro.borrar_si_nadie_la_usa([persona.pk])
    if Persona.objects.filter(pk=persona.pk).exists():
        raise NoProcede("No se hizo nada: otro registro usa su nombre y su documento, y no se pueden borrar.")
