"""La portada: qué viene, qué hay de nuevo y dónde está el centro de cada quien."""

import datetime as dt

import pytest
from django.utils import timezone

from boletines.models import BoletinesIndexPage, BoletinPage, ComunicadoPage, ComunicadosIndexPage
from eventos.models import Capacitacion
from home.carga import cargar_paginas
from organizacion.models import Centro, Jurisdiccion
from tests.fabricas import CapacitacionFactory, ProvinciaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
MAX_CONSULTAS = 15


def comunicado(titulo, **cambios):
    datos = {"title": titulo, "resumen": f"Resumen de {titulo}", "cuerpo": "<p>Texto</p>", "fecha": HOY} | cambios
    return ComunicadosIndexPage.objects.get().add_child(instance=ComunicadoPage(**datos))


@pytest.fixture
def lleno(inicio, cusco):
    """Un portal con ocho capacitaciones, cuatro comunicados, una edición y una jurisdicción."""
    for dias in range(1, 9):
        CapacitacionFactory(titulo=f"Curso número {dias}", dias=dias, centro=cusco)
    for numero in range(4):
        comunicado(f"Comunicado {numero}", fecha=HOY - dt.timedelta(days=numero))
    BoletinesIndexPage.objects.get().add_child(instance=BoletinPage(title="Edición", anio=2026, mes=10))
    Jurisdiccion.objects.create(centro=cusco, provincia=ProvinciaFactory(), desde=HOY)
    return inicio


def test_muestra_las_seis_mas_proximas(client, lleno):
    texto = client.get("/").content.decode()

    assert "Curso número 1" in texto
    assert "Curso número 6" in texto
    assert "Curso número 7" not in texto


def test_ni_borradores_ni_canceladas_ni_pasadas_salen_en_la_portada(client, inicio):
    CapacitacionFactory(titulo="En borrador", estado=Capacitacion.Estado.BORRADOR)
    CapacitacionFactory(titulo="Ya cancelada", estado=Capacitacion.Estado.CANCELADA)
    CapacitacionFactory(titulo="De ayer", dias=-1)

    texto = client.get("/").content.decode()

    assert not [titulo for titulo in ("En borrador", "Ya cancelada", "De ayer") if titulo in texto]
    assert "Aún no hay fechas publicadas" in texto


def test_muestra_los_tres_comunicados_vigentes_mas_recientes_y_el_ultimo_boletin(client, lleno):
    ayer = HOY - dt.timedelta(days=1)
    comunicado("Vencido", fecha=ayer, vigente_hasta=ayer)

    texto = client.get("/").content.decode()

    assert [n for n in range(4) if f"Comunicado {n}" in texto] == [0, 1, 2]
    assert "Vencido" not in texto
    assert BoletinPage.objects.get().url in texto


def test_los_cuatro_servicios_y_el_descargo_estan_siempre(client, inicio):
    texto = client.get("/").content.decode()

    for servicio in ("Capacitación", "Absolución de consultas", "Asistencia técnica", "Mesa de partes"):
        assert servicio in texto
    assert "de ninguna manera convalida ni avala" in texto


def test_gasta_pocas_consultas_y_ninguna_galleta(client, lleno, django_assert_max_num_queries):
    client.get("/")  # los menús se leen una vez y se guardan
    with django_assert_max_num_queries(MAX_CONSULTAS):
        respuesta = client.get("/")

    assert not respuesta.cookies
    assert "csrfmiddlewaretoken" not in respuesta.content.decode()


def test_mas_capacitaciones_no_cuestan_mas_consultas(client, lleno, cusco, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(MAX_CONSULTAS) as pocas:
        client.get("/")
    for numero in range(10):
        CapacitacionFactory(titulo=f"Otra {numero}", dias=1, centro=cusco)
    with django_assert_max_num_queries(len(pocas)):
        client.get("/")


def test_el_departamento_lleva_a_su_centro(client, lleno, cusco):
    respuesta = client.get("/mi-centro/", {"departamento": "08"})

    assert respuesta.url == cusco.get_absolute_url()


def test_un_departamento_con_dos_centros_lleva_a_la_lista_que_dice_cuales(client, lleno, arequipa):
    cargar_paginas()
    provincia = ProvinciaFactory(codigo="0802", nombre="Acomayo")
    Jurisdiccion.objects.create(centro=arequipa, provincia=provincia, desde=HOY)

    respuesta = client.get("/mi-centro/", {"departamento": "08"}, follow=True)

    assert respuesta.redirect_chain == [("/centros/?departamento=08", 302)]
    assert "Lo atienden varios centros" in respuesta.content.decode()


def test_un_centro_que_ya_no_atiende_no_se_ofrece(client, lleno, cusco):
    Centro.objects.update(esta_activo=False)

    respuesta = client.get("/mi-centro/", {"departamento": "08"}, follow=True)

    assert respuesta.redirect_chain == [("/centros/?departamento=08", 302)]
    assert "Hoy no lo atiende ningún centro" in respuesta.content.decode()


def test_una_jurisdiccion_con_fecha_de_cierre_atiende_hasta_ese_dia(client, lleno, cusco):
    Jurisdiccion.objects.update(hasta=HOY)
    assert client.get("/mi-centro/", {"departamento": "08"}).url == cusco.get_absolute_url()

    Jurisdiccion.objects.update(desde=HOY - dt.timedelta(days=9), hasta=HOY - dt.timedelta(days=1))
    assert client.get("/mi-centro/", {"departamento": "08"}).url == "/centros/?departamento=08"


@pytest.mark.parametrize("codigo", ["", "99", "x", "08\x00", "²", "0" * 500, "08' OR 1=1"])
def test_un_departamento_sin_sentido_lleva_a_la_lista(client, lleno, codigo):
    assert client.get("/mi-centro/", {"departamento": codigo}).url == "/centros/"


def test_las_paginas_de_texto_dicen_donde_esta_uno(client, inicio):
    respuesta = client.get("/privacidad/")

    assert "Ley 29733" in respuesta.content.decode()
    assert '<a href="/">Inicio</a>' in respuesta.content.decode()
    assert not respuesta.cookies
