"""Las pruebas de entrada y salida (R89): las define el ente rector, las toma el centro, y nadie más ve notas."""

from eventos.models.validacion import sistemas_que_valida

from .alcance import puede_trabajar, si_tiene

puede_ver_pruebas = si_tiene("eventos.view_prueba")


puede_ver_notas = si_tiene("eventos.view_notadeprueba")


def puede_definir_prueba(usuario, capacitacion, sistema) -> bool:
    """El Responsable Técnico de ese sistema, en cualquier centro."""
    if capacitacion.esta_cancelada or capacitacion.esta_cerrada:
        return False
    return sistema.pk in sistemas_que_valida(usuario)


def puede_ver_clave(usuario, prueba) -> bool:
    """Las respuestas correctas: quien la define y los especialistas que exponen en esa capacitación."""
    if prueba.sistema_id in sistemas_que_valida(usuario):
        return True
    return prueba.capacitacion.expositores.filter(personal__usuario=usuario).exists()


def puede_registrar_notas(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_notadeprueba")
