"""Las preguntas sobre quién puede qué en eventos: la misma para la vista, la plantilla y el registro.

El alcance (qué filas existen para alguien) lo pone ``.para(usuario)``; aquí se decide qué hace con las que ve. Un
Responsable Técnico ve las de todos los centros en su sistema, pero solo cambia las de un centro suyo.
"""

from comun.alcance import alcance_de


def _es_de_los_suyos(usuario, capacitacion) -> bool:
    alcance = alcance_de(usuario)
    return alcance.nacional or capacitacion.centro_id in alcance.centros


def puede_ver_capacitaciones(usuario) -> bool:
    return usuario.has_perm("eventos.view_capacitacion")


def puede_programar(usuario) -> bool:
    return usuario.has_perm("eventos.add_capacitacion")


def puede_editar_capacitacion(usuario, capacitacion) -> bool:
    """Una cancelada ya no se edita: se programa otra."""
    return (
        usuario.has_perm("eventos.change_capacitacion")
        and not capacitacion.esta_cancelada
        and _es_de_los_suyos(usuario, capacitacion)
    )


def puede_cargar_materiales(usuario, capacitacion) -> bool:
    return (
        usuario.has_perm("eventos.add_material")
        and not capacitacion.esta_cancelada
        and _es_de_los_suyos(usuario, capacitacion)
    )


def puede_ver_inscripciones(usuario) -> bool:
    return usuario.has_perm("eventos.view_inscripcion")


def puede_inscribir(usuario, capacitacion) -> bool:
    return (
        usuario.has_perm("eventos.add_inscripcion")
        and capacitacion.esta_publicada
        and _es_de_los_suyos(usuario, capacitacion)
    )


def puede_editar_inscripcion(usuario, inscripcion) -> bool:
    return usuario.has_perm("eventos.change_inscripcion") and _es_de_los_suyos(usuario, inscripcion.capacitacion)


def puede_ver_asistencia(usuario) -> bool:
    return puede_ver_inscripciones(usuario) and usuario.has_perm("eventos.view_asistencia")


def puede_registrar_asistencia(usuario, capacitacion) -> bool:
    return (
        usuario.has_perm("eventos.change_asistencia")
        and capacitacion.esta_publicada
        and _es_de_los_suyos(usuario, capacitacion)
    )


def puede_ver_encuestas(usuario) -> bool:
    return usuario.has_perm("eventos.view_respuestaencuesta")


def puede_registrar_encuestas(usuario, capacitacion) -> bool:
    """La informativa no lleva encuesta (R57, R87)."""
    return (
        usuario.has_perm("eventos.add_respuestaencuesta")
        and capacitacion.lleva_encuesta
        and capacitacion.esta_publicada
        and _es_de_los_suyos(usuario, capacitacion)
    )


def puede_ver_preguntas(usuario) -> bool:
    return usuario.has_perm("eventos.view_pregunta")


def puede_atender_pregunta(usuario, pregunta) -> bool:
    """Una sin centro es de la sede."""
    return usuario.has_perm("eventos.change_pregunta") and _es_de_los_suyos(usuario, pregunta)
