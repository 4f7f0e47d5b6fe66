"""La mesa de asistencia de un aparato."""

from .alcance import es_de_los_suyos, si_tiene
from .inscripcion import puede_registrar_asistencia

puede_ver_mesas = si_tiene("eventos.view_mesa")


def puede_abrir_mesa(usuario, capacitacion) -> bool:
    """Quien registra asistencia; en una virtual no hay puerta."""
    puede = usuario.has_perm("eventos.add_mesa") and not capacitacion.es_virtual
    return puede and puede_registrar_asistencia(usuario, capacitacion)


def puede_cerrar_mesa(usuario, mesa) -> bool:
    """También con el expediente cerrado: cerrar una mesa no cambia la capacitación."""
    return usuario.has_perm("eventos.change_mesa") and es_de_los_suyos(
        usuario, mesa.capacitacion, "eventos.change_mesa"
    )


def mesa_autorizada(mesa) -> bool:
    """Si quien la abrió todavía puede registrar asistencia ahí: una cuenta cerrada no deja mesas vivas."""
    usuario = mesa.abierta_por
    puede = usuario.is_active and usuario.has_perm("eventos.change_asistencia")
    return puede and es_de_los_suyos(usuario, mesa.capacitacion, "eventos.change_asistencia")
