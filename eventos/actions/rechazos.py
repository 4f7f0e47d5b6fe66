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
