"""Las apps son pisos: ni los imports ni los textos que nombran modelos apuntan hacia arriba."""

import pytest
from django.apps import apps
from wagtail.models import get_page_models

PISOS = ("comun", "organizacion", "custodia", "correo", "acceso", "directorio", "eventos", "boletines", "home", "demo")
PROPIOS = [modelo for modelo in apps.get_models() if modelo._meta.app_label in PISOS]
PAGINAS = [modelo for modelo in get_page_models() if modelo._meta.app_label in PISOS]


def piso(modelo) -> int:
    return PISOS.index(modelo._meta.app_label)


def apunta_arriba(desde, hacia) -> bool:
    return hacia._meta.app_label in PISOS and piso(hacia) > piso(desde)


def relaciones(modelo):
    return [campo.related_model for campo in modelo._meta.get_fields(include_parents=False) if es_propia(campo)]


def es_propia(campo) -> bool:
    return campo.is_relation and not campo.auto_created and isinstance(campo.related_model, type)


def test_hay_modelos_y_paginas_que_revisar():
    assert len(PROPIOS) > 20
    assert len(PAGINAS) >= 7


@pytest.mark.parametrize("modelo", PROPIOS, ids=lambda modelo: modelo._meta.label)
def test_ninguna_relacion_apunta_a_un_piso_mas_alto(modelo):
    assert [hacia._meta.label for hacia in relaciones(modelo) if apunta_arriba(modelo, hacia)] == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda pagina: pagina._meta.label)
def test_una_pagina_solo_nombra_tipos_de_su_piso_o_de_mas_abajo(pagina):
    nombrados = [*getattr(pagina, "subpage_types", []), *getattr(pagina, "parent_page_types", [])]
    modelos = [apps.get_model(nombre) if isinstance(nombre, str) else nombre for nombre in nombrados]
    assert [hacia._meta.label for hacia in modelos if apunta_arriba(pagina, hacia)] == []


def test_una_relacion_hacia_arriba_se_nota():
    entidad, capacitacion = apps.get_model("directorio.Entidad"), apps.get_model("eventos.Capacitacion")
    assert apunta_arriba(entidad, capacitacion)
    assert not apunta_arriba(capacitacion, entidad)
