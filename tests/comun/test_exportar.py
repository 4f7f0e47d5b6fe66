"""Las tablas que se descargan llevan texto y números, nunca fórmulas ni datos recortados."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from comun.exportar import a_csv, a_xlsx


def celdas(filas):
    libro = load_workbook(io.BytesIO(a_xlsx(["dato"], filas)))
    return [fila[0].value for fila in libro.active.iter_rows(min_row=2)]


def test_un_documento_con_ceros_es_texto():
    assert celdas([["01234567"]]) == ["01234567"]
    assert "01234567" in a_csv(["dato"], [["01234567"]]).decode("utf-8-sig")


def test_un_numero_y_una_fecha_siguen_siendolo():
    assert celdas([[18.5], [dt.date(2026, 11, 24)]]) == [18.5, dt.datetime(2026, 11, 24)]


@pytest.mark.parametrize(("valor", "texto"), [(True, "sí"), (False, "no"), (None, None), ("a\x0bb", "ab")])
def test_lo_demas_se_escribe_en_palabras(valor, texto):
    assert celdas([[valor]]) == [texto]


def test_excel_abre_el_csv_con_sus_tildes():
    assert a_csv(["año"], []).startswith(b"\xef\xbb\xbf")
