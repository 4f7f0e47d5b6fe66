"""Convocar, llamar y reafirmar (R76–R79, R82)."""

from eventos.models import Expositor
from organizacion.models import Rol

from .alcance import puede_trabajar, si_tiene

ESPECIALISTAS = (Rol.ESPECIALISTA, Rol.IMPLANTADOR)


puede_ver_convocatoria = si_tiene("eventos.view_invitacion")


def puede_convocar(usuario, capacitacion) -> bool:
    """Se invita a una publicada que todavía no empieza."""
    por_empezar = capacitacion.esta_publicada and capacitacion.comienza_en is not None and not capacitacion.ya_empezo()
    return por_empezar and puede_trabajar(usuario, capacitacion, "eventos.add_convocatoria")


puede_ver_llamadas = si_tiene("eventos.view_llamada")


def puede_llamar(usuario, capacitacion) -> bool:
    """También en una cancelada: se llama para avisarlo."""
    return puede_trabajar(usuario, capacitacion, "eventos.change_llamada")


def puede_armar_llamadas(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_llamada")


def puede_reafirmar(usuario, capacitacion) -> bool:
    """El especialista: quien expone, o el de alguno de sus sistemas en el centro (R79)."""
    if not puede_armar_llamadas(usuario, capacitacion) or capacitacion.ya_empezo():
        return False
    return sistemas_que_reafirma(usuario, capacitacion) is not None


def sistemas_que_reafirma(usuario, capacitacion) -> set[int] | None:
    """Los sistemas de la capacitación que son suyos; todos si expone sin uno propio; ``None`` si no le toca."""
    todos = {sistema.pk for sistema in capacitacion.sistemas.all()}
    asignaciones = usuario.asignaciones_vigentes
    suyos = {
        a.sistema_id for a in asignaciones if a.rol in ESPECIALISTAS and a.centro_id == capacitacion.centro_id
    } & todos
    if suyos:
        return suyos
    return todos if Expositor.objects.filter(capacitacion=capacitacion, personal__usuario=usuario).exists() else None
