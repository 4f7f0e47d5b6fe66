"""Exportar un registro: sin fórmulas vivas, con los ceros, solo lo filtrado y con su huella."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from custodia.models import Huella
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import EntidadFactory, MedioFactory

pytestmark = pytest.mark.django_db

LISTA = "directorio_entidad_modeladmin_index"


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


def hoja(respuesta):
    return list(load_workbook(io.BytesIO(respuesta.content)).active.iter_rows())


def test_el_ubigeo_y_el_siaf_conservan_sus_ceros(cliente):
    EntidadFactory(codigo_siaf="000123")
    encabezados, fila = hoja(cliente.get(reverse(LISTA), {"export": "xlsx"}))
    valores = dict(zip([c.value for c in encabezados], [c.value for c in fila], strict=True))
    assert valores["Código SIAF"] == "000123"
    assert valores["Ubigeo"] == "080101"


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)"])
def test_una_formula_no_se_ejecuta(cliente, formula):
    EntidadFactory(nombre=formula)
    celda = hoja(cliente.get(reverse(LISTA), {"export": "xlsx"}))[1][0]
    assert celda.data_type == "s"
    csv = cliente.get(reverse(LISTA), {"export": "csv"}).content.decode("utf-8-sig")
    assert f"'{formula}" in csv.splitlines()[1]


def test_se_exporta_lo_filtrado_y_queda_huella(cliente, ogauc):
    EntidadFactory(tipo="GL")
    EntidadFactory(tipo="GR")
    assert len(hoja(cliente.get(reverse(LISTA), {"export": "xlsx", "tipo__exact": "GR"}))) == 2
    huella = Huella.objects.get(accion="exportar")
    assert (huella.usuario, huella.modelo, huella.detalle["filas"]) == (ogauc, "directorio.entidad", 1)


def test_un_registro_sin_columnas_de_exportacion_no_exporta(cliente):
    assert cliente.get(reverse("organizacion_organo_modeladmin_index"), {"export": "csv"}).status_code == 404
    assert not Huella.objects.exists()


def test_exportar_mas_filas_no_hace_mas_consultas(cliente, django_assert_max_num_queries):
    url = reverse("directorio_medio_modeladmin_index")
    MedioFactory.create_batch(2)
    cliente.post(f"{url}?export=csv", PARA_ALGO)
    with django_assert_max_num_queries(100) as cortas:
        cliente.post(f"{url}?export=csv", PARA_ALGO)
    MedioFactory.create_batch(8)
    with django_assert_max_num_queries(len(cortas)):
        cliente.post(f"{url}?export=csv", PARA_ALGO)
