"""El documento o el correo que se busca en una lista no queda en la dirección, y todo lo demás sigue igual."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.urls import reverse

from custodia.intranet import solicitudes
from eventos.models import Inscripcion
from tests.custodia.derechos import oficial, solicitud
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import CapacitacionFactory, InscripcionFactory, PersonaFactory

pytestmark = pytest.mark.django_db

LISTA = reverse("inscripciones_modeladmin_index")
NUMERO = "40123456"


@pytest.fixture
def cliente(client, coordinadora):
    client.force_login(coordinadora)
    return client


@pytest.fixture
def rosa(cusco):
    """Su inscripción, y la de otra persona al lado."""
    curso = CapacitacionFactory(centro=cusco)
    InscripcionFactory(capacitacion=curso, nombres="Luis", apellidos="Ccori")
    return InscripcionFactory(
        capacitacion=curso,
        persona=PersonaFactory(numero_documento=NUMERO),
        nombres="Rosa",
        apellidos="Mamani",
        correo="rosa@muni.example",
    )


def enlaces(texto) -> list[str]:
    return re.findall(r'(?:href|action)="([^"]*)"', texto)


@pytest.mark.parametrize("buscado", [NUMERO, f"dni {NUMERO}", "rosa@muni.example"])
def test_se_halla_y_ni_la_direccion_ni_un_enlace_lo_llevan(cliente, rosa, buscado):
    respuesta = cliente.get(LISTA, {"q": buscado, "estado__exact": "confirmada"})
    assert respuesta.status_code == 302
    assert buscado.split()[-1] not in respuesta.url
    assert "estado__exact=confirmada" in respuesta.url
    pagina = cliente.get(respuesta.url)
    if " " not in buscado:
        assert [fila.pk for fila in pagina.context["object_list"]] == [rosa.pk]
    assert f'value="{buscado}"' in pagina.text, "lo que se escribió sigue en la casilla"
    assert not [enlace for enlace in enlaces(pagina.text) if buscado.split()[-1] in unquote(enlace)]


def test_las_paginas_y_los_filtros_siguen_con_lo_buscado(cliente, rosa):
    donde = cliente.get(LISTA, {"q": NUMERO}).url
    filtros = [enlace for enlace in enlaces(cliente.get(donde).text) if "estado__exact=" in enlace]
    assert filtros
    for enlace in filtros:
        pagina = cliente.get(f"{LISTA}{unescape(enlace)}")
        assert pagina.status_code == 200
        assert pagina.context["view"].query == NUMERO


def test_se_exporta_solo_lo_buscado(cliente, rosa):
    donde = cliente.get(LISTA, {"q": NUMERO}).url
    bajar = next(enlace for enlace in enlaces(cliente.get(donde).text) if "export=csv" in enlace)
    csv = cliente.post(unescape(bajar), PARA_ALGO).content.decode("utf-8-sig")
    assert "Mamani" in csv
    assert "Ccori" not in csv


def test_una_clave_de_otra_sesion_no_muestra_ni_exporta_todo(cliente, rosa):
    for pedir in (cliente.get, lambda url: cliente.post(url, PARA_ALGO)):
        respuesta = pedir(f"{LISTA}?q=~deotra12&export=csv")
        assert respuesta.status_code == 302
        assert "q=" not in respuesta.url
    assert "escríbala otra vez" in cliente.get(LISTA).text


def test_la_misma_busqueda_lleva_siempre_a_la_misma_clave_y_se_guardan_pocas(cliente, rosa):
    primera = cliente.get(LISTA, {"q": NUMERO}).url
    assert cliente.get(LISTA, {"q": NUMERO}).url == primera
    for n in range(40):
        cliente.get(LISTA, {"q": f"{41_000_000 + n}"})
    assert len(cliente.session["busquedas_reservadas"]) == 30


@pytest.mark.parametrize("buscado", ["mamani", "20123456789", "2026", "300123", ""])
def test_un_nombre_o_un_codigo_se_buscan_como_siempre(cliente, rosa, buscado):
    assert cliente.get(LISTA, {"q": buscado}).status_code == 200
    assert Inscripcion.objects.count() == 2


def test_en_la_lista_de_asistencia_tambien(cliente, rosa):
    mesa = reverse("eventos_intranet:asistencia", args=[rosa.capacitacion_id])
    respuesta = cliente.get(mesa, {"q": NUMERO}, follow=True)
    assert NUMERO not in respuesta.redirect_chain[0][0]
    assert respuesta.context["confirmadas"] == [rosa]


def test_en_las_solicitudes_sobre_datos_tambien(client, monkeypatch):
    monkeypatch.setattr(solicitudes, "POR_PAGINA", 1)
    una, _ = solicitud(), solicitud()
    client.force_login(oficial())
    pagina = client.get(reverse("custodia_solicitudes"), {"q": una.numero_documento}, follow=True)
    assert una.numero in pagina.text
    siguiente = next(enlace for enlace in enlaces(pagina.text) if "p=2" in enlace)
    assert una.numero_documento not in siguiente
    assert len(client.get(reverse("custodia_solicitudes") + unescape(siguiente)).context["filas"]) == 1
