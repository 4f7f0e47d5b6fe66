"""Por qué una regla impide un cambio en una capacitación."""

from eventos.models import Capacitacion


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


CERRADO = "El expediente de esta capacitación ya se cerró: no cambia. Solo la OGAUC puede reabrirlo."


def exigir_abierta(capacitacion: Capacitacion) -> None:
    """Levanta ``ExpedienteCerrado``: desde que su expediente se cierra, nada de una capacitación cambia.

    La toma bajo llave y la mira de nuevo: pudo cerrarse mientras otro escribía. Va dentro de la transacción de la
    acción y antes de tomar otras filas, para que dos acciones no se esperen la una a la otra.
    """
    if capacitacion.pk is None:
        return
    bajo_llave = Capacitacion.objects.select_for_update(no_key=True).values_list("cerrada_en", flat=True)
    if capacitacion.esta_cerrada or bajo_llave.get(pk=capacitacion.pk):
        raise ExpedienteCerrado(CERRADO)
