"""La validación del contenido: la pide el centro y la decide solo el Responsable Técnico de ese sistema (R74)."""

from eventos.models.validacion import sistemas_que_valida

from .alcance import puede_trabajar, si_tiene

puede_ver_validaciones = si_tiene("eventos.view_validacion")


def puede_pedir_validacion(usuario, capacitacion) -> bool:
    return not capacitacion.esta_cancelada and puede_trabajar(usuario, capacitacion, "eventos.add_validacion")


def puede_validar(usuario, validacion) -> bool:
    """Por el rol y no por el centro: la de cualquiera, si hoy es Responsable Técnico de ese sistema, o su encargado."""
    capacitacion = validacion.capacitacion
    if capacitacion.esta_cancelada or capacitacion.esta_cerrada:
        return False
    return validacion.sistema_id in sistemas_que_valida(usuario)
