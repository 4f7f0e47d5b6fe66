"""Mover una página o cambiarle la dirección deja la vieja llevando a la nueva."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from boletines.models import ComunicadoPage, ComunicadosIndexPage
from home.models import PaginaEstandar, ServiciosIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def privacidad(inicio):
    return PaginaEstandar.objects.get(slug="privacidad")


@pytest.fixture
def renombrar(django_capture_on_commit_callbacks):
    def a(pagina, slug):
        pagina.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            pagina.save_revision().publish()

    return a


def test_cambiar_la_direccion_deja_la_vieja_redirigiendo(client, privacidad, renombrar):
    renombrar(privacidad, "datos-personales")

    respuesta = client.get("/privacidad/")

    assert (respuesta.status_code, respuesta.url) == (301, "/datos-personales/")
    assert client.get("/datos-personales/").status_code == 200


def test_lo_que_cuelga_de_una_seccion_se_muda_con_ella(client, inicio, renombrar):
    indice = ComunicadosIndexPage.objects.get()
    indice.add_child(instance=ComunicadoPage(title="Uno", slug="uno", resumen="x", cuerpo="x"))
    renombrar(indice, "avisos")

    assert client.get("/comunicados/uno/").url == "/avisos/uno/"
    assert client.get("/avisos/uno/").status_code == 200


def test_mover_una_pagina_deja_la_vieja_redirigiendo(client, privacidad):
    privacidad.move(PaginaEstandar.objects.get(slug="accesibilidad"), pos="last-child")

    assert client.get("/privacidad/").url == "/accesibilidad/privacidad/"


def test_comunicaciones_ve_y_agrega_redirecciones(client, inicio, comunicaciones):
    client.force_login(comunicaciones)
    url = reverse("wagtailredirects:index")

    assert client.get(url).status_code == 200
    assert url in client.get(reverse("wagtailadmin_home")).content.decode()
    servicios = ServiciosIndexPage.objects.get()
    datos = {"old_path": "/tupa-viejo/", "is_permanent": "on", "redirect_page": servicios.pk, "redirect_link": ""}
    assert client.post(reverse("wagtailredirects:add"), datos).status_code == 302
    assert client.get("/tupa-viejo/").url == "/servicios/"


def test_una_coordinadora_no_las_toca(client, inicio, coordinadora):
    client.force_login(coordinadora)

    client.post(
        reverse("wagtailredirects:add"), {"old_path": "/x/", "redirect_page": PaginaEstandar.objects.first().pk}
    )

    assert not Redirect.objects.exists()
