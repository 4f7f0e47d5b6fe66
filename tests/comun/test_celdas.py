"""Leer lo que la gente escribe en una celda."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comun.celdas import leer_entero, leer_fecha, leer_hora, leer_texto

SIETE = dt.date(2026, 12, 7)


@pytest.mark.parametrize(
    "valor",
    [
        dt.datetime(2026, 12, 7),
        SIETE,
        46363,
        46363.0,
        "7/12/2026",
        "07-12-26",
        "7.12.2026",
        "2026-12-07",
        "2026-12-07 00:00:00",
        "7 de diciembre de 2026",
        "Lunes 7 de Diciembre del 2026",
        "7 dic 2026",
    ],
)
def test_una_fecha_se_entiende_como_venga(valor):
    assert leer_fecha(valor) == SIETE


def test_setiembre_se_escribe_de_dos_maneras():
    assert leer_fecha("7 de setiembre de 2026") == leer_fecha("7 de septiembre de 2026") == dt.date(2026, 9, 7)


@pytest.mark.parametrize("valor", ["31/2/2026", "12/31/2026", "mañana", "", "7/12", True, 1e20, "0/0/0"])
def test_una_fecha_que_no_existe_se_dice(valor):
    with pytest.raises(ValueError, match="No se entiende la fecha"):
        leer_fecha(valor)


@pytest.mark.parametrize(
    ("valor", "hora"),
    [
        ("9", (9, 0)),
        ("930", (9, 30)),
        ("1430", (14, 30)),
        ("9:30", (9, 30)),
        ("9.30", (9, 30)),
        ("14h30", (14, 30)),
        ("14:30 hrs", (14, 30)),
        ("2:30 p. m.", (14, 30)),
        ("2:30 PM", (14, 30)),
        ("12 am", (0, 0)),
        ("12:15\u00a0p.\u00a0m.", (12, 15)),
        ("09:00:00", (9, 0)),
        (9, (9, 0)),
        (0.375, (9, 0)),
        (dt.time(9, 30, 15), (9, 30)),
        (dt.datetime(2026, 12, 7, 9, 30), (9, 30)),
        (dt.timedelta(hours=9), (9, 0)),
    ],
)
def test_una_hora_se_entiende_como_venga(valor, hora):
    assert leer_hora(valor) == dt.time(*hora)


@pytest.mark.parametrize("valor", ["25:00", "13 pm", "0 am", "9:75", "tarde", "", "99999", 1.5])
def test_una_hora_que_no_existe_se_dice(valor):
    with pytest.raises(ValueError, match="No se entiende la hora"):
        leer_hora(valor)


@given(st.dates(dt.date(2010, 1, 1), dt.date(2099, 12, 31)))
def test_la_fecha_escrita_de_cada_forma_es_la_misma(fecha):
    serie = (fecha - dt.date(1899, 12, 30)).days
    assert leer_fecha(f"{fecha:%d/%m/%Y}") == leer_fecha(fecha.isoformat()) == leer_fecha(serie) == fecha


@given(st.times().map(lambda hora: hora.replace(second=0, microsecond=0)))
def test_la_hora_escrita_de_cada_forma_es_la_misma(hora):
    fraccion = (hora.hour * 60 + hora.minute) / 1440
    doce = f"{hora.hour % 12 or 12}:{hora.minute:02d} {'am' if hora.hour < 12 else 'pm'}"
    assert leer_hora(f"{hora:%H:%M}") == leer_hora(f"{hora:%H%M}") == leer_hora(doce) == leer_hora(fraccion) == hora


@given(st.text())
def test_ningun_texto_hace_fallar_de_otro_modo(texto):
    for leer in (leer_fecha, leer_hora, lambda valor: leer_entero(valor, 1, 10)):
        with contextlib.suppress(ValueError):
            assert leer(texto) is not None


def test_el_doce_de_excel_es_doce():
    assert leer_texto(12.0) == "12"
    assert leer_entero(12.0, 1, 100) == 12
    with pytest.raises(ValueError, match="de 1 a 10,000"):
        leer_entero("muchos", 1, 10_000)
