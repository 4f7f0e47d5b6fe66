"""Si un centro atiende hoy: solo se afirma lo que su horario, sus cierres y el calendario dicen claro."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comun.templatetags.comun import hora
from directorio.horario import SEMANA, dias_especiales, hoy_en, leer_horario
from organizacion.models import DiaNoLaborable, HorarioEspecial
from tests.fabricas import CentroFactory

LUNES = dt.date(2026, 11, 23)
CORRIDO = "Lunes a viernes de 8:30 a. m. a 5:30 p. m."
horas = st.times(max_value=dt.time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))


def a_las(horas, minutos=0, fecha=LUNES):
    return timezone.make_aware(dt.datetime.combine(fecha, dt.time(horas, minutos)))


def hoy(centro, ahora):
    return hoy_en(centro, dias_especiales(centro, timezone.localtime(ahora).date()), ahora).replace("\u00a0", " ")


@given(abre=horas, cierra=horas, primero=st.integers(0, 6), ultimo=st.integers(0, 6))
def test_un_horario_bien_escrito_se_lee_como_se_escribio(abre, cierra, primero, ultimo):
    horario = leer_horario(f"{SEMANA[primero].title()} a {SEMANA[ultimo]} de {hora(abre)} a {hora(cierra)}")

    if abre < cierra and primero <= ultimo:
        assert (horario.primero, horario.ultimo, horario.abre, horario.cierra) == (primero, ultimo, abre, cierra)
    else:
        assert horario is None


@given(st.text(max_size=60))
def test_cualquier_texto_se_lee_sin_fallar(texto):
    leer_horario(texto)
    leer_horario(f"{CORRIDO} {texto}")


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "Previa cita",
        f"{CORRIDO} Refrigerio de 1:00 a 2:00 p. m.",
        "Lunes a viernes de 8:30 a. m. a 1:00 p. m. y de 2:00 p. m. a 5:30 p. m.",
        "Lunes a viernes de 13:30 p. m. a 5:30 p. m.",
        "Lunes a viernes de 8:75 a. m. a 5:30 p. m.",
        "Lunes, miércoles y viernes de 8:30 a. m. a 5:30 p. m.",
    ],
)
def test_si_hay_duda_no_se_afirma(texto):
    assert leer_horario(texto) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ahora", "dice"),
    [
        (a_las(8), "Hoy atiende de 8:30 a. m. a 5:30 p. m."),
        (a_las(8, 30), "Hoy atiende hasta las 5:30 p. m."),
        (a_las(17, 29), "Hoy atiende hasta las 5:30 p. m."),
        (a_las(17, 30), "Hoy atendió hasta las 5:30 p. m."),
        (a_las(10, fecha=LUNES - dt.timedelta(1)), "Hoy no atiende"),
        (a_las(10, fecha=dt.date(2026, 12, 8)), "Hoy no atiende: Inmaculada Concepción"),
    ],
)
def test_dice_hasta_que_hora_atiende_hoy(ahora, dice):
    assert hoy(CentroFactory(horario=CORRIDO), ahora) == dice


@pytest.mark.django_db
def test_un_cierre_del_centro_vale_mas_que_su_horario():
    centro = CentroFactory(horario=CORRIDO)
    HorarioEspecial.objects.create(centro=centro, desde=LUNES, hasta=LUNES, motivo="Mudanza")

    assert hoy(centro, a_las(10)) == "Hoy no atiende: Mudanza"
    assert hoy(centro, a_las(10, fecha=LUNES + dt.timedelta(1))) == "Hoy atiende hasta las 5:30 p. m."


@pytest.mark.django_db
def test_un_horario_especial_sirve_aunque_el_normal_no_se_entienda():
    centro = CentroFactory(horario="Previa cita")
    assert hoy(centro, a_las(10)) == ""
    fechas = {"desde": LUNES, "hasta": LUNES, "esta_cerrado": False}
    HorarioEspecial.objects.create(centro=centro, abre=dt.time(8), cierra=dt.time(13), motivo="Cierre", **fechas)

    assert hoy(centro, a_las(10)) == "Hoy atiende hasta las 1:00 p. m."


@pytest.mark.django_db
def test_avisa_los_dias_decretados_del_proximo_mes_y_no_los_domingos():
    centro = CentroFactory(horario=CORRIDO)
    DiaNoLaborable.objects.create(fecha=LUNES + dt.timedelta(4), motivo="Día decretado")
    DiaNoLaborable.objects.create(fecha=LUNES + dt.timedelta(6), motivo="Domingo decretado")
    DiaNoLaborable.objects.create(fecha=LUNES + dt.timedelta(40), motivo="Muy lejos")

    motivos = [dia.motivo for dia in dias_especiales(centro, LUNES)]

    assert motivos == ["Día decretado", "Inmaculada Concepción", "Batalla de Ayacucho"]


@pytest.mark.django_db
def test_la_pagina_del_centro_lo_muestra_en_pocas_consultas(client, inicio, cusco, django_assert_max_num_queries):
    manana = timezone.localdate() + dt.timedelta(1)
    HorarioEspecial.objects.create(centro=cusco, desde=manana, hasta=manana, motivo="Mudanza al segundo piso")
    client.get("/centros/cusco/")

    with django_assert_max_num_queries(15):
        html = client.get("/centros/cusco/").content.decode()

    assert "Mudanza al segundo piso" in html
    assert 'href="/preguntar/?centro=cusco"' in html


@pytest.mark.django_db
def test_un_centro_que_no_atiende_no_dice_horario_ni_recibe_preguntas(client, inicio, cusco):
    cusco.esta_activo = False
    cusco.save()

    html = client.get("/centros/cusco/").content.decode()

    assert "Hoy atiende" not in html
    assert "/preguntar/" not in html
