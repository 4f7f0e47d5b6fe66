"""Quién ve y quién gobierna los envíos. Qué envíos alcanza cada uno lo decide ``Envio.objects.para``."""


def puede_ver_envios(usuario) -> bool:
    return usuario.has_perm("correo.view_envio")


def puede_gobernar_envios(usuario) -> bool:
    """Pausar, reanudar, cancelar y decidir sobre las entregas dudosas o fallidas."""
    return usuario.has_perm("correo.change_envio")
