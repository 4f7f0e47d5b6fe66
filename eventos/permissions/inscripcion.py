"""Inscripciones, asistencia, encuestas y preguntas."""

from .alcance import es_de_los_suyos, puede_trabajar


def puede_ver_inscripciones(usuario) -> bool:
    return usuario.has_perm("eventos.view_inscripcion")


def puede_inscribir(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_inscripcion")


def puede_editar_inscripcion(usuario, inscripcion) -> bool:
    return puede_trabajar(usuario, inscripcion.capacitacion, "eventos.change_inscripcion")


def puede_ver_asistencia(usuario) -> bool:
    return puede_ver_inscripciones(usuario) and usuario.has_perm("eventos.view_asistencia")


def puede_registrar_asistencia(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.change_asistencia")


def puede_ver_encuestas(usuario) -> bool:
    return usuario.has_perm("eventos.view_respuestaencuesta")


def puede_registrar_encuestas(usuario, capacitacion) -> bool:
    """La informativa no lleva encuesta (R57, R87)."""
    puede = capacitacion.lleva_encuesta and capacitacion.esta_publicada
    return puede and puede_trabajar(usuario, capacitacion, "eventos.add_respuestaencuesta")


def puede_ver_preguntas(usuario) -> bool:
    return usuario.has_perm("eventos.view_pregunta")


def puede_atender_pregunta(usuario, pregunta) -> bool:
    """Una sin centro es de la sede."""
    return usuario.has_perm("eventos.change_pregunta") and es_de_los_suyos(usuario, pregunta)
