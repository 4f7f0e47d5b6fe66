"""Sinónimos que edita el personal, «¿Quiso decir…?» y sugerencias mientras se escribe."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from home.busqueda import SUGERENCIAS, buscar, sugerir
from home.models import Sinonimo
from home.templatetags.buscar import resaltar
from tests.fabricas import CapacitacionFactory

pytestmark = pytest.mark.django_db


def titulos(consulta):
    return [ficha["titulo"] for _, fichas in buscar(consulta).grupos for ficha in fichas]


def test_un_sinonimo_vale_desde_que_se_guarda_y_hasta_que_se_borra(client, inicio, comunicaciones):
    CapacitacionFactory(titulo="Rendición de cuentas")
    assert not titulos("rendicuenta")
    client.force_login(comunicaciones)

    client.post(
        reverse("home_sinonimo_modeladmin_create"), {"termino": "RENDICUENTA", "equivale_a": "rendición de cuentas"}
    )
    assert titulos("rendicuenta")[0] == "Rendición de cuentas"

    Sinonimo.objects.get(termino="rendicuenta").delete()
    assert not titulos("rendicuenta")


def test_un_sinonimo_de_varias_palabras_las_pide_todas(inicio):
    CapacitacionFactory(titulo="Asistencia al evento")

    assert "Asistencia al evento" not in titulos("AT")
    assert titulos("AT")[0] == "Asistencia técnica"


def test_lo_que_tiene_la_palabra_misma_va_antes_que_su_sinonimo(inicio):
    CapacitacionFactory(titulo="Taller de tesorería")

    assert titulos("taller")[0] == "Taller de tesorería"


@pytest.mark.parametrize(
    ("termino", "equivale_a", "campo"),
    [
        ("dos palabras", "x1", "termino"),
        ("de", "algo", "termino"),
        ("siaf2", "SIAF2", "equivale_a"),
        ("a1", "de la", "equivale_a"),
    ],
)
def test_un_sinonimo_que_no_serviria_se_explica(termino, equivale_a, campo):
    with pytest.raises(ValidationError) as error:
        Sinonimo(termino=termino, equivale_a=equivale_a).full_clean()

    assert campo in error.value.message_dict


def test_una_errata_se_corrige_y_se_dice(client, inicio):
    CapacitacionFactory(titulo="Conciliación de cuentas")

    texto = client.get("/buscar/", {"q": "consiliacion cuentas"}).content.decode()

    assert "¿Quiso decir <strong>«conciliación cuentas»</strong>?" in texto
    assert "<mark>Conciliación</mark> de <mark>cuentas</mark>" in texto


def test_lo_que_existe_no_se_corrige(inicio):
    CapacitacionFactory(titulo="Giros")
    CapacitacionFactory(titulo="Gires")

    assert buscar("giros").corregida == ""


def test_el_resaltado_escapa_lo_demas(inicio):
    from comun.relevancia import interpretar

    marcado = resaltar("<b>Presupuesto</b> & más", interpretar("presupuesto"))

    assert marcado == "&lt;b&gt;<mark>Presupuesto</mark>&lt;/b&gt; &amp; más"


def test_se_sugiere_por_el_comienzo_de_la_ultima_palabra(client, inicio):
    CapacitacionFactory(titulo="Formulación presupuestaria")

    respuesta = client.get("/buscar/sugerencias/", {"q": "formulación pres"})

    sugerencia = respuesta.json()["sugerencias"][0]
    assert sugerencia["titulo"] == "Formulación presupuestaria"
    assert sugerencia["detalle"].startswith("Capacitaciones · ")
    assert client.get(sugerencia["url"]).status_code == 200
    assert "max-age" in respuesta["Cache-Control"]
    assert not respuesta.cookies


def test_a_lo_mas_ocho_y_solo_por_el_titulo(inicio):
    for n in range(12):
        CapacitacionFactory(titulo=f"Presupuesto {n}", slug=f"p-{n}", objetivo="Xilófonos")

    assert 0 < len(sugerir("presu")) <= SUGERENCIAS
    assert not sugerir("xilof")


@pytest.mark.parametrize("consulta", ["", "a", "pr", "\x00\x00\x00", "%%%", "***", "de la", "x" * 5000, "😀😀😀"])
def test_la_basura_no_sugiere_nada(client, inicio, consulta):
    respuesta = client.get("/buscar/sugerencias/", {"q": consulta})

    assert respuesta.status_code == 200
    assert respuesta.json() == {"sugerencias": []}


def test_un_material_se_halla_cuando_ya_se_puede_bajar(inicio):
    for titulo, dias, antes in (
        ("Láminas de almacén", -3, False),
        ("Láminas futuras", 9, False),
        ("Guía previa", 9, True),
    ):
        capacitacion = CapacitacionFactory(titulo="Almacén", slug=f"a{dias}{antes}", dias=dias)
        capacitacion.materiales.create(titulo=titulo, archivo="materiales/x.pdf", visible_antes=antes)

    assert "Láminas de almacén" in titulos("láminas")
    assert "Láminas futuras" not in titulos("láminas")
    assert "Guía previa" in titulos("guía")


def test_el_material_de_una_cancelada_no_se_anuncia_porque_no_se_puede_bajar(client, inicio):
    capacitacion = CapacitacionFactory(titulo="Almacén", slug="cancelada", dias=-3, estado="cancelada")
    capacitacion.materiales.create(titulo="Láminas de almacén", archivo="materiales/x.pdf")

    assert "Láminas de almacén" not in titulos("láminas")
    (unica,) = client.get("/capacitaciones/cancelada.json").json()["items"]
    assert unica["_conectamef"]["materiales"] == 0


def test_un_tipo_se_ve_entero(client, inicio):
    for n in range(8):
        CapacitacionFactory(titulo=f"Almacén {n}", slug=f"almacen-{n}")
    resumida = client.get("/buscar/", {"q": "almacén"}).content.decode()
    assert resumida.count("<mark>Almacén</mark>") == 5
    assert "tipo=capacitaciones" in resumida

    entera = client.get("/buscar/", {"q": "almacén", "tipo": "capacitaciones"}).content.decode()

    assert entera.count("<mark>Almacén</mark>") == 8


def test_mas_capacitaciones_no_hacen_mas_consultas(client, inicio, django_assert_max_num_queries):
    CapacitacionFactory(titulo="Almacén")
    buscar("almacén")
    with django_assert_max_num_queries(40) as pocas:
        buscar("almacén")
    for n in range(10):
        CapacitacionFactory(titulo=f"Almacén {n}", slug=f"a-{n}")
    with django_assert_max_num_queries(len(pocas)):
        buscar("almacén")
