"""El registro de papel, sus escaneos y los enlaces que lo reemplazan en lo virtual."""

from .alcance import puede_trabajar, si_tiene, tiene_en
from .inscripcion import puede_registrar_asistencia

puede_ver_escaneos = si_tiene("eventos.view_escaneo")


def puede_adjuntar_escaneo(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_escaneo")


def puede_quitar_escaneo(usuario, capacitacion) -> bool:
    return puede_trabajar(usuario, capacitacion, "eventos.delete_escaneo")


def puede_emitir_registro(usuario, capacitacion) -> bool:
    """En lo virtual no hay papel: cada quien confirma con su enlace."""
    return not capacitacion.es_virtual and puede_registrar_asistencia(usuario, capacitacion)


def puede_imprimir_registro(usuario, capacitacion) -> bool:
    """Lleva documentos enteros: quien trabaja con la lista, no quien solo la mira; también ya cerrada."""
    return tiene_en(usuario, capacitacion, "eventos.change_asistencia")


def puede_enviar_enlaces(usuario, capacitacion) -> bool:
    a_distancia = capacitacion.es_virtual or capacitacion.es_hibrida
    return a_distancia and puede_registrar_asistencia(usuario, capacitacion)
