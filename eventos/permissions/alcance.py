"""Lo que varias preguntas preguntan."""

from comun.alcance import alcance_de


def si_tiene(*permisos: str):
    """La pregunta de quien solo mira. Lleva sus ``permisos``: ``con_fila`` busca donde el usuario los tiene."""

    def puede(usuario) -> bool:
        return usuario.has_perms(permisos)

    puede.permisos = permisos
    return puede


def es_de_los_suyos(usuario, fila, permiso: str) -> bool:
    """Si ``fila`` (una capacitación u otra con ``centro_id``) es de un centro en que su rol le da ``permiso``."""
    alcance = alcance_de(usuario, permiso)
    return alcance.nacional or fila.centro_id in alcance.centros


def tiene_en(usuario, fila, permiso: str) -> bool:
    """Si tiene ``permiso`` y por un rol en el centro de ``fila``."""
    return usuario.has_perm(permiso) and es_de_los_suyos(usuario, fila, permiso)


def puede_trabajar(usuario, capacitacion, permiso: str) -> bool:
    """Si tiene ``permiso``, es de los suyos y su expediente no se cerró: cerrado, nada cambia."""
    return not capacitacion.esta_cerrada and tiene_en(usuario, capacitacion, permiso)
