"""Lo que varias preguntas preguntan."""

from comun.alcance import alcance_de


def es_de_los_suyos(usuario, fila) -> bool:
    """Si ``fila`` (una capacitación u otra con ``centro_id``) es de un centro en que ``usuario`` trabaja."""
    alcance = alcance_de(usuario)
    return alcance.nacional or fila.centro_id in alcance.centros


def puede_trabajar(usuario, capacitacion, permiso: str) -> bool:
    """Si tiene ``permiso``, es de los suyos y su expediente no se cerró: cerrado, nada cambia."""
    return usuario.has_perm(permiso) and not capacitacion.esta_cerrada and es_de_los_suyos(usuario, capacitacion)
