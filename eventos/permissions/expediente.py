"""El informe del evento, el expediente y la estadística."""

from comun.alcance import alcance_de

from .alcance import puede_trabajar, si_tiene

puede_ver_informe = si_tiene("eventos.view_informe")


def puede_editar_informe(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.change_informe")


def puede_presentar_informe(usuario, capacitacion) -> bool:
    """Lo presenta quien responde por el centro: el Coordinador (R91), o la OGAUC."""
    return puede_editar_informe(usuario, capacitacion) and puede_trabajar(
        usuario, capacitacion, "eventos.change_expediente"
    )


def puede_entregar_parte(usuario, expositor) -> bool:
    """La suya, cada quien; la de cualquiera, quien presenta el informe: recibe en papel la de quien no entra (R91)."""
    if not puede_editar_informe(usuario, expositor.capacitacion):
        return False
    es_suya = expositor.personal_id is not None and expositor.personal.usuario_id == usuario.pk
    return es_suya or puede_presentar_informe(usuario, expositor.capacitacion)


puede_ver_expediente = si_tiene("eventos.view_expediente")


def puede_armar_expediente(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.add_expediente")


def puede_cerrar_expediente(usuario, capacitacion) -> bool:
    return capacitacion.esta_publicada and puede_trabajar(usuario, capacitacion, "eventos.change_expediente")


def puede_reabrir_expediente(usuario, capacitacion) -> bool:
    """Solo la sede: quien lo cerró no se desdice solo (ADR 0016)."""
    permiso = "eventos.change_expediente"
    return usuario.has_perm(permiso) and alcance_de(usuario, permiso).nacional and capacitacion.esta_cerrada


VER_ESTADISTICA = "eventos.view_asistencia"
puede_ver_estadistica = si_tiene(VER_ESTADISTICA)
