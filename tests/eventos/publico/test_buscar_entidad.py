"""Elegir la propia entidad entre dos mil escribiendo parte de su nombre."""

import timeit

import pytest
from django.core.management import call_command
from django.urls import reverse

from directorio.models import Entidad
from tests.fabricas import DistritoFactory, EntidadFactory, ProvinciaFactory

pytestmark = pytest.mark.django_db


def test_la_busqueda_de_entidades_da_solo_lo_publico_y_ordena_por_parecido(client, cusco):
    EntidadFactory(nombre="Municipalidad Provincial de Cusco", centro=cusco, correo="mesa@muni.example")
    EntidadFactory(nombre="Municipalidad Provincial de Canchis y Cusco Unidos", centro=cusco)
    EntidadFactory(nombre="Municipalidad Provincial de Cusco (cerrada)", centro=cusco, esta_activa=False)

    def buscar(texto):
        return client.get(reverse("eventos:entidades"), {"q": texto}).json()["resultados"]

    halladas = buscar("MUNI prov cusco")
    assert [e["nombre"] for e in halladas][0] == "Municipalidad Provincial de Cusco"
    assert len(halladas) == 2
    assert set(halladas[0]) == {"id", "nombre", "distrito"}
    assert buscar("municipalida provinsial cuzco")[0]["nombre"] == "Municipalidad Provincial de Cusco"
    assert buscar("mu") == buscar("zzzzzz") == []
    assert "no-store" not in client.get(reverse("eventos:entidades"), {"q": "cusco"})["Cache-Control"]


def test_los_distritos_con_el_mismo_nombre_se_distinguen_por_su_provincia(client, db):
    DistritoFactory(ubigeo="080104", nombre="San Jerónimo")
    apurimac = ProvinciaFactory(codigo="0302", nombre="Andahuaylas")
    DistritoFactory(ubigeo="030213", nombre="San Jerónimo", provincia=apurimac)

    halladas = client.get(reverse("eventos:distritos"), {"q": "san jeronimo andahuaylas"}).json()["resultados"]

    assert halladas == [{"id": "030213", "nombre": "San Jerónimo", "distrito": "Andahuaylas, Cusco"}]


@pytest.fixture
def directorio(db):
    """Las 1,918 entidades reales."""
    call_command("cargar_datos", verbosity=0)


def buscar(client, texto):
    return client.get(reverse("eventos:entidades"), {"q": texto}).json()["resultados"]


def test_por_ubigeo_sale_la_de_ese_distrito(client, directorio):
    assert [e["nombre"] for e in buscar(client, "080108")] == ["Municipalidad Distrital de Wanchaq"]


def test_por_codigo_siaf_sale_la_suya_con_o_sin_los_ceros(client, directorio):
    Entidad.objects.filter(nombre="Municipalidad Distrital de Wanchaq").update(codigo_siaf="000301")
    for escrito in ("000301", "301", " 301 "):
        assert [e["nombre"] for e in buscar(client, escrito)][0] == "Municipalidad Distrital de Wanchaq"


@pytest.mark.parametrize(
    ("escrito", "esperada"),
    [
        ("municipalidad provincial de cusco", "Municipalidad Provincial de Cusco"),
        ("MUNI PROV CUSCO", "Municipalidad Provincial de Cusco"),
        ("munisipalida distrital wanchac", "Municipalidad Distrital de Wanchaq"),
        ("gobierno regional ancash", "Gobierno Regional de Áncash"),
    ],
)
def test_entre_todas_las_del_pais_sale_primero_la_que_se_busca(client, directorio, escrito, esperada):
    assert buscar(client, escrito)[0]["nombre"] == esperada


def test_entre_1918_entidades_responde_en_menos_de_cien_milisegundos(client, directorio):
    """Lo más caro: lo que calza con casi todas y lo que no calza con ninguna. Se toma la mejor de cinco."""
    assert Entidad.objects.count() == 1918
    for escrito in ("muni", "munisipalida distrital wanchac", "zzzz qqqq", "080108"):
        tiempos = [timeit.timeit(lambda q=escrito: buscar(client, q), number=1) for _ in range(5)]
        assert min(tiempos) < 0.1, escrito


def test_las_consultas_no_crecen_con_lo_que_se_halla(client, directorio, django_assert_max_num_queries):
    for escrito in ("muni", "zzzz qqqq", "080108"):
        with django_assert_max_num_queries(5):
            buscar(client, escrito)
