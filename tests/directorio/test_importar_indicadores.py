"""Indicadores desde una hoja: primero se ve qué pasaría con cada fila, y al confirmar se guarda todo o nada."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comun.exportar import a_csv, a_xlsx
from directorio.models import Indicador, ValorDeIndicador
from directorio.situacion.actions import anotar_valor
from directorio.situacion.carga import cargar_indicadores
from directorio.situacion.forms import COLUMNAS
from tests import fabricas

pytestmark = pytest.mark.django_db
FILA = ["301234", "", "Avance de la ejecucion del presupuesto", "2026", "78.5", "Consulta amigable", "1/11/2026"]


@pytest.fixture
def entidad(cusco):
    cargar_indicadores()
    return fabricas.EntidadFactory(centro=cusco, nombre="Municipalidad de Prueba", codigo_siaf="301234")


@pytest.fixture
def cliente(client, entidad, coordinadora):
    client.force_login(coordinadora)
    return client


def subir(cliente, *filas, formato="xlsx", columnas=COLUMNAS):
    contenido = {"xlsx": a_xlsx, "csv": a_csv}[formato](columnas, filas)
    archivo = SimpleUploadedFile(f"indicadores.{formato}", contenido)
    return cliente.post(reverse("situacion_importar"), {"archivo": archivo})


def confirmar(cliente, revisada):
    return cliente.post(reverse("situacion_importar"), {"leido": revisada.context["sellado"]})


def valores():
    return {str(v.valor) for v in ValorDeIndicador.objects.all()}


@pytest.mark.parametrize("formato", ["xlsx", "csv"])
def test_se_ve_que_pasaria_y_al_confirmar_se_guarda(cliente, entidad, formato):
    poblacion = ["", entidad.distrito_id, "Población", "2025", "12,000", "INEI", ""]
    de_antes = [*FILA[:3], "2025", "75.27%", *FILA[5:]]
    revisada = subir(cliente, FILA, de_antes, poblacion, formato=formato)
    assert "Guardar 3 valores" in revisada.text
    assert not ValorDeIndicador.objects.exists()
    assert confirmar(cliente, revisada).status_code == 302
    assert valores() == {"78.50", "75.27", "12000.00"}


def test_una_fecha_de_excel_se_guarda_como_ese_dia(cliente):
    confirmar(cliente, subir(cliente, [*FILA[:3], 2026, 78.5, "MEF", dt.datetime(2026, 11, 1)]))
    assert ValorDeIndicador.objects.get().fecha == dt.date(2026, 11, 1)


def test_dice_lo_que_hoy_hay_y_lo_que_dira(cliente, entidad, coordinadora):
    avance = Indicador.objects.get(nombre="Avance de la ejecución del presupuesto")
    for periodo, valor in (("2026", "61.2"), ("2025", "50")):
        datos = {"indicador": avance, "entidad": entidad, "fuente": "MEF", "fecha": dt.date(2026, 1, 1)}
        anotar_valor(**datos, periodo=periodo, valor=Decimal(valor), por=coordinadora)
    iguales = [*FILA[:3], "2025", "50", *FILA[5:]]
    nuevo, igual = subir(cliente, FILA, iguales).context["renglones"]
    assert (nuevo.cifra_de_antes, nuevo.cifra, nuevo.es_igual) == ("61.20 %", "78.50 %", False)
    assert igual.es_igual


@pytest.mark.parametrize("valor", ["150.5", "-3", "150.5%"])
def test_un_porcentaje_que_no_esta_entre_0_y_100_se_pregunta(cliente, valor):
    revisada = subir(cliente, [*FILA[:4], valor, *FILA[5:]])
    assert "No está entre 0 y 100 %: ¿es así?" in revisada.text
    assert not ValorDeIndicador.objects.exists()
    confirmar(cliente, revisada)
    assert valores() == {f"{Decimal(valor.removesuffix('%')):.2f}"}


def test_lo_que_no_es_porcentaje_no_se_pregunta(cliente):
    pim = [*FILA[:2], "Presupuesto institucional modificado (PIM)", "2026", "86,900,029.28", *FILA[5:]]
    assert "¿es así?" not in subir(cliente, pim).text


@pytest.mark.parametrize(
    ("cambio", "queja"),
    [
        ({0: "999999"}, "Ninguna entidad suya"),
        ({2: "Felicidad"}, "no está en la lista"),
        ({3: "ayer"}, "Escriba un año"),
        ({4: "mucho"}, "no es un número"),
        ({4: "75,27"}, "la coma separa miles"),
        ({2: "Población", 4: "75%"}, "no es un número"),
        ({6: 2023}, "La fecha de la fuente no es posible"),
        ({4: "1e400"}, "no es un número"),
        ({5: ""}, "Falta la fuente"),
        ({6: "32/13/2026"}, "No se entiende la fecha"),
        ({}, "Repite la fila 2."),
    ],
)
def test_una_fila_mala_dice_por_que_y_no_se_guarda_ninguna(cliente, cambio, queja):
    mala = [cambio.get(n, celda) for n, celda in enumerate(FILA)]
    respuesta = subir(cliente, FILA, mala)
    assert "Fila 3" in respuesta.text
    assert queja in respuesta.text
    assert respuesta.context["sellado"] == ""
    assert not ValorDeIndicador.objects.exists()


def test_una_entidad_de_otro_centro_no_se_importa(cliente, arequipa):
    fabricas.EntidadFactory(centro=arequipa, codigo_siaf="309999")
    assert "Ninguna entidad suya" in subir(cliente, ["309999", *FILA[1:]]).text


def test_si_la_entidad_deja_de_ser_suya_antes_de_confirmar_no_se_guarda(cliente, entidad, arequipa):
    revisada = subir(cliente, FILA)
    type(entidad).objects.update(centro=arequipa)
    assert "no se guardó nada" in confirmar(cliente, revisada).text
    assert not ValorDeIndicador.objects.exists()


def test_lo_revisado_no_se_cambia_por_el_camino(cliente):
    respuesta = cliente.post(reverse("situacion_importar"), {"leido": "otra:cosa"})
    assert respuesta.context["form"].errors["archivo"]
    assert not ValorDeIndicador.objects.exists()


@pytest.mark.parametrize("formato", ["xlsx", "csv"])
def test_un_encabezado_que_falta_o_sobra_se_dice(cliente, formato):
    columnas = [*COLUMNAS[:5], "Origen", "Fecha"]
    errores = subir(cliente, FILA, formato=formato, columnas=columnas).context["form"].errors["archivo"]
    assert "Faltan los encabezados: Fuente. No se reconocen: Origen." in errores[0]


def test_sin_archivo_lo_pide(cliente):
    assert "Elija el archivo." in cliente.post(reverse("situacion_importar"), {"leido": ""}).text
