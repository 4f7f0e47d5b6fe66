"""La biblioteca normativa: qué se ve, qué se filtra y quién la lleva."""

import datetime as dt

import pytest
from django.urls import reverse

from home.busqueda import buscar
from home.models import BibliotecaPage, Norma
from tests import personas
from tests.fabricas import NormaFactory, SistemaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def normas(inicio):
    Norma.objects.all().delete()
    presupuesto = SistemaFactory()
    return {
        "vigente": NormaFactory(numero="D. Leg. N.° 1440", tipo="decreto_legislativo", sistema=presupuesto),
        "derogada": NormaFactory(
            numero="Ley N.° 28411", tipo="ley", fecha=dt.date(2004, 12, 8), sistema=presupuesto, esta_vigente=False
        ),
        "general": NormaFactory(numero="Ley N.° 27444", tipo="ley", titulo="Procedimiento Administrativo"),
    }


def numeros(respuesta):
    return {norma.numero for norma in respuesta.context["pagina"]}


@pytest.mark.parametrize(
    ("filtro", "esperadas"),
    [
        ({}, {"vigente", "derogada", "general"}),
        ({"sistema": "presupuesto"}, {"vigente", "derogada"}),
        ({"sistema": "generales"}, {"general"}),
        ({"tipo": "ley"}, {"derogada", "general"}),
        ({"anio": "2004"}, {"derogada"}),
        ({"vigencia": "vigentes"}, {"vigente", "general"}),
        ({"vigencia": "derogadas"}, {"derogada"}),
        ({"q": "procedimiento"}, {"general"}),
        ({"q": "DECRETO legislativo"}, {"vigente"}),
        ({"q": "D. Leg. N.° 1440"}, {"vigente"}),
        ({"tipo": "ley", "vigencia": "vigentes"}, {"general"}),
        ({"q": "xilófono"}, set()),
    ],
)
def test_los_filtros_van_en_la_direccion_y_se_combinan(client, normas, filtro, esperadas):
    assert numeros(client.get("/normas/", filtro)) == {normas[nombre].numero for nombre in esperadas}


@pytest.mark.parametrize("filtro", [{"sistema": "x"}, {"tipo": "\x00"}, {"anio": "99999"}, {"vigencia": "²"}])
def test_un_filtro_desconocido_se_dice_y_no_filtra(client, normas, filtro):
    respuesta = client.get("/normas/", filtro)

    assert len(numeros(respuesta)) == 3
    assert "No reconocemos ese valor" in respuesta.content.decode()


def test_sin_direccion_segura_se_muestran_los_datos_y_no_un_enlace(client, normas):
    texto = client.get("/normas/").content.decode()
    assert "<h2>D. Leg. N.° 1440</h2>" in texto

    normas["vigente"].enlace = "https://normas.example/1440"
    normas["vigente"].save()

    assert '<a href="https://normas.example/1440">D. Leg. N.° 1440</a>' in client.get("/normas/").content.decode()


def test_las_paginas_conservan_los_filtros(client, normas):
    NormaFactory.create_batch(30)

    texto = client.get("/normas/", {"tipo": "resolucion", "pagina": "1"}).content.decode()

    assert "?tipo=resolucion&amp;pagina=2" in texto


def test_mas_normas_no_hacen_mas_consultas(client, normas, django_assert_max_num_queries):
    client.get("/normas/")
    with django_assert_max_num_queries(15) as pocas:
        client.get("/normas/?a=1")
    antes = len(pocas)
    NormaFactory.create_batch(20, sistema=SistemaFactory())
    client.get("/")  # los menús se leen otra vez tras un cambio
    with django_assert_max_num_queries(antes):
        client.get("/normas/?a=2")


def test_una_norma_se_halla_por_su_numero_si_la_biblioteca_esta_publicada(client, normas):
    ficha = dict(buscar("1440").grupos)["Normas"][0]
    assert numeros(client.get(ficha["url"])) == {"D. Leg. N.° 1440"}

    BibliotecaPage.objects.get().unpublish()

    assert not buscar("1440").total


def test_comunicaciones_agrega_una_norma_sin_enlace(client, inicio, comunicaciones):
    client.force_login(comunicaciones)
    datos = {"tipo": "ley", "numero": "Ley N.° 1", "titulo": "De prueba", "fecha": "2026-01-01", "esta_vigente": "on"}

    client.post(reverse("home_norma_modeladmin_create"), datos)

    assert Norma.objects.get(numero="Ley N.° 1").texto_busqueda == "ley n.° 1 ley de prueba"


def test_un_centro_no_toca_las_normas(client, coordinadora):
    client.force_login(personas.coordinadora_de_cusco())

    assert client.get(reverse("home_norma_modeladmin_index")).status_code == 403
