"""Lo que comparten todas las pruebas."""

import os

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key
from wagtail.models import Collection, Locale, Page, Site

from custodia import guardas, tapar
from home.carga import cargar_paginas
from tests import personas

# Playwright corre un bucle de eventos en el hilo de la prueba; Django lo tomaría por código asíncrono.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Un ejemplo que tarda no es un fallo: la máquina puede estar cargada. Los ejemplos comparten fixtures a sabiendas.
settings.register_profile("portal", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("portal")


@pytest.fixture(autouse=True)
def cache_limpia():
    """La caché en memoria vive entre pruebas: se vacía para que ninguna herede la de otra."""
    cache.clear()


@pytest.fixture(autouse=True)
def rastro_sin_datos_personales(monkeypatch):
    """Revisa cada ``anotar`` de la suite: un documento, un correo o un teléfono en el detalle la hace fallar."""

    def reprobar(accion, llave):
        raise AssertionError(f"La huella «{accion}» lleva un dato personal en «{llave}».")

    monkeypatch.setattr(tapar, "avisar", reprobar)


@pytest.fixture
def cusco(db):
    return personas.cusco()


@pytest.fixture
def arequipa(db):
    return personas.arequipa()


@pytest.fixture
def coordinadora(db):
    """Coordinadora del centro de Cusco."""
    return personas.coordinadora_de_cusco()


@pytest.fixture
def asistente(db):
    return personas.asistente_de_cusco()


@pytest.fixture
def especialista(db):
    return personas.especialista_de_cusco()


@pytest.fixture
def ogauc(db):
    return personas.directora_de_ogauc()


@pytest.fixture
def comunicaciones(db):
    return personas.comunicaciones()


@pytest.fixture
def inicio(cusco):
    """El inicio del portal, con sus secciones y la página de Cusco."""
    return cargar_paginas()


@pytest.fixture
def negar_en_corto(monkeypatch):
    """Niega sin armar la página que lo explica: es siempre la misma, y pedida miles de veces es lo que más tarda."""

    def en_corto(request, plantilla, contexto, *, status):
        return HttpResponse(status=status)

    monkeypatch.setattr("intranet.middleware.render", en_corto)
    monkeypatch.setattr("eventos.intranet.acceso.render", en_corto)


@pytest.fixture
def sin_cerca(settings):
    """Aparta la cerca de accesos (ADR 0028): se prueba la vista sola, con permisos que el rol no tiene."""
    settings.MIDDLEWARE = [nombre for nombre in settings.MIDDLEWARE if nombre != "intranet.middleware.Cerca"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Una prueba transaccional vacía todas las tablas al terminar: se repone lo que pusieron las migraciones.

    El rastro no se deja vaciar: sus disparadores se apartan mientras tanto.
    """
    marca = item.get_closest_marker("django_db")
    if not (
        {"transactional_db", "live_server"} & set(item.fixturenames) or (marca and marca.kwargs.get("transaction"))
    ):
        return (yield)
    with item.config.stash[blocking_manager_key].unblock():
        guardas.quitar(connection)
    try:
        return (yield)
    finally:
        with item.config.stash[blocking_manager_key].unblock():
            guardas.poner(connection)
            _reponer_raiz()


def _reponer_raiz():
    if Page.objects.exists():
        return
    Locale.objects.get_or_create(language_code="es-pe")
    raiz = Page.add_root(title="Root", slug="root")
    inicio = raiz.add_child(title="Welcome to your new Wagtail site!", slug="home")
    Site.objects.create(hostname="localhost", root_page=inicio, is_default_site=True)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")


def pytest_terminal_summary(terminalreporter):
    """Las medidas que las pruebas anotan con ``record_property("medida", …)``, también cuando corren repartidas."""
    medidas = [
        valor
        for informe in terminalreporter.stats.get("passed", [])
        for nombre, valor in getattr(informe, "user_properties", [])
        if nombre == "medida" and informe.when == "call"
    ]
    if medidas:
        terminalreporter.section("medidas")
        for medida in medidas:
            terminalreporter.write_line(medida)
