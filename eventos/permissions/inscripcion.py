"""Inscripciones, asistencia, encuestas y preguntas."""

from comun.alcance import alcance_de

from .alcance import puede_trabajar, si_tiene, tiene_en

puede_ver_inscripciones = si_tiene("eventos.view_inscripcion")


def puede_exportar_documentos(usuario) -> bool:
    """Si trabaja con todas las que alcanza: un Responsable Técnico ve las de otros centros, y solo las ve (R17)."""
    alcance = alcance_de(usuario, "eventos.view_inscripcion")
    return usuario.has_perm("eventos.change_inscripcion") and (alcance.nacional or not alcance.sistemas)


def puede_inscribir(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_inscripcion")


def puede_editar_inscripcion(usuario, inscripcion) -> bool:
    return puede_trabajar(usuario, inscripcion.capacitacion, "eventos.change_inscripcion")


puede_ver_asistencia = si_tiene("eventos.view_inscripcion", "eventos.view_asistencia")


def puede_registrar_asistencia(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.change_asistencia")


puede_ver_encuestas = si_tiene("eventos.view_respuestaencuesta")


def puede_registrar_encuestas(usuario, capacitacion) -> bool:
    """La informativa no lleva encuesta (R57, R87)."""
    puede = capacitacion.lleva_encuesta and capacitacion.esta_publicada
    return puede and puede_trabajar(usuario, capacitacion, "eventos.add_respuestaencuesta")


puede_ver_preguntas = si_tiene("eventos.view_pregunta")


def puede_atender_pregunta(usuario, pregunta) -> bool:
    """Una sin centro es de la sede."""
    return tiene_en(usuario, pregunta, "eventos.change_pregunta")
