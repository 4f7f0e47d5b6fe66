"""La lista de capacitaciones: filtros, orden, descarga y consultas contadas."""

import pytest

from eventos.models import Capacitacion
from tests.fabricas import CapacitacionFactory, InscripcionFactory

from .ayudas import completa, de_hoy

pytestmark = pytest.mark.django_db
LISTA = "/intranet/capacitaciones/"


@pytest.mark.parametrize(
    ("filtro", "titulos"),
    [
        ({"cuando": "proximas"}, {"De hoy", "Próxima"}),
        ({"cuando": "hoy"}, {"De hoy"}),
        ({"cuando": "pasadas"}, {"Pasada"}),
        ({"cuando": "sin-fecha"}, {"Sin fecha"}),
        ({"estado__exact": "borrador"}, {"Sin fecha"}),
        ({"q": "proxima"}, {"Próxima"}),
        ({}, {"De hoy", "Próxima", "Pasada", "Sin fecha"}),
    ],
)
def test_los_filtros_muestran_lo_que_dicen(cliente, cusco, filtro, titulos):
    de_hoy(titulo="De hoy")
    completa(titulo="Próxima")
    completa(titulo="Pasada", dias=-40)
    CapacitacionFactory(
        titulo="Sin fecha", centro=cusco, sesiones=False, fecha_inicio=None, fecha_fin=None, estado="borrador"
    )
    assert {c.titulo for c in cliente.get(LISTA, filtro).context["object_list"]} == titulos


@pytest.mark.parametrize("basura", [{"cuando": "ayer"}, {"centro__id__exact": "x"}, {"p": "9" * 40}, {"o": "-99"}])
def test_un_filtro_con_basura_no_falla(cliente, basura):
    completa()
    assert cliente.get(LISTA, basura, follow=True).status_code == 200


def test_las_consultas_no_crecen_con_las_filas(cliente, django_assert_max_num_queries):
    for _ in range(8):
        InscripcionFactory.create_batch(2, capacitacion=completa(cupos=5))
    cliente.get(LISTA)  # la primera visita llena las cachés
    with django_assert_max_num_queries(23):
        texto = cliente.get(LISTA).content.decode()
    assert "2 de 5" in texto


def test_la_descarga_trae_inscritos_y_sistemas(cliente):
    InscripcionFactory(capacitacion=completa())
    filas = cliente.get(LISTA, {"export": "csv"}).content.decode("utf-8-sig")
    assert "Inscritos" in filas
    assert "Presupuesto Público" in filas


def test_el_registro_manda_a_las_pantallas_propias(cliente):
    capacitacion = completa()
    texto = cliente.get(LISTA).content.decode()
    assert f"/intranet/capacitaciones/{capacitacion.pk}/" in texto
    assert "/intranet/capacitaciones/nueva/" in texto
    assert cliente.get(f"/intranet/capacitaciones/delete/{capacitacion.pk}/").status_code == 404
    assert Capacitacion.objects.exists()


def test_primero_lo_de_hoy_y_lo_que_viene_y_al_final_lo_pasado(cliente, cusco):
    completa(titulo="Hace un año", dias=-365)
    completa(titulo="En un mes", dias=30)
    completa(titulo="Ayer", dias=-1)
    CapacitacionFactory(titulo="Sin fecha", centro=cusco, sesiones=False, fecha_inicio=None, fecha_fin=None)
    completa(titulo="Mañana", dias=1)
    de_hoy(titulo="Hoy")
    en_orden = ["Hoy", "Mañana", "En un mes", "Sin fecha", "Ayer", "Hace un año"]
    assert [c.titulo for c in cliente.get(LISTA).context["object_list"]] == en_orden


def test_una_columna_elegida_manda_sobre_la_cercania(cliente):
    for titulo, dias in [("B", 1), ("A", 9), ("C", -3)]:
        completa(titulo=titulo, dias=dias)
    assert [c.titulo for c in cliente.get(LISTA, {"o": "0"}).context["object_list"]] == ["A", "B", "C"]
