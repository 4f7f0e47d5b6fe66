"""Cómo se llama hoy la fila de una huella, que solo guarda su llave."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress

from django.apps import apps
from django.core.exceptions import ValidationError

from comun.alcance import alcance_de

from .models import Huella
from .tapar import tapar_texto

LARGO = 90


def nombres_de(huellas: Iterable[Huella], usuario) -> dict[tuple[str, str], str]:
    """``{(modelo, objeto): nombre}`` de las filas que quedan, en una consulta por modelo y sin documentos ni correos.

    Donde alcanza su permiso de leer el rastro. De quien pidió no ser hallado no se dice el nombre.
    """
    llaves = defaultdict(set)
    for huella in huellas:
        if huella.objeto:
            llaves[huella.modelo].add(huella.objeto)
    return {
        (modelo, str(fila.pk)): tapar_texto(str(fila))[:LARGO]
        for modelo, objetos in llaves.items()
        for fila in _filas(modelo, objetos, alcance_de(usuario, "custodia.view_huella"))
        if not getattr(fila, "sin_busqueda", False)
    }


def _filas(nombre: str, objetos: set[str], alcance):
    try:
        modelo = apps.get_model(nombre)
    except (LookupError, ValueError):
        return []
    filas, alcanzables = modelo._base_manager.select_related(*_caminos(modelo)), modelo._default_manager.all()
    if hasattr(alcanzables, "en"):
        filas = filas.filter(pk__in=alcanzables.en(alcance).order_by().values("pk"))
    return filas.filter(pk__in=_validas(modelo, objetos)).iterator()


def _validas(modelo, objetos) -> list:
    llave, validas = modelo._meta.pk, []
    for objeto in objetos:
        with suppress(ValidationError):
            valor = llave.to_python(objeto)
            llave.run_validators(valor)
            validas.append(valor)
    return validas


def _caminos(modelo) -> list[str]:
    """Lo que un nombre suele mencionar («Anexo 6 – su inscripción»), para no pedirlo fila por fila."""
    caminos = []
    for campo in _enlaces(modelo):
        caminos.append(campo.name)
        caminos += [f"{campo.name}__{otro.name}" for otro in _enlaces(campo.related_model) if not otro.null]
    return caminos


def _enlaces(modelo) -> list:
    """Sus llaves foráneas a otra tabla del portal."""
    return [
        campo
        for campo in modelo._meta.fields
        if campo.is_relation and not campo.related_model.__module__.startswith(("wagtail", "django"))
    ]
