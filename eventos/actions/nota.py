"""Las notas de las pruebas de entrada y salida (R89): las que cada quien se gana por su enlace y las del papel."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from custodia.actions import anotar
from eventos.models import Capacitacion, Inscripcion, NotaDePrueba, Prueba
from eventos.pruebas import GRACIA, esta_abierta

from .rechazos import NoProcede, exigir_abierta


class PruebaCerrada(NoProcede): ...


class SinCupo(NoProcede): ...


class PuntajeFueraDeRango(NoProcede): ...


class NotaDeLaPersona(NoProcede): ...


@transaction.atomic
def contestar(
    *, prueba: Prueba, inscripcion: Inscripcion, momento: str, respuestas: dict[int, int], request=None
) -> NotaDePrueba:
    """Califica lo que la persona contestó: ``respuestas`` lleva, por pregunta, la llave de la alternativa elegida.

    Cada una se da una sola vez: repetirla devuelve la nota que ya tiene. Levanta ``NoProcede``.
    """
    capacitacion = Capacitacion.objects.select_for_update().get(pk=prueba.capacitacion_id)
    if ya := NotaDePrueba.objects.filter(prueba=prueba, inscripcion=inscripcion, momento=momento).first():
        return ya
    exigir_abierta(capacitacion)
    inscripcion.refresh_from_db(fields=["estado"])
    if inscripcion.estado != Inscripcion.Estado.CONFIRMADA or inscripcion.capacitacion_id != capacitacion.pk:
        raise SinCupo("Esta prueba es de quienes tienen un cupo confirmado.")
    if not esta_abierta(capacitacion, momento, gracia=GRACIA):
        raise PruebaCerrada("Ya no es el momento de contestar esta prueba: hable con quien dirige la capacitación.")
    puntaje = sum(
        pregunta.puntaje
        for pregunta in prueba.preguntas.filter(alternativas__es_correcta=True, alternativas__in=respuestas.values())
    )
    nota = NotaDePrueba.objects.create(
        prueba=prueba, inscripcion=inscripcion, momento=momento, puntaje=puntaje, maximo=prueba.puntaje_maximo
    )
    anotar(accion="contestar prueba", objeto=capacitacion, detalle={"momento": momento}, request=request)
    return nota


@dataclass(frozen=True)
class NotaEscrita:
    """El puntaje que alguien sacó en papel; ``None`` borra el que tenía."""

    inscripcion: int
    momento: str
    puntaje: int | None


@transaction.atomic
def registrar_notas(*, prueba: Prueba, notas: Iterable[NotaEscrita], por) -> int:
    """Pone, cambia o borra las notas de papel y devuelve cuántas tocó. Las contestadas por enlace no se cambian."""
    capacitacion = Capacitacion.objects.select_for_update().get(pk=prueba.capacitacion_id)
    exigir_abierta(capacitacion)
    maximo = prueba.puntaje_maximo
    suyas = set(capacitacion.inscripciones.values_list("pk", flat=True))
    cambios = 0
    for escrita in notas:
        if escrita.inscripcion not in suyas or escrita.momento not in NotaDePrueba.Momento.values:
            raise SinCupo("Alguna de esas personas ya no está en esta capacitación: recargue la página.")
        if escrita.puntaje is not None and not 0 <= escrita.puntaje <= maximo:
            raise PuntajeFueraDeRango(f"El puntaje va de 0 a {maximo}.")
        cambios += _poner(prueba, escrita, maximo, por)
    if cambios:
        anotar(accion="registrar notas", por=por, objeto=capacitacion, detalle={"notas": cambios})
    return cambios


def _poner(prueba, escrita, maximo, por) -> bool:
    """Si cambió algo."""
    cual = {"prueba": prueba, "inscripcion_id": escrita.inscripcion, "momento": escrita.momento}
    antes = NotaDePrueba.objects.filter(**cual).first()
    if antes and antes.puntaje == escrita.puntaje:
        return False
    if antes and antes.registrada_por_id is None:
        raise NotaDeLaPersona(f"{antes.inscripcion} contestó por su enlace: esa nota no cambia.")
    if escrita.puntaje is None:
        return bool(antes and antes.delete())
    valores = {"puntaje": escrita.puntaje, "maximo": maximo, "registrada_por": por}
    NotaDePrueba.objects.update_or_create(**cual, defaults=valores)
    return True
