"""Leer una hoja de cálculo que alguien sube, venga como venga."""

import io
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from comun import hojas
from comun.hojas import leer_hoja

COLUMNAS = ("Título", "Fecha", "Cupos")


def libro(*filas, encabezados=COLUMNAS, combinar=()):
    cuaderno = Workbook()
    hoja = cuaderno.active
    for fila in (encabezados, *filas):
        hoja.append(fila)
    for rango in combinar:
        hoja.merge_cells(rango)
    salida = io.BytesIO()
    cuaderno.save(salida)
    return salida.getvalue()


def leer(contenido, maximo=10, nombre="programa.xlsx"):
    archivo = SimpleUploadedFile(nombre, contenido)
    return leer_hoja(archivo, columnas=COLUMNAS, obligatorias=("Título", "Fecha"), maximo=maximo)


def rechazo(contenido, **opciones):
    with pytest.raises(ValidationError) as error:
        leer(contenido, **opciones)
    return error.value.messages[0]


def sin_parte(contenido, *, quitar="", cambiar=None):
    """El mismo libro sin una de sus partes, o con alguna cambiada."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as antes, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as ahora:
        for nombre in antes.namelist():
            if nombre != quitar:
                ahora.writestr(nombre, (cambiar or {}).get(nombre, antes.read(nombre)))
    return salida.getvalue()


def test_cada_fila_trae_su_numero_y_sus_valores_y_las_blancas_no_cuentan():
    filas = leer(libro(["Cierre", "7/12/2026", 20], [None, " ", None], ["Tesorería", "8/12/2026"]))
    assert [(f.numero, f.valores) for f in filas] == [
        (2, {"Título": "Cierre", "Fecha": "7/12/2026", "Cupos": 20}),
        (4, {"Título": "Tesorería", "Fecha": "8/12/2026", "Cupos": None}),
    ]


def test_los_encabezados_valen_en_otro_orden_sin_tildes_y_con_asterisco():
    (fila,) = leer(libro(["7/12/2026", "Cierre"], encabezados=("FECHA *", "titulo")))
    assert fila.valores == {"Título": "Cierre", "Fecha": "7/12/2026"}


def test_dice_que_encabezados_faltan_y_cuales_no_reconoce():
    queja = rechazo(libro(["Cierre", 20], encabezados=("Título", "Cuposs")))
    assert "Faltan los encabezados: Fecha." in queja
    assert "Cuposs" in queja
    assert "Título" in rechazo(libro(encabezados=("Título", "Título", "Fecha")))


def test_una_formula_es_error_de_su_fila_y_no_se_evalua():
    (fila,) = leer(libro(["Cierre", "=HOY()", 20]))
    assert fila.errores == ["«Fecha» es una fórmula: pegue solo su valor."]
    assert fila.valores["Fecha"] is None


def test_las_celdas_combinadas_son_error_de_sus_filas():
    filas = leer(libro(["Cierre", "7/12/2026", 20], ["", "8/12/2026", 20], ["Otra", "9/12/2026"], combinar=["A2:A3"]))
    assert [bool(f.errores) for f in filas] == [True, True, False]
    assert "A2:A3" in filas[0].errores[0]
    assert "combinadas (A1:B1)" in rechazo(libro(["Cierre", "7/12/2026"], encabezados=COLUMNAS, combinar=["A1:B1"]))


def test_lo_escrito_bajo_una_columna_sin_encabezado_no_se_pierde_callado():
    (fila,) = leer(libro(["Cierre", "7/12/2026", 20, "¿y esto?"]))
    assert fila.errores == ["Hay algo escrito en la columna D, que no tiene encabezado."]


def cien_mil_filas():
    texto = "<c t='inlineStr'><is><t>{}</t></is></c>"
    encabezados = "".join(texto.format(columna) for columna in COLUMNAS)
    fila = texto.format("Cierre") + texto.format("7/12/2026") + "<c><v>20</v></c>"
    filas = f"<row>{encabezados}</row>" + f"<row>{fila}</row>" * 100_000
    espacio = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    hoja = f"<worksheet xmlns='{espacio}'><sheetData>{filas}</sheetData></worksheet>"
    return sin_parte(libro(["a"]), cambiar={"xl/worksheets/sheet1.xml": hoja.encode()})


def test_cien_mil_filas_se_rechazan_sin_leerlas_todas():
    contenido, comienzo = cien_mil_filas(), time.process_time()
    assert "Tiene más de 2,000 filas" in rechazo(contenido, maximo=2000)
    assert time.process_time() - comienzo < 8


def test_una_hoja_sin_filas_lo_dice():
    assert "ninguna fila" in rechazo(libro())


@pytest.mark.parametrize(
    ("contenido", "queja"),
    [
        (b"", "No es un libro de Excel"),
        (b"titulo;fecha\nCierre;7/12/2026", "No es un libro de Excel"),
        (b"%PDF-1.7", "No es un libro de Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "antiguo (.xls) o con clave"),
        (b"PK\x03\x04" + b"basura" * 50, "dañado"),
        (libro(["Cierre", "7/12/2026"])[:-400], "dañado"),
        (sin_parte(libro(["a"]), quitar="xl/worksheets/sheet1.xml"), "dañado"),
        (sin_parte(libro(["a"]), quitar="xl/workbook.xml"), "No es un libro de Excel"),
        (sin_parte(libro(["a"]), cambiar={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}), "dañado"),
        (sin_parte(libro(["a"]), cambiar={"xl/workbook.xml": b"no es xml"}), "dañado"),
    ],
)
def test_lo_que_no_es_un_libro_o_esta_danado_lo_dice(contenido, queja):
    assert queja in rechazo(contenido)


def test_una_bomba_no_se_abre():
    bomba = sin_parte(libro(["a", "b"]), cambiar={"xl/styles.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
    assert len(bomba) < 200_000
    assert "crece demasiado" in rechazo(bomba)


def test_una_bomba_que_miente_su_tamano_tampoco():
    """La ficha del zip dice que mide poco: se lee hasta ahí y no más."""
    bomba = bytearray(sin_parte(libro(["a", "b"]), cambiar={"xl/styles.xml": b"<a>" + b" " * 40_000_000}))
    medida = (40_000_003).to_bytes(4, "little")
    posicion = bomba.find(medida)
    while posicion >= 0:
        bomba[posicion : posicion + 4] = (2_000).to_bytes(4, "little")
        posicion = bomba.find(medida)
    assert rechazo(bytes(bomba))


def test_las_entidades_xml_no_se_expanden():
    mil_risas = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ja"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    assert "no se abre" in rechazo(sin_parte(libro(["a"]), cambiar={"xl/workbook.xml": mil_risas}))


def test_uno_muy_pesado_se_rechaza_por_su_peso(monkeypatch):
    monkeypatch.setattr(hojas, "TOPE", 1000)
    assert "lo más que se admite" in rechazo(libro(["Cierre", "7/12/2026"]))


def test_se_lee_la_primera_hoja_a_la_vista():
    cuaderno = Workbook()
    cuaderno.active.append(["Listas"])
    cuaderno.active.sheet_state = "hidden"
    hoja = cuaderno.create_sheet("Programa")
    for fila in (COLUMNAS, ["Taller", "7/12/2026", 3]):
        hoja.append(fila)
    salida = io.BytesIO()
    cuaderno.save(salida)
    [fila] = leer(salida.getvalue())
    assert fila.valores["Título"] == "Taller"


@pytest.mark.parametrize(
    ("guarda", "formato", "se_ve"),
    [(0.7527, "0.00%", "75.27%"), (1, "0%", "100%"), (75, '0"%"', 75), (75, "General", 75)],
)
def test_un_porcentaje_se_lee_como_se_ve(guarda, formato, se_ve):
    cuaderno = Workbook()
    hoja = cuaderno.active
    for fila in (COLUMNAS, ["Taller", "7/12/2026", guarda]):
        hoja.append(fila)
    hoja["C2"].number_format = formato
    salida = io.BytesIO()
    cuaderno.save(salida)
    [fila] = leer(salida.getvalue())
    assert fila.valores["Cupos"] == se_ve
