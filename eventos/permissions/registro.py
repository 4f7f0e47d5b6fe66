"""El registro de papel, sus escaneos y los enlaces que lo reemplazan en lo virtual."""

from .alcance import puede_trabajar
from .inscripcion import puede_registrar_asistencia


def puede_ver_escaneos(usuario) -> bool:
    return usuario.has_perm("eventos.view_escaneo")


def puede_adjuntar_escaneo(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_escaneo")


def puede_quitar_escaneo(usuario, capacitacion) -> bool:
    return puede_trabajar(usuario, capacitacion, "eventos.delete_escaneo")


def puede_emitir_registro(usuario, capacitacion) -> bool:
    """En lo virtual no hay papel: cada quien confirma con su enlace."""
    return not capacitacion.es_virtual and puede_registrar_asistencia(usuario, capacitacion)


def puede_enviar_enlaces(usuario, capacitacion) -> bool:
    a_distancia = capacitacion.es_virtual or capacitacion.es_hibrida
    return a_distancia and puede_registrar_asistencia(usuario, capacitacion)
