"""Dos personas con la misma fila abierta: la segunda en guardar no deshace lo que hizo la primera.

El formulario lleva, escondido, un resumen de cada valor con que se abrió. Si al guardar alguno ya no es el de la fila,
se vuelve a mostrar con lo que cambió la otra persona y encima lo que escribió esta; guardarlo otra vez lo confirma.
"""

import datetime as dt
import json
from collections.abc import Iterator

from django.db.models import Model
from django.forms import CharField, Form, HiddenInput, ModelForm
from django.utils.crypto import constant_time_compare, salted_hmac

VISTO = "visto"
SAL = "comun.modeladmin.a_la_vez"


class LoVisto(CharField):
    """El campo escondido: con qué se abrió el formulario, también si vuelve a mostrarse por un error."""

    widget = HiddenInput

    def __init__(self, resumenes: dict[str, str]):
        super().__init__(required=False, initial=json.dumps(resumenes))

    def has_changed(self, initial, data):
        return False


def recordar(formulario: ModelForm) -> None:
    """Agrega al formulario el resumen de lo que su fila dice ahora."""
    resumenes = {nombre: resumen(valor) for nombre, valor in _de_la_fila(formulario)}
    formulario.fields[VISTO] = LoVisto(resumenes)


def cambiados(formulario: Form) -> list[str]:
    """Qué campos cambió otra persona desde que se abrió; ninguno si el envío no dice con qué se abrió."""
    vistos = leer_vistos(formulario.data.get(VISTO))
    return [n for n, v in _de_la_fila(formulario) if n in vistos and not constant_time_compare(vistos[n], resumen(v))]


def escritos(formulario: Form) -> dict:
    """Lo que esta persona cambió, campo → valor. Pide un formulario válido."""
    vistos, datos = leer_vistos(formulario.data.get(VISTO)), formulario.cleaned_data
    return {n: v for n, v in datos.items() if n != VISTO and vistos.get(n) != resumen(v)}


def aviso(formulario: Form, ajenos: list[str], propios: dict, aparte: str = "") -> str:
    """Qué pasó, por campo, para quien vuelve a ver su formulario con lo de la otra persona ya puesto.

    ``aparte``: una frase sobre lo que va en la misma página fuera de ``formulario``.
    """
    nombres = _unir(_nombrar(formulario, [n for n in ajenos if n not in propios]))
    chocan = _unir(_nombrar(formulario, [n for n in ajenos if n in propios]))
    partes = ["Todavía no se guardó: mientras usted editaba, otra persona cambió esta fila."]
    if nombres:
        partes.append(f"Lo que cambió ya está aquí: {nombres}.")
    if chocan:
        partes.append(f"Las dos cambiaron {chocan}: quedó lo que usted escribió.")
    return " ".join([*partes, *filter(None, [aparte]), "Revise y guarde otra vez."])


def _de_la_fila(formulario: ModelForm) -> Iterator[tuple[str, object]]:
    return ((nombre, valor) for nombre, valor in formulario.initial.items() if nombre in formulario.fields)


def leer_vistos(enviado: str | None) -> dict[str, str]:
    """Los resúmenes que vuelven con el formulario; ninguno si no se entienden."""
    try:
        vistos = json.loads(enviado or "{}")
    except ValueError:
        return {}
    return {n: v for n, v in vistos.items() if isinstance(v, str)} if isinstance(vistos, dict) else {}


def resumen(valor) -> str:
    """Con llave: nadie averigua el valor probando, aunque sea un documento de ocho cifras."""
    return salted_hmac(SAL, json.dumps(_plano(valor))).hexdigest()[:12]


def _plano(valor):
    """Igual si lo da la fila que si lo da el formulario ya revisado."""
    if isinstance(valor, Model):
        return str(valor.pk)
    if isinstance(valor, dt.datetime):
        return valor.astimezone(dt.UTC).isoformat()
    if not isinstance(valor, str) and hasattr(valor, "__iter__"):
        return sorted(_plano(parte) for parte in valor)
    return "" if valor is None or valor is False else str(valor)


def _nombrar(formulario: Form, nombres: list[str]) -> list[str]:
    return [f"«{formulario.fields[nombre].label or nombre}»" for nombre in nombres]


def _unir(nombres: list[str]) -> str:
    return " y ".join(filter(None, [", ".join(nombres[:-1]), *nombres[-1:]]))
