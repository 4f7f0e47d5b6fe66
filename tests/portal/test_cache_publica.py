"""Lo que el público ve se calcula una vez cada 30 segundos y, aun así, un cambio se ve al instante (invariante 13)."""

import gzip
import multiprocessing

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.urls import get_resolver
from django.utils.cache import patch_vary_headers
from wagtail.models import PageViewRestriction

from directorio.models import CentroPage
from eventos.actions.cancelacion import cancelar
from eventos.actions.capacitacion import publicar
from home.models import AvisoDeMural, Navegacion, PaginaEstandar
from organizacion.models import AjustesPortal
from organizacion.publico import subir_version_publica, version_publica
from portal import cache_publica
from portal.settings import base
from tests.eventos.intranet.ayudas import completa
from tests.portal.azar import rutas
from tests.procesos import olvidar_conexiones

pytestmark = pytest.mark.django_db
CALENDARIO = "/capacitaciones/"


@pytest.fixture(autouse=True)
def memoria(settings, db):
    """Una caché de verdad: la de las pruebas no guarda. Los ajustes nacen con la primera visita y son un cambio."""
    AjustesPortal.load()
    Navegacion.load()
    en_memoria = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "publica"}
    settings.CACHES = settings.CACHES | {"publica": en_memoria}
    caches["publica"].clear()
    return caches["publica"]


@pytest.fixture
def curso(inicio, cusco):
    return completa(centro=cusco, titulo="Cierre contable")


def se_repone(cliente, url, **cabeceras):
    """Si la segunda vez sale de la caché."""
    cliente.get(url, headers=cabeceras)
    return "Age" in cliente.get(url, headers=cabeceras)


@pytest.mark.parametrize("url", ["/", "/capacitaciones/", "/capacitaciones/?vista=mes", "/centros/cusco/"])
def test_la_segunda_visita_sale_de_la_cache_con_una_sola_consulta(client, curso, url, django_assert_num_queries):
    primera = client.get(url)
    with django_assert_num_queries(1):
        segunda = client.get(url)
    assert (primera.status_code, segunda.content) == (200, primera.content)
    assert "Age" in segunda
    cabeceras = {nombre: valor for nombre, valor in segunda.headers.items() if nombre != "Age"}
    assert cabeceras == dict(primera.headers)


def test_lo_guardado_es_lo_que_cada_quien_pidio(client, curso):
    client.get(CALENDARIO)
    assert "Cierre contable" not in client.get(f"{CALENDARIO}?q=inexistente").text
    assert "Age" not in client.get(CALENDARIO, headers={"host": "127.0.0.1"})
    assert "Age" not in client.get(CALENDARIO, headers={"HX-Request": "true"})
    assert "Age" in client.get(CALENDARIO, headers={"HX-Request": "true"})
    # «Atrás» en el navegador: htmx pide la página entera y no el fragmento.
    restaurar = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "Age" not in client.get(CALENDARIO, headers=restaurar)


def test_lo_que_se_publica_se_ve_al_instante(client, curso, ogauc):
    nueva = completa(titulo="Devengado del mes", estado="borrador", centro=curso.centro)
    assert "Devengado" not in client.get(CALENDARIO).text
    publicar(capacitacion=nueva, por=ogauc)
    assert "Devengado" in client.get(CALENDARIO).text


def test_lo_que_se_cancela_se_ve_al_instante(client, curso, ogauc):
    url = curso.get_absolute_url()
    assert "se canceló" not in client.get(url).text
    cancelar(capacitacion=curso, motivo="fuerza_mayor", por=ogauc)
    assert "se canceló" in client.get(url).text


def test_una_pagina_de_wagtail_se_renueva_al_publicarla_y_no_con_su_borrador(client, inicio):
    pagina = CentroPage.objects.get()
    client.get(pagina.url)
    pagina.introduccion = "Nos mudamos."
    revision = pagina.save_revision()
    assert "Age" in client.get(pagina.url)
    revision.publish()
    assert "Nos mudamos." in client.get(pagina.url).text
    pagina.refresh_from_db()
    pagina.unpublish()
    assert client.get(pagina.url).status_code == 404


def test_guardar_lo_que_el_publico_ve_sube_la_version(cusco, inicio):
    def sube(cambiar):
        antes = version_publica()
        cambiar()
        return version_publica() > antes

    ajustes = AjustesPortal.load()
    aviso = AvisoDeMural(centro=cusco, seccion="tupa", titulo="Requisitos")
    assert all(map(sube, [cusco.save, ajustes.save, aviso.save, aviso.delete, CentroPage.objects.get().delete]))


def test_la_inscripcion_y_lo_personal_no_se_guardan(client, curso, memoria):
    for url in (
        f"{curso.get_absolute_url()}inscripcion/",
        "/suscripcion/",
        "/salud/",
        "/acceso/entrar/",
        "/acceso/olvide/",
    ):
        assert not se_repone(client, url), url
    assert not memoria._cache


def test_con_sesion_del_personal_no_se_guarda_ni_se_sirve(client, curso, ogauc, memoria):
    client.get(CALENDARIO)
    client.force_login(ogauc)
    respuesta = client.get(CALENDARIO)
    assert "Age" not in respuesta
    assert respuesta["Cache-Control"] == "no-store, private"
    memoria.clear()
    client.get(CALENDARIO)
    assert not memoria._cache


