"""Los días del ciclo: se pide el 20, el centro contesta el 25 y el Responsable Técnico el último hábil (R108, R109)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from boletines.plazos import (
    comienzo_del_armado,
    dia_del_pedido,
    plazo_al_pedir,
    plazo_de_centro,
    plazo_de_sistema,
    plazo_del_armado,
    recordatorio_que_toca,
    recordatorios,
)
from comun.plazos import es_habil, habiles_entre
from organizacion.dias import NoLaborables

DE_LEY = NoLaborables()
ANIOS, MESES = st.integers(2024, 2035), st.integers(1, 12)
DIAS = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))


class CadaMes(frozenset):
    """Esos días de todos los meses son no laborables: así los decretados caen siempre cerca de un plazo."""

    def __contains__(self, fecha):
        return super().__contains__(fecha.day)


DECRETADOS = st.sets(st.integers(1, 31), max_size=6).map(CadaMes)


def test_el_25_habil_no_se_corre_y_el_que_cae_sabado_o_feriado_pasa_al_habil_posterior():
    assert plazo_de_centro(2026, 11, DE_LEY) == dt.date(2026, 11, 25)
    assert plazo_de_centro(2026, 4, DE_LEY) == dt.date(2026, 4, 27)  # el 25 es sábado
    assert plazo_de_centro(2026, 12, DE_LEY) == dt.date(2026, 12, 28)  # Navidad, y después fin de semana


def test_un_dia_decretado_en_la_provincia_del_centro_tambien_lo_corre():
    assert plazo_de_centro(2026, 11, NoLaborables(frozenset([dt.date(2026, 11, 25)]))) == dt.date(2026, 11, 26)


def test_el_20_no_se_corre_aunque_sea_domingo():
    assert dia_del_pedido(2026, 12) == dt.date(2026, 12, 20)
    assert dia_del_pedido(2026, 12).weekday() == 6


def test_la_primera_semana_son_los_cinco_primeros_dias_habiles():
    assert comienzo_del_armado(2026, 11, DE_LEY) == dt.date(2026, 12, 1)
    assert plazo_del_armado(2026, 11, DE_LEY) == dt.date(2026, 12, 7)
    assert plazo_del_armado(2026, 12, DE_LEY) == dt.date(2027, 1, 8)  # el 1 es feriado


@given(ANIOS, MESES, DECRETADOS)
def test_los_plazos_son_dias_habiles_y_ninguno_se_adelanta_al_suyo(anio, mes, dias):
    centro, sistema = plazo_de_centro(anio, mes, dias), plazo_de_sistema(anio, mes, dias)
    hasta = plazo_del_armado(anio, mes, dias)

    assert es_habil(centro, dias)
    assert centro >= dt.date(anio, mes, 25)
    assert not any(es_habil(dt.date(anio, mes, 25) + dt.timedelta(n), dias) for n in range((centro.day - 25) % 31))
    assert es_habil(sistema, dias)
    assert (sistema.year, sistema.month) == (anio, mes)
    assert habiles_entre(sistema, hasta, dias) == 5


@given(DIAS, DIAS, DECRETADOS)
def test_nadie_nace_atrasado(plazo, hoy, dias):
    nuevo = plazo_al_pedir(plazo, hoy, dias)
    assert nuevo >= hoy
    assert nuevo == plazo if plazo >= hoy else es_habil(nuevo, dias)


@given(DIAS, DECRETADOS)
def test_los_recordatorios_son_dos_dias_habiles_antes_el_mismo_dia_y_el_habil_siguiente(plazo, dias):
    antes, mismo, despues = recordatorios(plazo, dias)
    assert mismo == plazo
    assert es_habil(antes, dias)
    assert es_habil(despues, dias)
    assert habiles_entre(antes, plazo, dias) == 2 if es_habil(plazo, dias) else antes < plazo
    assert habiles_entre(plazo, despues, dias) == 1


@given(DIAS, st.integers(0, 20), st.integers(0, 40), DECRETADOS)
def test_un_pedido_tardio_no_recibe_los_recordatorios_anteriores_a_el(plazo, antes, transcurridos, dias):
    pedido_el = plazo - dt.timedelta(days=antes)
    hoy = pedido_el + dt.timedelta(days=transcurridos)
    fecha = recordatorio_que_toca(plazo, pedido_el, hoy, dias)

    assert fecha is None or pedido_el < fecha <= hoy
    assert fecha is None or fecha in recordatorios(plazo, dias)
