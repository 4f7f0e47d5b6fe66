"""Qué se sabe hoy de una entidad: el último valor de cada indicador, el anterior y los temas de interés."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import Q

from comun.registros import secciones_de_entidad
from directorio.models import Autoridad, Entidad, Operador, TemaDeInteres, ValorDeIndicador


@dataclass(frozen=True)
class Medido:
    """El último valor de un indicador y, si hay, el anterior."""

    ultimo: ValorDeIndicador
    anterior: ValorDeIndicador | None

    @property
    def cambio(self) -> Decimal | None:
        return self.ultimo.valor - self.anterior.valor if self.anterior else None


def indicadores_de(entidad: Entidad) -> list[Medido]:
    """Los de la entidad y los de su distrito, en el orden del catálogo."""
    filas = ValorDeIndicador.objects.filter(Q(entidad=entidad) | Q(distrito=entidad.distrito_id))
    filas = filas.select_related("indicador").order_by(
        "-indicador__ambito", "indicador__orden", "indicador__nombre", "-periodo"
    )
    medidos = []
    for _, valores in groupby(filas, key=lambda fila: fila.indicador_id):
        ultimo, *otros = valores
        medidos.append(Medido(ultimo, otros[0] if otros else None))
    return medidos


def temas_de(usuario, entidad: Entidad) -> list[TemaDeInteres]:
    """Los que aún no se atienden primero; los atendidos, al final."""
    filas = TemaDeInteres.objects.para(usuario).filter(entidad=entidad).select_related("sistema")
    return sorted(filas, key=lambda tema: tema.atendido_en is not None)


def situacion_de(usuario, entidad: Entidad) -> dict:
    """El contexto de la ficha en PDF: solo lo que ``usuario`` alcanza."""
    bloques = (seccion(usuario, entidad) for seccion in secciones_de_entidad)
    operadores = Operador.objects.para(usuario).activos().filter(entidad=entidad)
    return {
        "entidad": entidad,
        "autoridades": Autoridad.objects.para(usuario).vigentes().filter(entidad=entidad),
        "operadores": operadores.prefetch_related("sistemas") if usuario.has_perm("directorio.view_operador") else [],
        "indicadores": indicadores_de(entidad),
        "temas": temas_de(usuario, entidad),
        "bloques": [bloque for bloque in bloques if bloque and "plantilla_pdf" in bloque],
    }
