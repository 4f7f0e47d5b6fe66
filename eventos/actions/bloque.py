"""Cancelar o mover varias capacitaciones de una vez, con un solo aviso por persona (R67).

Todo ocurre en una transacción. La que no se puede (tiene asistencias firmadas, ya pasó…) se dice y no se toca.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from eventos import correos, correos_en_bloque
from eventos.models import Capacitacion, Inscripcion, Llamada, Motivo

from .aviso import por_llamar
from .cancelacion import marcar_cancelada
from .oferta import ofrecer
from .rechazos import FaltaMotivo, NoProcede
from .reprogramacion import mover


@dataclass
class Resultado:
    """``rechazadas``: pares (capacitación, por qué). ``avisadas`` y ``por_llamar``: personas."""

    hechas: list[Capacitacion] = field(default_factory=list)
    rechazadas: list[tuple[Capacitacion, str]] = field(default_factory=list)
    avisadas: int = 0
    por_llamar: int = 0


@dataclass
class Reparto:
    """Las personas inscritas en un conjunto de capacitaciones, según cómo se les avisa.

    ``solas``: con correo y en una sola, por la llave de esta. ``varias`` y ``sin_correo``: las inscripciones de cada
    persona, por fecha.
    """

    solas: dict[int, list[Inscripcion]] = field(default_factory=dict)
    varias: list[list[Inscripcion]] = field(default_factory=list)
    sin_correo: list[list[Inscripcion]] = field(default_factory=list)

    @property
    def con_correo(self) -> int:
        return sum(map(len, self.solas.values())) + len(self.varias)


def repartir(capacitaciones) -> Reparto:
    """A quién se avisa por correo y a quién hay que llamar: cada persona, una vez por la dirección que dio.

    Un documento escrito con otro correo puede no ser de su dueño: a cada dirección solo llega lo que se inscribió con
    ella (invariante 11).
    """
    filas = Inscripcion.objects.vigentes().filter(capacitacion__in=capacitaciones)
    filas = filas.select_related("capacitacion__centro", "capacitacion__distrito", "persona")
    de_cada_una: dict[tuple[int, str], list[Inscripcion]] = {}
    for fila in filas.order_by("capacitacion__fecha_inicio", "capacitacion", "pk"):
        de_cada_una.setdefault((fila.persona_id, fila.correo.casefold()), []).append(fila)
    reparto = Reparto()
    for (_, correo), suyas in de_cada_una.items():
        if not correo:
            reparto.sin_correo.append(suyas)
        elif len(suyas) > 1:
            reparto.varias.append(suyas)
        else:
            reparto.solas.setdefault(suyas[0].capacitacion_id, []).append(suyas[0])
    return reparto


@transaction.atomic
def cancelar_en_bloque(*, elegidas: Mapping[int, int], motivo: str, por, detalle: str = "") -> Resultado:
    """Cancela las ``elegidas`` (llave → secuencia con que se vieron). Levanta ``FaltaMotivo``.

    Repetirla no hace daño: las que ya cambiaron se rechazan.
    """

    def hacer(capacitacion):
        marcar_cancelada(capacitacion, motivo=motivo, detalle=detalle, por=por)

    resultado = _aplicar(elegidas, motivo, hacer)
    reparto = repartir(resultado.hechas)
    for capacitacion in resultado.hechas:
        suyas = reparto.solas.get(capacitacion.pk, [])
        correos.avisar_cancelacion(capacitacion=capacitacion, por=por, inscritas=suyas)
    for suyas in reparto.varias:
        correos_en_bloque.avisar_cancelaciones(suyas, por=por)
    return _contar(resultado, reparto, Llamada.Asunto.CANCELACION)


@transaction.atomic
def mover_en_bloque(*, elegidas: Mapping[int, int], dias: int, motivo: str, por) -> Resultado:
    """Corre ``dias`` días las ``elegidas`` (llave → secuencia con que se vieron), con sus mismas horas.

    Repetirla no las mueve otra vez: su secuencia ya es otra. Levanta ``FaltaMotivo``.
    """
    cambios = {}

    def hacer(capacitacion):
        cambios[capacitacion.pk] = mover(capacitacion, dias=dias, motivo=motivo, por=por)

    resultado = _aplicar(elegidas, motivo, hacer)
    reparto, razon = repartir(resultado.hechas), Motivo(motivo).label
    for capacitacion in resultado.hechas:
        suyas = reparto.solas.get(capacitacion.pk, [])
        cambio = cambios[capacitacion.pk]
        correos.avisar_cambio(capacitacion=capacitacion, cambio=cambio, razon=razon, por=por, inscritas=suyas)
    for suyas in reparto.varias:
        correos_en_bloque.avisar_cambios(suyas, cambios=cambios, razon=razon, por=por)
    resultado = _contar(resultado, reparto, Llamada.Asunto.CAMBIO)
    for capacitacion in resultado.hechas:
        ofrecer(capacitacion=capacitacion)  # acorta las ofertas que corren, si se adelantó
    return resultado


def _aplicar(elegidas, motivo, hacer: Callable[[Capacitacion], None]) -> Resultado:
    """Toma las llaves en orden, para que dos bloques a la vez no se esperen uno al otro."""
    if motivo not in Motivo.values:
        raise FaltaMotivo("Elija el motivo (R67).")
    resultado = Resultado()
    for capacitacion in Capacitacion.objects.select_for_update().filter(pk__in=elegidas).order_by("pk"):
        try:
            if capacitacion.secuencia != elegidas[capacitacion.pk]:
                raise NoProcede("Cambió mientras la revisaba: vuelva a elegirla.")
            with transaction.atomic():
                hacer(capacitacion)
        except NoProcede as error:
            resultado.rechazadas.append((capacitacion, str(error)))
        else:
            resultado.hechas.append(capacitacion)
    return resultado


def _contar(resultado: Resultado, reparto: Reparto, asunto: str) -> Resultado:
    """Pone por llamar a quien no dio correo, una vez por persona: en la primera, y las demás en la nota."""
    for primera, *demas in reparto.sin_correo:
        nota = f"También: {', '.join(str(fila.capacitacion) for fila in demas)}" if demas else ""
        por_llamar(primera.capacitacion, asunto, [primera], nota=nota)
    resultado.avisadas, resultado.por_llamar = reparto.con_correo, len(reparto.sin_correo)
    return resultado
