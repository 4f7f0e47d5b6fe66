"""Días y horas hábiles: lo que se cuenta y lo que no."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comun.plazos import enesimo_habil, es_habil, siguiente_habil, sumar_horas_habiles, ultimo_habil_del_mes
from organizacion.dias import NoLaborables, feriados

PERU = NoLaborables()
HORA = dt.timedelta(hours=1)


def lima(*partes):
    return timezone.make_aware(dt.datetime(*partes))


@pytest.mark.parametrize(
    ("fecha", "esperada"),
    [
        (dt.date(2026, 12, 25), dt.date(2026, 12, 28)),  # Navidad en viernes
        (dt.date(2027, 3, 25), dt.date(2027, 3, 29)),  # Jueves Santo
        (dt.date(2027, 4, 25), dt.date(2027, 4, 26)),
        (dt.date(2027, 7, 25), dt.date(2027, 7, 26)),
        (dt.date(2027, 9, 25), dt.date(2027, 9, 27)),
        (dt.date(2027, 1, 25), dt.date(2027, 1, 25)),
    ],
)
def test_lo_que_vence_en_dia_no_laborable_pasa_al_siguiente_habil(fecha, esperada):
    assert siguiente_habil(fecha, PERU) == esperada


@pytest.mark.parametrize(("mes", "dia"), [(1, 29), (2, 26), (7, 30), (10, 29), (12, 31)])
def test_el_ultimo_dia_habil_de_cada_mes_de_2027(mes, dia):
    assert ultimo_habil_del_mes(2027, mes, PERU) == dt.date(2027, mes, dia)


@pytest.mark.parametrize(
    ("anio", "mes", "numero", "esperada"),
    [
        (2027, 6, 5, dt.date(2027, 6, 8)),  # el 7 de junio es feriado
        (2027, 8, 5, dt.date(2027, 8, 9)),  # el 6 de agosto es feriado
        (2027, 4, 11, dt.date(2027, 4, 15)),
        (2027, 7, 11, dt.date(2027, 7, 15)),
        (2027, 10, 11, dt.date(2027, 10, 18)),  # el 8 de octubre es feriado
        (2028, 1, 11, dt.date(2028, 1, 17)),
    ],
)
def test_el_quinto_y_el_undecimo_dia_habil(anio, mes, numero, esperada):
    assert enesimo_habil(anio, mes, numero, PERU) == esperada


def test_treinta_dias_antes_del_anio_fiscal_es_el_2_de_diciembre():
    assert dt.date(2027, 1, 1) - dt.timedelta(days=30) == dt.date(2026, 12, 2)
    assert es_habil(dt.date(2026, 12, 2), PERU)


def test_un_dia_decretado_deja_de_ser_habil():
    puente = dt.date(2026, 12, 7)
    assert es_habil(puente, PERU)
    assert not es_habil(puente, NoLaborables(frozenset({puente})))


@pytest.mark.parametrize(
    ("desde", "horas", "esperado"),
    [
        (lima(2026, 11, 23, 11), 3, lima(2026, 11, 23, 14)),
        (lima(2026, 11, 23, 11), 10, lima(2026, 11, 24, 11)),  # diez horas: un día hábil
        (lima(2026, 11, 23, 8), 10, lima(2026, 11, 23, 18)),
        (lima(2026, 11, 27, 17), 2, lima(2026, 11, 30, 9)),  # viernes tarde: sigue el lunes
        (lima(2026, 11, 28, 10), 1, lima(2026, 11, 30, 9)),  # sábado
        (lima(2026, 11, 23, 22), 1, lima(2026, 11, 24, 9)),
        (lima(2026, 12, 7, 18), 1, lima(2026, 12, 10, 9)),  # el 8 y el 9 son feriados
    ],
)
def test_las_horas_corren_de_ocho_a_seis_en_dias_habiles(desde, horas, esperado):
    assert sumar_horas_habiles(desde, horas * HORA, PERU) == esperado


def test_quien_cuenta_en_otra_hora_del_mundo_recibe_la_de_lima():
    fin = sumar_horas_habiles(dt.datetime(2026, 11, 23, 16, tzinfo=dt.UTC), HORA, PERU)
    assert (fin.hour, str(fin.tzinfo)) == (12, "America/Lima")


momentos = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2028, 12, 1)).map(timezone.make_aware)
lapsos = st.integers(0, 50 * 60).map(lambda minutos: dt.timedelta(minutes=minutos))
decretados = st.frozensets(st.dates(dt.date(2025, 1, 1), dt.date(2029, 1, 31)), max_size=40).map(NoLaborables)


@given(momentos, lapsos, decretados)
def test_nunca_cae_fuera_de_hora_ni_en_dia_inhabil(desde, lapso, no_laborables):
    fin = sumar_horas_habiles(desde, lapso, no_laborables)
    assert fin >= desde
    assert dt.time(8) <= fin.time() <= dt.time(18)
    assert es_habil(fin.date(), no_laborables)


@given(momentos, lapsos, lapsos, decretados)
def test_sumar_de_una_vez_o_por_partes_da_lo_mismo(desde, una, otra, no_laborables):
    por_partes = sumar_horas_habiles(sumar_horas_habiles(desde, una, no_laborables), otra, no_laborables)
    juntas = sumar_horas_habiles(desde, una + otra, no_laborables)
    # Cerrar un día y abrir el siguiente es el mismo instante del reloj hábil.
    assert sumar_horas_habiles(juntas, HORA, no_laborables) == sumar_horas_habiles(por_partes, HORA, no_laborables)


@given(momentos, momentos, lapsos, lapsos, decretados)
def test_mas_tarde_o_mas_horas_nunca_vence_antes(uno, otro, corto, largo, no_laborables):
    antes, despues = sorted((uno, otro))
    menos, mas = sorted((corto, largo))
    assert sumar_horas_habiles(antes, menos, no_laborables) <= sumar_horas_habiles(despues, mas, no_laborables)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 1)), st.integers(1, 20), decretados)
def test_entre_el_primero_y_el_enesimo_hay_justo_esos_dias_habiles(fecha, numero, no_laborables):
    primero = fecha.replace(day=1)
    ultimo = enesimo_habil(fecha.year, fecha.month, numero, no_laborables)
    dias = [primero + dt.timedelta(days=n) for n in range((ultimo - primero).days + 1)]
    assert sum(es_habil(dia, no_laborables) for dia in dias) == numero


def test_los_feriados_de_ley_estan_sin_que_nadie_los_escriba():
    assert dt.date(2027, 7, 28) in feriados(2027)
