"""Ninguna dirección del portal responde 500, le manden lo que le manden: siempre los mismos pedidos al azar."""

import random
import re
import sys
from html import unescape

import pytest
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from home.carga import cargar_paginas
from organizacion.models import AjustesPortal
from tests import fabricas, personas

pytestmark = pytest.mark.django_db

BASURA = [
    "",
    "a\x00b",
    "\x0b\x1b",
    "9" * 30,
    "9223372036854775808",
    "-1",
    "1e9",
    "²",
    "٣",
    "á" * 3000,
    "9999-12-31",
    "0000-00-00",
    "9999-12-31T23:59",
    "25:99",
    "../../etc/passwd",
    "'\"><script>alert(1)</script>",
    "\r\nSet-Cookie: a=b",
    "[]",
    "%",
]
_NOMBRES = """
    q p page pagina mes dia vista centro sistema tipo modalidad departamento ver o export e sesion next estado lugar id
    multiple situacion cuando capacitacion centro__id__exact sistemas__id__exact entidad__centro__id__exact
    estado__exact aliado desde hasta
"""
PARAMETROS = _NOMBRES.split()
LLAVES = ["0", "9" * 25, "9223372036854775808", "x", "x%00y", "%FF", "-1", "%C3%A1"]
CUERPOS = [(b"a=%ff%00&\xff\xfe=\x00", "application/x-www-form-urlencoded"), (b'{"a":[', "application/json")]
# Vistas que son de Wagtail de principio a fin y no conocen los datos del portal: se prueban allá.
DE_WAGTAIL = ("wagtail.", "wagtail_modeladmin.", "django.")
# El texto enriquecido viaja como JSON que arma el editor; a mano y mal armado, Wagtail no lo perdona.
ENRIQUECIDO = re.compile(r"descripcion|cuerpo|como_llegar")


def rutas(nodo, delante=""):
    """Cada dirección propia como texto con sus argumentos entre <>."""
    for parte in nodo.url_patterns:
        camino = delante + str(parte.pattern).lstrip("^").rstrip("$")
        if not isinstance(parte, URLPattern):
            yield from rutas(parte, camino)
        elif not _modulo(parte.callback).startswith(DE_WAGTAIL):
            yield re.sub(r"\(\?P<\w+>[^)]*\)", "<str:x>", camino)


def _modulo(vista):
    """Dónde se escribió ``vista``, por debajo de sus decoradores."""
    while hasattr(vista, "__wrapped__"):
        vista = vista.__wrapped__
    clase = getattr(vista, "view_class", None) or getattr(vista, "__self__", vista)
    return getattr(clase, "__module__", type(clase).__module__)


@pytest.fixture
def portal(cusco):
    """Una fila de cada cosa, en Cusco."""
    cargar_paginas()
    AjustesPortal.load()
    capacitacion = fabricas.CapacitacionFactory(centro=cusco)
    entidad = fabricas.EntidadFactory(centro=cusco)
    fabricas.AsistenciaFactory(inscripcion=fabricas.InscripcionFactory(capacitacion=capacitacion, entidad=entidad))
    fabricas.OperadorFactory(entidad=entidad)
    for fabrica in (fabricas.MedioFactory, fabricas.PersonalFactory, fabricas.SuscriptorFactory):
        fabrica(centro=cusco)
    return {"slug": capacitacion.slug, "accion": "pausar", "que": "baja", "token": "x.y"}


def direccion(azar, ruta, valores):
    def valor(argumento):
        nombre = argumento[1].rpartition(":")[2]
        return azar.choice(LLAVES) if azar.random() < 0.3 else str(valores.get(nombre, 1))

    pares = [f"{azar.choice(PARAMETROS)}={azar.choice([*LLAVES, '2026-11'])}" for _ in range(azar.randint(0, 3))]
    return "/" + re.sub(r"<([\w:]+)>", valor, ruta) + f"?{'&'.join(pares)}"


def llenado(azar, pagina):
    """Los campos del formulario de ``pagina`` como vinieron, menos unos cuantos."""
    html = pagina.content.decode(errors="replace") if pagina.status_code == 200 and not pagina.streaming else ""
    datos = {}
    for control in re.finditer(r"<(?:input|select|textarea)[^>]*>", html):
        nombre, valor = (re.search(rf'\b{atributo}="([^"]*)"', control[0]) for atributo in ("name", "value"))
        if nombre:
            datos[nombre[1]] = unescape(valor[1]) if valor else ""
    libres = [nombre for nombre in datos if not ENRIQUECIDO.search(nombre)] or PARAMETROS
    for nombre in azar.sample(libres, min(len(libres), azar.choice([1, 1, 2, 6]))):
        datos[nombre] = azar.choice(BASURA)
    return datos


def enviar(azar, cliente, url):
    if azar.random() < 0.1:
        cuerpo, tipo = azar.choice(CUERPOS)
        return cliente.post(url, data=cuerpo, content_type=tipo)
    return cliente.post(url, llenado(azar, cliente.get(url.partition("?")[0])))


@pytest.mark.parametrize(
    ("quien", "veces"), [(None, 4), (personas.coordinadora_de_cusco, 1), (personas.directora_de_ogauc, 1)]
)
def test_ningun_pedido_da_500(quien, veces, portal):
    azar = random.Random(veces)
    cliente = Client(raise_request_exception=False)
    if quien:
        cliente.force_login(quien())
    errores = []
    direcciones = [*rutas(get_resolver()), "", "centros/", "boletines/", "comunicados/"]
    if quien:
        direcciones = [ruta for ruta in direcciones if ruta.startswith("intranet/")]

    def anotar(request=None, **kwargs):
        errores.append(f"{request.method} {request.get_full_path()} {request.POST.dict()}: {sys.exception()!r}")

    got_request_exception.connect(anotar)
    try:
        for ruta in direcciones * veces:
            for pedir in (lambda url: cliente.get(url), lambda url: enviar(azar, cliente, url)):
                with transaction.atomic():
                    pedir(direccion(azar, ruta, portal))
                    transaction.set_rollback(True)
    finally:
        got_request_exception.disconnect(anotar)
    assert errores == []
    assert connection.is_usable()


def test_una_llave_que_no_cabe_en_la_base_es_un_pedido_mal_hecho(client, cusco):
    """SQLite ni la compara (400); PostgreSQL no la halla y el formulario lo dice (200)."""
    client.force_login(personas.coordinadora_de_cusco())
    operador = fabricas.OperadorFactory(entidad=fabricas.EntidadFactory(centro=cusco))
    url = reverse("directorio_operador_modeladmin_edit", args=[operador.pk])
    respuesta = client.post(url, {"sistemas": "9" * 25})
    assert respuesta.status_code == (400 if connection.vendor == "sqlite" else 200)


@pytest.mark.parametrize("ruta", ["elegir-entidad:choose", "elegir-distrito:choose_results"])
def test_la_ventana_de_elegir_no_se_cae_si_le_piden_varias(ruta, client):
    client.force_login(personas.coordinadora_de_cusco())
    assert client.get(reverse(ruta), {"multiple": "1"}).status_code == 200
