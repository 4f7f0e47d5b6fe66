"""Quién no cuenta en las estadísticas de una capacitación y por qué: solo lo firmado cuenta (R84)."""

from collections import defaultdict
from dataclasses import dataclass, field

from .cifras import Cifras, cifras_de
from .models import Asistencia, Capacitacion, Inscripcion, Sesion
from .sesiones import sesiones_con_registro

Estado = Inscripcion.Estado


@dataclass(frozen=True)
class Persona:
    """``firmas``: por cada sesión de registro, si firmó en ella. ``motivo``: por qué no cuenta, o en qué no."""

    inscripcion: Inscripcion
    firmas: list[bool]
    motivo: str


@dataclass(frozen=True)
class Recuento:
    """``sin_contar``: no son participantes. ``a_medias``: lo son, pero les faltan firmas en sesiones ya pasadas."""

    sesiones: list[Sesion]
    cifras: Cifras
    inscritos: int
    sin_contar: list[Persona] = field(default_factory=list)
    a_medias: list[Persona] = field(default_factory=list)


def recuento_de(capacitacion: Capacitacion, hoy) -> Recuento:
    """El de ``capacitacion`` al día ``hoy``: una sesión que no llegó no le falta a nadie."""
    sesiones = [sesion for sesion in sesiones_con_registro(capacitacion) if sesion.fecha <= hoy]
    inscritas = list(capacitacion.inscripciones.select_related("persona", "entidad").order_by("texto_busqueda", "pk"))
    recuento = Recuento(sesiones, cifras_de(capacitacion), len(inscritas))
    firmadas, vinieron = _marcas(capacitacion)
    for inscripcion in inscritas:
        firmas = [sesion.pk in firmadas[inscripcion.pk] for sesion in sesiones]
        if not firmadas[inscripcion.pk]:
            motivo = _motivo(inscripcion, bool(sesiones), inscripcion.pk in vinieron)
            recuento.sin_contar.append(Persona(inscripcion, firmas, motivo))
        elif not all(firmas):
            motivo = f"Firmó en {sum(firmas)} de {len(firmas)} sesiones: solo esas cuentan."
            recuento.a_medias.append(Persona(inscripcion, firmas, motivo))
    return recuento


def _marcas(capacitacion) -> tuple[dict[int, set[int]], set[int]]:
    """En qué sesiones firmó cada inscripción, y cuáles se anotaron presentes sin firmar."""
    firmadas, vinieron = defaultdict(set), set()
    filas = Asistencia.objects.filter(sesion__capacitacion=capacitacion)
    for inscripcion, sesion, firmo in filas.values_list("inscripcion", "sesion", "esta_firmada"):
        if firmo:
            firmadas[inscripcion].add(sesion)
        else:
            vinieron.add(inscripcion)
    return firmadas, vinieron


def _motivo(inscripcion, ya_empezo, se_anoto) -> str:
    if inscripcion.estado == Estado.ANULADA:
        motivo = inscripcion.get_motivo_anulacion_display()
        return f"Anulada: {motivo[:1].lower()}{motivo[1:]}." if motivo else "Anulada."
    if inscripcion.estado == Estado.EN_ESPERA:
        return "Quedó en la lista de espera."
    if inscripcion.estado == Estado.OFRECIDA:
        return "Se le ofreció un cupo y no lo ha aceptado."
    if not ya_empezo:
        return "Todavía no hay sesión en que firmar."
    return "Figura en el registro de papel y no firmó." if se_anoto else "No firmó en ninguna sesión."
