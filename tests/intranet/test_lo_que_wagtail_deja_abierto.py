"""Las pantallas de Wagtail que abren sin preguntar por el centro ni por el rol."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.search import index

from tests import personas
from tests.fabricas import EntidadFactory, OperadorFactory, UsuarioFactory

pytestmark = pytest.mark.django_db

INFORMES = ["site_history", "site_history_results", "workflow", "workflow_tasks", "aging_pages", "locked_pages"]


@pytest.mark.parametrize("informe", INFORMES)
def test_los_informes_no_se_abren_por_su_direccion(informe, client, coordinadora, arequipa):
    ajeno = OperadorFactory(entidad=EntidadFactory(centro=arequipa), apellidos="Huallpa Ccori")
    log(instance=ajeno, action="wagtail.edit")
    client.force_login(coordinadora)
    respuesta = client.get(reverse(f"wagtailadmin_reports:{informe}"))
    assert respuesta.status_code == 403
    assert "Huallpa" not in respuesta.content.decode()


def test_el_superusuario_abre_los_informes(client):
    client.force_login(UsuarioFactory(is_superuser=True))
    assert client.get(reverse("wagtailadmin_reports:site_history")).status_code == 200


def test_a_los_informes_se_entra_con_clave(client):
    url = reverse("wagtailadmin_reports:site_history")
    assert client.get(url).url.startswith(reverse("account_login"))


@pytest.fixture
def borrador():
    raiz = Page.objects.get(depth=1)
    pagina = raiz.add_child(instance=Page(title="Comunicado que aun no sale", slug="aun-no", live=False))
    index.insert_or_update_object(pagina)
    return pagina


@pytest.mark.parametrize(("ruta", "consulta"), [("choose_page", {}), ("choose_page_search", {"q": "comunicado"})])
def test_elegir_una_pagina_no_muestra_borradores_ajenos(ruta, consulta, client, borrador):
    client.force_login(personas.asistente_de_cusco())
    respuesta = client.get(reverse(f"wagtailadmin_{ruta}"), consulta)
    assert respuesta.status_code == 200
    assert borrador.title not in respuesta.content.decode()


@pytest.mark.parametrize(("ruta", "consulta"), [("choose_page", {}), ("choose_page_search", {"q": "comunicado"})])
def test_quien_edita_el_borrador_si_lo_elige(ruta, consulta, client, borrador):
    client.force_login(UsuarioFactory(is_superuser=True))
    respuesta = client.get(reverse(f"wagtailadmin_{ruta}"), consulta)
    assert borrador.title in respuesta.content.decode()


def test_el_servidor_no_pide_a_la_red_un_video_por_su_direccion(client, coordinadora, monkeypatch):
    salidas = []
    monkeypatch.setattr("requests.get", lambda url, **k: salidas.append(url))
    client.force_login(coordinadora)
    datos = {"embed-chooser-url": "https://www.youtube.com/watch?v=abc"}
    respuesta = client.post(reverse("wagtailembeds:chooser_upload"), datos)
    assert respuesta.status_code == 200
    assert salidas == []
