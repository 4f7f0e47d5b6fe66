"""Quién ve y quién gobierna los envíos. Qué envíos alcanza cada uno lo decide ``Envio.objects.para``."""

from comun.alcance import alcance_de

from .models import Envio


def puede_ver_envios(usuario) -> bool:
    return usuario.has_perm("correo.view_envio")


def puede_gobernar_envios(usuario) -> bool:
    """Pausar, reanudar, cancelar y decidir sobre las entregas dudosas o fallidas."""
    return usuario.has_perm("correo.change_envio")


def puede_detener(usuario, envio: Envio) -> bool:
    """Pausarlo o cancelarlo: quien gobierna los envíos, y quien preparó ese para su propio centro."""
    if puede_gobernar_envios(usuario):
        return True
    es_suyo = envio.creado_por_id == usuario.pk and envio.centro_id in alcance_de(usuario, "correo.view_envio").centros
    return es_suyo and puede_ver_envios(usuario)


def puede_retirar(usuario, envio: Envio) -> bool:
    """Cancelar el que todavía espera la segunda firma: también quien lo preparó, sea del centro o de la sede."""
    lo_preparo = envio.creado_por_id == usuario.pk and puede_ver_envios(usuario)
    return puede_detener(usuario, envio) or (lo_preparo and envio.estado == Envio.Estado.POR_APROBAR)


def puede_aprobar_envios(usuario) -> bool:
    return usuario.has_perm("correo.aprobar_envio")


def puede_aprobar(usuario, envio: Envio) -> bool:
    """Dar la segunda firma a ``envio``, o devolverlo: nunca quien lo preparó, aunque sea superusuario."""
    espera = envio.estado == Envio.Estado.POR_APROBAR
    return espera and puede_aprobar_envios(usuario) and envio.creado_por_id != usuario.pk
