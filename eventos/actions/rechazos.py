"""Por qué una regla impide un cambio en una capacitación."""


class NoProcede(Exception):
    """Una regla impide el cambio; su texto se muestra tal cual."""


class CambioDeCentro(NoProcede): ...


class SesionConAsistencia(NoProcede): ...


class ExpositorConEncuestas(NoProcede): ...


class FaltaMotivo(NoProcede): ...


class EstaCancelada(NoProcede): ...


class NoSeCancela(NoProcede): ...


class FaltaParaPublicar(NoProcede): ...


class ExpedienteCerrado(NoProcede): ...


class InscripcionRechazada(Exception):
    """La inscripción no procede; el texto dice por qué y se muestra a la persona."""


def exigir_abierta(capacitacion) -> None:
    """Levanta ``ExpedienteCerrado``: desde que su expediente se cierra, nada de una capacitación cambia."""
    if capacitacion.esta_cerrada:
        raise ExpedienteCerrado("El expediente de esta capacitación ya se cerró: no se puede cambiar.")