def test_una_pagina_con_contrasena_no_se_guarda(client, inicio):
    pagina = PaginaEstandar.objects.get(slug="privacidad")
    PageViewRestriction.objects.create(page=pagina, restriction_type="password", password="clave")
    assert not se_repone(client, pagina.url)
    assert "no-store" in client.get(pagina.url)["Cache-Control"]


def test_una_consulta_larguisima_se_responde_y_no_ocupa_la_cache(client, curso, memoria):
    assert client.get(f"{CALENDARIO}?q={'a' * 600}").status_code == 200
    assert not memoria._cache


def test_quien_ya_la_tiene_recibe_304_este_o_no_guardada(client, curso, memoria):
    etiqueta = client.get(CALENDARIO)["ETag"]
    for vaciar in (lambda: None, memoria.clear):
        vaciar()
        respuesta = client.get(CALENDARIO, headers={"If-None-Match": f"W/{etiqueta}"})
        assert (respuesta.status_code, respuesta.content) == (304, b"")
    assert "Age" in client.get(CALENDARIO)  # el 304 también dejó guardada la página entera
    subir_version_publica()
    curso.titulo = "Otro título"
    curso.save()
    assert client.get(CALENDARIO, headers={"If-None-Match": etiqueta}).status_code == 200


def test_preguntar_si_cambio_tambien_deja_guardado_el_feed(client, curso):
    """Las agendas siempre preguntan con If-None-Match: si el 304 no guardara nada, cada una lo calcularía de nuevo."""
    feed = "/capacitaciones.ics"
    etiqueta = client.get(feed)["ETag"]
    caches["publica"].clear()
    assert client.get(feed, headers={"If-None-Match": etiqueta}).status_code == 304
    assert "Age" in client.get(feed)


@pytest.mark.parametrize("estropear", [lambda r: r.set_cookie("a", "b"), lambda r: patch_vary_headers(r, ["Cookie"])])
def test_una_vista_publica_que_pone_galletas_o_varia_con_ellas_no_se_guarda(rf, memoria, estropear):
    def vista(request):
        respuesta = HttpResponse("hola", headers={"Cache-Control": "public, max-age=30"})
        estropear(respuesta)
        return respuesta

    respuesta = cache_publica.CachePublica(vista)(rf.get("/x/"))
    assert respuesta["Cache-Control"] == "private, no-cache"
    assert not memoria._cache


def test_head_responde_lo_mismo_sin_cuerpo(client, curso):
    entera = client.get(CALENDARIO)
    sola = client.head(CALENDARIO)
    assert (sola.status_code, sola.content, sola["ETag"]) == (200, b"", entera["ETag"])


def test_lo_guardado_viaja_comprimido_a_quien_lo_pide(client, curso):
    entera = client.get(CALENDARIO).content
    for _ in range(2):
        respuesta = client.get(CALENDARIO, headers={"Accept-Encoding": "gzip"})
        assert respuesta["Content-Encoding"] == "gzip"
        assert gzip.decompress(respuesta.content) == entera
        assert "Accept-Encoding" in respuesta["Vary"]


def test_un_dominio_que_no_es_del_portal_no_entra_a_la_cache(client, curso):
    assert client.get(CALENDARIO, headers={"host": "ajeno.example"}).status_code == 400


def test_ninguna_pagina_guardable_lleva_token_ni_galletas(client, curso, monkeypatch):
    """Recorre todas las direcciones públicas; la caché además se negaría, y aquí no debe tener por qué."""
    negadas = []
    monkeypatch.setattr(cache_publica, "_privada", lambda respuesta: negadas.append(respuesta) or respuesta)
    argumentos = {"slug": curso.slug, "centro": "cusco", "mes": "2026-11", "token": "x"}
    publicas = set()
    for ruta in {*rutas(get_resolver()), "", "centros/", "centros/cusco/", "boletines/", "comunicados/", "privacidad/"}:
        if ruta.startswith("intranet/"):
            continue
        url = "/" + "".join(_valor(parte, argumentos) for parte in ruta.replace(">", "<").split("<"))
        respuesta = client.get(url)
        if "public" in respuesta.get("Cache-Control", "") and respuesta.status_code == 200 and not respuesta.streaming:
            publicas.add(ruta)
            assert b"csrfmiddlewaretoken" not in respuesta.content, url
            assert not respuesta.cookies, url
    assert not negadas
    assert {"", "capacitaciones/", "capacitaciones/<slug:slug>/", "centros/cusco/"} <= publicas


def _valor(parte, argumentos):
    return argumentos.get(parte.rpartition(":")[2], "x") if ":" in parte else parte


def _publicar_en_otro_proceso():
    olvidar_conexiones()
    subir_version_publica()


@pytest.mark.django_db(transaction=True)
def test_dos_procesos_con_la_misma_base_ven_la_version(client, cusco):
    curso = completa(centro=cusco, titulo="Cierre contable")
    assert se_repone(client, curso.get_absolute_url())
    connection.close()
    otro = multiprocessing.get_context("fork").Process(target=_publicar_en_otro_proceso)
    otro.start()
    otro.join()
    assert otro.exitcode == 0
    assert "Age" not in client.get(curso.get_absolute_url())


def test_llenar_la_cache_publica_no_borra_lo_demas():
    assert base.CACHES["publica"] != base.CACHES["default"]
