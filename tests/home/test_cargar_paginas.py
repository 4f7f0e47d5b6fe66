"""El portal nace con sus páginas, y volver a cargarlas no pisa a los editores."""

import pytest
from wagtail.models import Locale, Page, Site

from boletines.models import BoletinesIndexPage, ComunicadosIndexPage
from directorio.models import CentroPage, CentrosIndexPage
from eventos.models import CalendarioPage
from home.carga import cargar_paginas
from home.models import HomePage, PaginaEstandar

pytestmark = pytest.mark.django_db


def test_el_sitio_abre_en_el_inicio_y_no_en_la_bienvenida_de_wagtail(inicio, settings):
    sitio = Site.objects.get()

    assert sitio.root_page.specific == inicio
    assert f"http://{sitio.hostname}:{sitio.port}" == settings.URL_DEL_SITIO
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_cada_seccion_tiene_su_pagina_y_cada_centro_la_suya(inicio, cusco):
    for modelo in (CalendarioPage, BoletinesIndexPage, ComunicadosIndexPage, CentrosIndexPage):
        assert modelo.objects.get().get_parent().specific == inicio
    assert CentroPage.objects.get().centro == cusco


def test_el_idioma_de_las_paginas_es_el_del_sitio(inicio, settings):
    assert Locale.objects.get().language_code == settings.LANGUAGE_CODE
    assert inicio.locale == Locale.objects.get()


def test_repetirla_no_duplica_ni_deshace_lo_que_un_editor_cambio(inicio):
    privacidad = PaginaEstandar.objects.get(slug="privacidad")
    privacidad.cuerpo = "<p>Texto de la oficina</p>"
    privacidad.save()
    PaginaEstandar.objects.get(slug="accesibilidad").delete()
    inicio.secciones = [("portada", {"titular": "Otro titular"})]
    inicio.save()
    antes = Page.objects.count()

    assert cargar_paginas().secciones[0].value["titular"] == "Otro titular"

    privacidad.refresh_from_db()
    assert privacidad.cuerpo == "<p>Texto de la oficina</p>"
    assert HomePage.objects.count() == 1
    assert Page.objects.count() == antes


def test_una_seccion_que_falta_se_repone(inicio):
    CalendarioPage.objects.get().delete()

    cargar_paginas()

    assert CalendarioPage.objects.get().slug == "capacitaciones"


def test_el_sitio_sigue_a_la_direccion_del_ambiente(inicio, settings):
    settings.URL_DEL_SITIO = "https://conectamef.example"

    cargar_paginas()

    sitio = Site.objects.get()
    assert (sitio.hostname, sitio.port) == ("conectamef.example", 443)
