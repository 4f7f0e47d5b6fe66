"""Anotar indicadores y temas de interés."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from directorio.models import Entidad, Indicador, TemaDeInteres, ValorDeIndicador
from organizacion.models import Sistema, Usuario


@transaction.atomic
def anotar_valor(
    *, indicador: Indicador, entidad: Entidad, periodo: str, valor: Decimal, fuente: str, fecha: dt.date, por: Usuario
) -> ValorDeIndicador:
    """Guarda el valor de ese periodo para la entidad o, si el indicador es del distrito, para el suyo.

    El mismo periodo se corrige, no se repite.
    """
    de_quien = {"entidad": entidad} if indicador.ambito == Indicador.Ambito.ENTIDAD else {"distrito": entidad.distrito}
    datos = {"valor": valor, "fuente": fuente, "fecha": fecha, "anotado_por": por}
    fila, nuevo = ValorDeIndicador.objects.update_or_create(
        indicador=indicador, periodo=periodo, **de_quien, defaults=datos
    )
    detalle = {"indicador": indicador.pk, "periodo": periodo, "corrige": not nuevo}
    anotar(accion="anotar indicador", por=por, objeto=entidad, detalle=detalle)
    return fila


@transaction.atomic
def recoger_tema(*, entidad: Entidad, sistema: Sistema | None, texto: str, por: Usuario) -> TemaDeInteres:
    """Anota un tema que la entidad pide; el mismo, aún sin atender, no se repite aunque lo anoten dos a la vez."""
    entidad = Entidad.objects.select_for_update(of=("self",)).get(pk=entidad.pk)
    suyos = TemaDeInteres.objects.por_atender().filter(entidad=entidad, sistema=sistema, texto=texto)
    if ya_estaba := suyos.first():
        return ya_estaba
    tema = TemaDeInteres.objects.create(entidad=entidad, sistema=sistema, texto=texto, recogido_por=por)
    anotar(accion="recoger tema", por=por, objeto=entidad, detalle={"tema": tema.pk})
    return tema


def quitar_temas_repetidos(entidad: Entidad) -> None:
    """De los que dicen lo mismo y siguen por atender queda el que se recogió primero. Va dentro de una transacción."""
    vistos = set()
    for tema in TemaDeInteres.objects.por_atender().filter(entidad=entidad).order_by("recogido_en", "pk"):
        if (tema.sistema_id, tema.texto) in vistos:
            tema.delete()
        vistos.add((tema.sistema_id, tema.texto))


@transaction.atomic
def atender_tema(*, tema: TemaDeInteres, como: str, por: Usuario) -> None:
    """Anota cómo se atendió; si ya lo estaba, no cambia nada."""
    tema = TemaDeInteres.objects.select_for_update().get(pk=tema.pk)
    if tema.atendido_en:
        return
    tema.atendido_en, tema.como = timezone.localdate(), como
    tema.save(update_fields=["atendido_en", "como"])
    anotar(accion="atender tema", por=por, objeto=tema.entidad, detalle={"tema": tema.pk})
