"""El informe del evento, el expediente y la estadística."""

from comun.alcance import alcance_de

from .alcance import es_de_los_suyos, puede_trabajar


def puede_ver_informe(usuario) -> bool:
    return usuario.has_perm("eventos.view_informe")


def puede_editar_informe(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.change_informe")


def puede_presentar_informe(usuario, capacitacion) -> bool:
    """Lo presenta quien responde por el centro: el Coordinador (R91), o la OGAUC."""
    return puede_editar_informe(usuario, capacitacion) and usuario.has_perm("eventos.change_expediente")


def puede_entregar_parte(usuario, expositor) -> bool:
    """La suya, cada quien; la de cualquiera, quien presenta el informe: recibe en papel la de quien no entra (R91)."""
    if not puede_editar_informe(usuario, expositor.capacitacion):
        return False
    es_suya = expositor.personal_id is not None and expositor.personal.usuario_id == usuario.pk
    return es_suya or puede_presentar_informe(usuario, expositor.capacitacion)


def puede_ver_expediente(usuario) -> bool:
    return usuario.has_perm("eventos.view_expediente")


def puede_armar_expediente(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_expediente")


def puede_cerrar_expediente(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.change_expediente")


def puede_reabrir_expediente(usuario, capacitacion) -> bool:
    """Solo la sede: quien lo cerró no se desdice solo (ADR 0016)."""
    es_de_la_sede = alcance_de(usuario).nacional and usuario.has_perm("eventos.change_expediente")
    return es_de_la_sede and capacitacion.esta_cerrada and es_de_los_suyos(usuario, capacitacion)


def puede_ver_estadistica(usuario) -> bool:
    return usuario.has_perm("eventos.view_asistencia")
