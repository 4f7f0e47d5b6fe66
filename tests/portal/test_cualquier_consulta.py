"""Cualquier dirección pública con cualquier consulta responde una página en español, nunca un 500 (hypothesis)."""

import re
import string
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recorridos.poblado import poblar

pytestmark = pytest.mark.django_db

RESPUESTAS = {200, 301, 302, 400, 404, 405, 410}  # 405: lo que solo se pide con POST
PRIVADO = re.compile(r"^/?(intranet|media|documentos)/")
ARGUMENTO = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")
_NOMBRES = """
    q p page pagina mes semana dia anio vista centro sistema tipo alcance modalidad organizador con_cupos departamento
    provincia capacitacion entidad url format formato maxwidth o export next vigencia tema aliado
"""
PARAMETROS = _NOMBRES.split()
VALORES = [
    "0",
    "-1",
    "9" * 30,
    "2026-11",
    "0000-13",
    "2026-W60",
    "2026-02-30",
    "cusco",
    "\x00",
    "a\x00b",
    "²",
    "٣",
    "%",
]


def rutas(nodo, delante="/"):
    """Cada dirección que el proyecto declara fuera de la intranet, con sus argumentos entre <>."""
    for parte in nodo.url_patterns:
        camino = delante + re.sub(r"^\^|\$$", "", str(parte.pattern))
        if isinstance(parte, URLPattern):
            yield camino
        elif not PRIVADO.match(camino):
            yield from rutas(parte, camino)


PUBLICAS = sorted({ruta for ruta in rutas(get_resolver()) if not PRIVADO.match(ruta)})
texto = st.one_of(st.sampled_from(VALORES), st.text(max_size=40), st.text(string.digits, max_size=40))
consultas = st.lists(st.tuples(st.one_of(st.sampled_from(PARAMETROS), texto), texto), max_size=5)


def direcciones(conocidas):
    """Una dirección que existe, o una declarada con argumentos al azar."""
    inventada = st.builds(
        lambda ruta, valores: ARGUMENTO.sub(lambda _: quote(valores.pop() if valores else "x", safe=""), ruta),
        st.sampled_from(PUBLICAS),
        st.lists(texto.filter(bool), min_size=4, max_size=4),
    )
    return st.one_of(st.sampled_from(sorted(conocidas)), inventada)


def test_la_lista_de_direcciones_no_esta_vacia():
    assert {"/capacitaciones/", "/buscar/"} <= set(PUBLICAS)


def test_cualquier_consulta_da_una_pagina_en_espanol(cusco):
    conocidas = set(poblar().values())
    cliente = Client(raise_request_exception=False)

    @settings(max_examples=400, derandomize=True)
    @given(direccion=direcciones(conocidas), consulta=consultas)
    def cualquiera(direccion, consulta):
        url = direccion + ("&" if "?" in direccion else "?") + urlencode(consulta, errors="replace")
        respuesta = cliente.get(url)
        assert respuesta.status_code in RESPUESTAS, url
        if respuesta.status_code in {200, 400, 404} and respuesta["Content-Type"].startswith("text/html"):
            assert b'lang="es-PE"' in respuesta.getvalue(), url

    cualquiera()
