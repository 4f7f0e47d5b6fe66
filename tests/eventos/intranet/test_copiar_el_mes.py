"""Copiar el programa del mes anterior: qué fecha se propone y qué se copia."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from comun.plazos import es_habil
from eventos.actions.copia import copiar
from eventos.calendario import ultimo_dia
from eventos.copia import fecha_equivalente, fechas_desde
from eventos.models import ActividadPrograma, Capacitacion, Expositor, Inscripcion, Sesion
from organizacion.dias import NoLaborables
from tests.fabricas import CapacitacionFactory, ExpositorFactory, InscripcionFactory, SesionFactory

DICIEMBRE = dt.date(2026, 12, 1)
dias = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
meses = dias.map(lambda dia: dia.replace(day=1))


# --- Las fechas ---


def test_el_segundo_martes_sigue_siendo_el_segundo_martes():
    assert fecha_equivalente(dt.date(2026, 11, 10), DICIEMBRE) == dt.date(2026, 12, 8)


def test_un_feriado_pasa_al_habil_que_sigue():
    """El segundo martes de diciembre de 2026 es 8, Inmaculada; el 9 también es feriado."""
    assert fecha_equivalente(dt.date(2026, 11, 10), DICIEMBRE, NoLaborables()) == dt.date(2026, 12, 10)


def test_si_no_hay_quinto_es_el_ultimo():
    assert fecha_equivalente(dt.date(2026, 11, 30), DICIEMBRE) == dt.date(2026, 12, 28)


def test_si_ya_no_queda_habil_en_el_mes_se_adelanta():
    """El quinto jueves de diciembre, 31; si no se trabaja, el 30."""
    assert fecha_equivalente(dt.date(2026, 10, 29), DICIEMBRE, {dt.date(2026, 12, 31)}) == dt.date(2026, 12, 30)


@given(dias, meses, st.sets(dias, max_size=20))
def test_la_fecha_propuesta_es_habil_y_de_ese_mes(fecha, mes, decretadas):
    no_laborables = NoLaborables(frozenset(decretadas))
    propuesta = fecha_equivalente(fecha, mes, no_laborables)
    assert mes <= propuesta <= ultimo_dia(mes)
    assert es_habil(propuesta, no_laborables)


@given(dias, meses)
def test_sin_feriados_de_por_medio_cae_el_mismo_dia_de_la_semana_y_el_mismo_ordinal(fecha, mes):
    if fecha.weekday() > 4:
        return
    propuesta = fecha_equivalente(fecha, mes)
    assert propuesta.weekday() == fecha.weekday()
    ordinal, quinto = (fecha.day - 1) // 7, (propuesta.day - 1) // 7
    assert quinto == ordinal or (ordinal == 4 and quinto == 3)


@given(dias, st.lists(st.integers(1, 9), max_size=6), st.sets(dias, max_size=20))
def test_las_sesiones_guardan_su_orden_su_numero_y_caen_en_habiles(primera, saltos, decretadas):
    no_laborables = NoLaborables(frozenset(decretadas))
    fechas = [dt.date(2026, 11, 2)]
    for salto in saltos:
        fechas.append(fechas[-1] + dt.timedelta(salto))
    corridas = fechas_desde(primera, fechas, no_laborables)
    assert len(corridas) == len(fechas)
    assert corridas[0] == primera
    assert all(antes < despues for antes, despues in zip(corridas, corridas[1:], strict=False))
    assert all(es_habil(fecha, no_laborables) for fecha in corridas[1:])


# --- La copia ---


@pytest.fixture
def original(cusco):
    """De dos días en noviembre, con programa, expositora, sistema y una persona inscrita."""
    primero, segundo = dt.date(2026, 11, 10), dt.date(2026, 11, 11)
    capacitacion = CapacitacionFactory(
        titulo="Cierre contable",
        centro=cusco,
        sesiones=False,
        fecha_inicio=primero,
        fecha_fin=segundo,
        objetivo="Cerrar.",
        enlace_virtual="https://reunion.example/1",
    )
    for fecha in (primero, segundo):
        sesion = SesionFactory(capacitacion=capacitacion, fecha=fecha)
        ActividadPrograma.objects.create(sesion=sesion, hora_inicio="09:00", hora_fin="09:15", actividad="Registro")
    ExpositorFactory(capacitacion=capacitacion, nombre="Julia Huamán", tema="Cierre")
    InscripcionFactory(capacitacion=capacitacion)
    return capacitacion


def pantalla(cliente, **consulta):
    return cliente.get(reverse("eventos_intranet:programa-copiar"), {"mes": "2026-12"} | consulta)


def enviar(cliente, *elegidas, mes="2026-12", **cambios):
    datos = {}
    for original, fecha in elegidas:
        datos |= {f"c{original.pk}-elegida": "on", f"c{original.pk}-fecha": fecha}
    url = f"{reverse('eventos_intranet:programa-copiar')}?mes={mes}"
    return cliente.post(url, datos | cambios, follow=True)


@pytest.mark.django_db
def test_copia_todo_menos_las_inscripciones_y_lo_propio_de_la_fecha(cliente, original):
    assert 'value="2026-12-10"' in pantalla(cliente).text
    enviar(cliente, (original, "2026-12-10"))
    copia = Capacitacion.objects.exclude(pk=original.pk).get()
    assert (copia.titulo, copia.estado, copia.objetivo, copia.enlace_virtual) == (
        "Cierre contable",
        "borrador",
        "Cerrar.",
        "",
    )
    assert [s.fecha for s in copia.sesiones.all()] == [dt.date(2026, 12, 10), dt.date(2026, 12, 11)]
    assert [e.nombre for e in copia.expositores.all()] == ["Julia Huamán"]
    assert ActividadPrograma.objects.filter(sesion__capacitacion=copia).count() == 2
    assert list(copia.sistemas.all()) == list(original.sistemas.all())
    assert not copia.inscripciones.exists()
    assert Inscripcion.objects.count() == 1


@pytest.mark.django_db
def test_copiar_dos_veces_no_duplica(cliente, original):
    enviar(cliente, (original, "2026-12-10"))
    enviar(cliente, (original, "2026-12-10"))
    assert Capacitacion.objects.count() == 2
    assert "Ya está programada ese día" in pantalla(cliente).text


@pytest.mark.django_db
def test_sin_elegir_ninguna_lo_dice_y_no_copia(cliente, original):
    assert "Elija al menos una" in enviar(cliente).text
    assert Capacitacion.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fecha", ["", "mañana", "2026-02-31", "0206-12-10"])
def test_una_fecha_mala_se_dice_y_no_se_copia_ninguna(cliente, original, cusco, fecha):
    otra = CapacitacionFactory(titulo="Otra", centro=cusco, fecha_inicio=dt.date(2026, 11, 12))
    respuesta = enviar(cliente, (otra, "2026-12-03"), (original, fecha))
    assert "error-message" in respuesta.text
    assert Capacitacion.objects.count() == 2


@pytest.mark.django_db
def test_si_una_falla_no_se_copia_ninguna(asistente, original, cusco, monkeypatch):
    otra = CapacitacionFactory(titulo="Otra", centro=cusco, fecha_inicio=dt.date(2026, 11, 12))
    antes = [modelo.objects.count() for modelo in (Capacitacion, Sesion, Expositor)]

    def falla(**_):
        if Capacitacion.objects.count() > 3:
            raise RuntimeError

    monkeypatch.setattr("eventos.actions.copia.guardar_programa", falla)
    with pytest.raises(RuntimeError):
        copiar(centro=cusco, elegidas=[(original, DICIEMBRE), (otra, DICIEMBRE)], por=asistente)
    assert [modelo.objects.count() for modelo in (Capacitacion, Sesion, Expositor)] == antes


@pytest.mark.django_db
def test_no_se_ofrece_lo_de_otro_centro_lo_de_la_sede_ni_lo_cancelado(cliente, arequipa, cusco):
    fecha = dt.date(2026, 11, 12)
    for titulo, cambios in {
        "De Arequipa": {"centro": arequipa},
        "De la sede": {"centro": None, "organizador": "sede"},
        "Cancelada": {"centro": cusco, "estado": "cancelada"},
    }.items():
        CapacitacionFactory(titulo=titulo, fecha_inicio=fecha, **cambios)
    assert "no hay nada que copiar" in pantalla(cliente).text


@pytest.mark.django_db
def test_a_otro_centro_no_se_copia(cliente, arequipa):
    assert pantalla(cliente, centro="arequipa").status_code == 404
