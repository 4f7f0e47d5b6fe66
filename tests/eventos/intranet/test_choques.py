"""Choques de expositores y de salas, y la agenda de las personas a través de los servicios."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from comun.agenda import Compromiso, compromisos_de, se_cruzan
from comun.registros import agendas
from eventos.choques import Bloque, choques_por_capacitacion, textos
from eventos.models import Capacitacion
from tests import personas
from tests.fabricas import (
    CapacitacionFactory,
    CentroFactory,
    DistritoFactory,
    ExpositorFactory,
    PersonalFactory,
    SesionFactory,
)

from .ayudas import datos_de_capacitacion, dentro_de, edicion_de, filas

pytestmark = pytest.mark.django_db
DIA = dt.date(2026, 12, 7)
MANANA, TARDE = (dt.time(9), dt.time(13)), (dt.time(14), dt.time(17))


@pytest.fixture
def julia(cusco):
    return PersonalFactory(nombres="Julia", apellidos="Huamán Rojas", centro=cusco)


def programada(titulo, *, horas=MANANA, fecha=DIA, quien=None, nombre="", **cambios):
    cambios = {"lugar": "", "centro": CentroFactory(nombre="Cusco")} | cambios
    capacitacion = CapacitacionFactory(
        titulo=titulo, slug=titulo.lower().replace(" ", "-"), sesiones=False, fecha_inicio=fecha, **cambios
    )
    SesionFactory(capacitacion=capacitacion, fecha=fecha, hora_inicio=horas[0], hora_fin=horas[1])
    if quien or nombre:
        ExpositorFactory(capacitacion=capacitacion, personal=quien, nombre=nombre or str(quien))
    return capacitacion


def choques(capacitacion, usuario):
    return textos(choques_por_capacitacion([capacitacion]).get(capacitacion.pk, []), usuario)


def test_quien_expone_en_dos_lugares_a_la_vez_choca_y_se_dice_con_que(julia, asistente):
    una = programada("Cierre", quien=julia)
    programada("Tesorería", quien=julia, horas=(dt.time(12), dt.time(14)))
    assert choques(una, asistente) == [
        "Julia Huamán Rojas está el lun 7 dic 2026, de 12:00\u00a0p.\u00a0m. a 2:00\u00a0p.\u00a0m., en «Tesorería»."
    ]


@pytest.mark.parametrize("cambio", [{"horas": TARDE}, {"fecha": DIA + dt.timedelta(1)}, {"estado": "cancelada"}])
def test_a_otra_hora_otro_dia_o_cancelada_no_choca(julia, asistente, cambio):
    una = programada("Cierre", quien=julia)
    programada("Tesorería", quien=julia, **cambio)
    assert choques(una, asistente) == []


def test_terminar_cuando_empieza_lo_otro_no_es_chocar(julia, asistente):
    una = programada("Cierre", quien=julia)
    programada("Tesorería", quien=julia, horas=(dt.time(13), dt.time(15)))
    assert choques(una, asistente) == []


def test_quien_no_es_del_personal_choca_por_su_nombre_sin_tildes_ni_mayusculas(asistente):
    una = programada("Cierre", nombre="Ana Pérez")
    programada("Tesorería", nombre="ANA  PEREZ")
    assert len(choques(una, asistente)) == 1


def test_dos_del_personal_que_se_llaman_igual_son_dos_personas(cusco, asistente):
    tocayas = [PersonalFactory(nombres="Ana", apellidos="Pérez", centro=cusco) for _ in range(2)]
    una = programada("Cierre", quien=tocayas[0])
    programada("Tesorería", quien=tocayas[1])
    assert choques(una, asistente) == []


def test_la_misma_sala_del_centro_a_la_misma_hora_choca(asistente):
    una = programada("Cierre", lugar="Auditorio")
    programada("Tesorería", lugar=" AUDITORIO ")
    assert choques(una, asistente)[0].startswith("Sala «Auditorio»: ocupada el lun 7 dic 2026")


def test_en_otro_centro_el_auditorio_es_otro_salvo_en_el_mismo_distrito(arequipa, asistente):
    una = programada("Cierre", lugar="Auditorio", distrito=DistritoFactory())
    otra = programada("Tesorería", lugar="Auditorio", centro=arequipa)
    assert choques(una, asistente) == []
    Capacitacion.objects.filter(pk=otra.pk).update(distrito=DistritoFactory())
    assert len(choques(una, asistente)) == 1


def test_lo_virtual_no_ocupa_sala(asistente):
    una = programada("Cierre", lugar="Plataforma", modalidad="virtual")
    programada("Tesorería", lugar="Plataforma", modalidad="virtual")
    assert choques(una, asistente) == []


def test_el_borrador_de_otro_centro_no_se_nombra_y_lo_publicado_si(julia, arequipa, asistente, ogauc):
    una = programada("Cierre", quien=julia)
    otra = programada("Secreta", quien=julia, centro=arequipa, estado="borrador")
    assert "en una actividad del CONECTAMEF Arequipa." in choques(una, asistente)[0]
    assert "«Secreta» (del CONECTAMEF Arequipa)" in choques(una, ogauc)[0]
    Capacitacion.objects.filter(pk=otra.pk).update(estado="publicada")
    assert "«Secreta» (del CONECTAMEF Arequipa)" in choques(una, asistente)[0]


def test_las_consultas_no_crecen_con_las_capacitaciones(julia, django_assert_max_num_queries):
    todas = [programada(f"Curso {n}", quien=julia, lugar="Auditorio") for n in range(12)]
    with django_assert_max_num_queries(3):
        assert len(choques_por_capacitacion(todas)) == 12


horas = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda h: h[0] < h[1])


@given(horas, horas)
def test_cruzarse_es_de_los_dos_y_es_compartir_algun_minuto(una, otra):
    bloques = [Bloque("x", DIA, dt.time(a), dt.time(b), "") for a, b in (una, otra)]
    comparten = bool(set(range(*una)) & set(range(*otra)))
    assert se_cruzan(*bloques) == se_cruzan(*reversed(bloques)) == comparten


# --- La agenda ---


@pytest.fixture
def visita(julia):
    """Lo que otro servicio le puso a Julia ese día."""
    compromiso = Compromiso(
        julia.pk, DIA, dt.time(12), dt.time(15), "Visita", "Anta", "/x/", (julia.centro_id, "Cusco")
    )

    def visitas(personal, desde, hasta):
        return [compromiso] if julia.pk in personal and desde <= DIA <= hasta else []

    agendas.anotar(visitas)
    yield compromiso
    agendas.remove(visitas)


def test_la_agenda_junta_lo_de_todos_los_servicios(julia, visita):
    programada("Cierre", quien=julia)
    programada("Cancelada", quien=julia, estado="cancelada")
    assert [c.titulo for c in compromisos_de([julia.pk], DIA, DIA)] == ["Cierre", "Anta"]
    assert compromisos_de([julia.pk], DIA + dt.timedelta(1), DIA + dt.timedelta(1)) == []


def test_se_choca_tambien_con_lo_de_otro_servicio(julia, visita, asistente):
    una = programada("Cierre", quien=julia)
    assert "en «Anta»." in choques(una, asistente)[0]


def ver_agenda(cliente, **consulta):
    return cliente.get(reverse("eventos_intranet:agenda"), {"semana": "2026-W50"} | consulta)


def test_la_agenda_de_la_semana_muestra_a_cada_persona_y_sus_choques(cliente, julia):
    programada("Conciliación", quien=julia)
    programada("Tesorería", quien=julia)
    texto = ver_agenda(cliente).text
    assert "Julia Huamán Rojas" in texto
    assert "Hay un choque esta semana" in texto
    assert "Conciliación" not in ver_agenda(cliente, semana="2026-W51").text


def test_en_la_agenda_lo_reservado_de_otro_centro_solo_dice_ocupado(cliente, julia, arequipa):
    otra = programada("Secreta", quien=julia, centro=arequipa, estado="borrador")
    texto = ver_agenda(cliente).text
    assert "Secreta" not in texto
    assert "Ocupado" in texto
    assert reverse("eventos_intranet:panel", args=[otra.pk]) not in texto


def test_la_agenda_de_otro_centro_no_existe(cliente, arequipa):
    assert ver_agenda(cliente, centro="arequipa").status_code == 404


def test_la_sede_elige_de_que_centro_ver_la_agenda(client, ogauc, julia):
    client.force_login(ogauc)
    assert "Elija un centro" in ver_agenda(client).text
    assert "Julia Huamán Rojas" in ver_agenda(client, centro="cusco").text


def test_sin_permiso_no_se_ve_la_agenda(client):
    client.force_login(personas.comunicaciones())
    assert ver_agenda(client).status_code == 403


def test_una_semana_que_no_existe_muestra_la_de_hoy(cliente):
    assert ver_agenda(cliente, semana="2026-W99").status_code == 200


# --- Al guardar ---


def test_al_programar_se_guarda_y_se_avisa_el_choque(cliente, julia):
    programada("Tesorería", quien=julia, fecha=dentro_de(7))
    expositor = {"personal": julia.pk, "procedencia": "centro", "tema": "Cierre"}
    datos = datos_de_capacitacion(**filas("expositores", [expositor]))
    respuesta = cliente.post(reverse("eventos_intranet:crear"), datos, follow=True)
    assert Capacitacion.objects.filter(titulo="Cierre contable").exists()
    assert "hay choques" in respuesta.text
    assert "en «Tesorería»" in respuesta.text


def test_al_editar_sin_choques_no_se_avisa_nada(cliente):
    una = programada("Cierre", nombre="Ana Pérez", estado="borrador", lugar="Auditorio")
    respuesta = cliente.post(reverse("eventos_intranet:editar", args=[una.pk]), edicion_de(una), follow=True)
    assert "Se guardó" in respuesta.text
    assert "choques" not in respuesta.text
