"""El panel de una capacitación: en qué está, qué sigue y qué está atrasado, del programa al expediente.

Cada paso es una función ``(Mirada) -> Paso | None`` en su módulo; el orden es el de ``PASOS``.
"""

from .asistencia import asistencia
from .convocatoria import convocatoria
from .encuestas import encuestas
from .expediente import expediente, informe
from .inscripcion import inscripcion
from .logistica import logistica
from .paso import Boton, Estado, Mirada, Paso
from .preparativos import preparativos
from .programacion import programacion
from .pruebas import pruebas
from .validacion import validacion

__all__ = ["PASOS", "Boton", "Estado", "Mirada", "Paso", "pasos_de", "que_sigue"]

PASOS = (
    programacion,
    preparativos,
    validacion,
    convocatoria,
    logistica,
    inscripcion,
    asistencia,
    pruebas,
    encuestas,
    informe,
    expediente,
)


def pasos_de(mirada: Mirada) -> list[Paso]:
    """Los que tocan a esta capacitación y a quien la mira, en orden."""
    return [paso for averiguar in PASOS if (paso := averiguar(mirada))]


def que_sigue(pasos: list[Paso]) -> Paso | None:
    """El primero que pide algo; ``None`` si no hay nada que hacer ahora."""
    return next((paso for paso in pasos if paso.pide_algo), None)
