"""``no-store`` en todo lo que no se declara público: se recorre cada dirección y se exige por regla (ADR 0029)."""

import re

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver

from portal.middleware import NadaSeGuarda
from tests import personas
from tests.recorridos.poblado import poblar

pytestmark = pytest.mark.django_db
# El nombre del argumento de un enlace que es de una sola persona.
DE_ALGUIEN = re.compile(r"<str:(token|boleta|clave)>|<slug:(token|clave)>")
POR_DEFECTO = {"formato": "ics", "mes": "2026-11", "centro": "cusco", "slug": "x"}


def directivas(respuesta) -> set[str]:
    return {parte.strip() for parte in respuesta.get("Cache-Control", "").split(",")}


def caminos(nodo, delante=""):
    for parte in nodo.url_patterns:
        camino = delante + str(parte.pattern).lstrip("^").rstrip("$")
        if not isinstance(parte, URLPattern):
            yield from caminos(parte, camino)
        elif "\\" not in camino:
            yield camino


def con_algo(ruta) -> str:
    """``ruta`` con un valor en cada argumento."""

    def valor(hallado):
        tipo, _, nombre = hallado[1].rpartition(":")
        return "1" if tipo == "int" else POR_DEFECTO.get(nombre, "x")

    return "/" + re.sub(r"<([\w:]+)>", valor, ruta)


def exigir_la_regla(url, respuesta, es_de_alguien):
    es_del_personal = url.startswith(("/intranet/", "/mesa/"))
    if es_del_personal or es_de_alguien:
        assert "no-store" in directivas(respuesta), url
        assert "public" not in directivas(respuesta), url
    elif not url.startswith(("/media/", "/documentos/")):
        # Pública de verdad, que se revisa cada vez, o de nadie más que de quien la pidió.
        assert directivas(respuesta) & {"no-store", "public", "no-cache"}, url
    if "public" in directivas(respuesta):
        assert not respuesta.cookies, url
        assert "no-store" not in directivas(respuesta), url
        assert respuesta.streaming or b"csrfmiddlewaretoken" not in respuesta.content, url


@pytest.mark.parametrize("quien", [None, personas.coordinadora_de_cusco])
def test_ninguna_direccion_se_guarda_si_no_se_declara_publica(client, quien):
    publicas = poblar()
    client.raise_request_exception = False  # un selector de Wagtail se cae con la llave «x»: tampoco eso se guarda
    if quien:
        client.force_login(quien())
    rutas = sorted(ruta for ruta in set(caminos(get_resolver())) if "logout" not in ruta)
    for ruta in rutas:
        url = con_algo(ruta)
        exigir_la_regla(url, client.get(url), bool(DE_ALGUIEN.search(ruta)))
    for url in publicas.values():
        exigir_la_regla(url, client.get(url), es_de_alguien=False)
    assert len(rutas) > 250


@pytest.mark.parametrize(
    "cual", ["confirmada", "corregir", "cancelar", "grupo", "encuesta", "preferencias", "baja", "confirmar suscripción"]
)
def test_el_enlace_personal_de_verdad_tampoco_se_guarda(client, cual):
    respuesta = client.get(poblar()[cual])
    assert respuesta.status_code == 200
    assert {"no-store", "private"} <= directivas(respuesta)


def test_lo_publico_se_sigue_guardando_y_con_sesion_no(client):
    poblar()
    for url in ("/", "/capacitaciones/", "/centros/cusco/", "/capacitaciones.ics"):
        assert "public" in directivas(client.get(url)), url
    client.force_login(personas.coordinadora_de_cusco())
    for url in ("/", "/capacitaciones/"):
        assert "no-store" in directivas(client.get(url)), url


@pytest.mark.parametrize(
    ("url", "dicho", "queda"),
    [
        ("/intranet/x/", "public, max-age=60", "no-store, private"),
        ("/mesa/1/", "public", "no-store, private"),
        ("/suscripcion/", "", "no-store, private"),
        ("/x/", "private, max-age=60", "no-store, private"),
        ("/x/", "public, max-age=60", "public, max-age=60"),
        ("/mural/sw.js", "no-cache", "no-cache"),
        ("/media/images/a.jpg", "", ""),
    ],
)
def test_la_regla_en_un_solo_lugar(rf, url, dicho, queda):
    cabeceras = {"Cache-Control": dicho} if dicho else {}
    respuesta = NadaSeGuarda(lambda _: HttpResponse("hola", headers=cabeceras))(rf.get(url))
    assert respuesta.get("Cache-Control", "") == queda


def test_un_documento_pedido_con_sesion_no_se_guarda(rf):
    """Puede ser de una colección privada: solo lo que se pide sin sesión es de cualquiera."""
    pedido = rf.get("/documentos/1/acta.pdf")
    pedido.COOKIES["sessionid"] = "x"
    assert "no-store" in NadaSeGuarda(lambda _: HttpResponse("hola"))(pedido)["Cache-Control"]
