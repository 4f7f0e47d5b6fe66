"""Cada página pública pasa el validador del W3C (Nu). Sin java o sin «make medidores», se salta y lo dice."""

import shutil

import pytest

from herramientas.medir.html import VNU, revisar
from tests.recorridos.poblado import poblar

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (shutil.which("java") and VNU.exists()), reason="Falta java o «make medidores»."),
]


def test_todas_las_paginas_son_html_valido(client, tmp_path):
    paginas = {nombre: client.get(ruta).content for nombre, ruta in poblar().items()}

    assert revisar(paginas) == []


def test_el_validador_reprocha_lo_que_esta_mal():
    mala = (
        b'<!DOCTYPE html><html lang="es"><head><title>x</title></head><body><p id="a"></p><b id="a"></b></body></html>'
    )

    assert [falta.partition(":")[0] for falta in revisar({"mala": mala})] == ["mala"]
