"""Armar el programa (Anexo 5): la propuesta se edita antes de guardar, y el PDF lleva sus campos en orden."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from eventos.actions.filas import Filas
from eventos.actions.programa import guardar_programa
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.documentos import anexo5
from eventos.models import ActividadPrograma, Prueba
from eventos.propuesta_de_programa import proponer
from tests.fabricas import CapacitacionFactory, ExpositorFactory, SesionFactory, SistemaFactory
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

from .ayudas import completa, filas

pytestmark = pytest.mark.django_db


def pantalla(capacitacion):
    return reverse("eventos_intranet:programa", args=[capacitacion.pk])


def actividades(capacitacion):
    return [fila["actividad"] for fila in proponer(capacitacion)]


def test_r71_la_propuesta_lleva_registro_apertura_temas_refrigerio_encuesta_y_clausura(cusco):
    capacitacion = completa()
    ExpositorFactory(capacitacion=capacitacion, nombre="Rosa Ccori", tema="Devengado")
    assert actividades(capacitacion) == [
        "Registro de participantes",
        "Presentación del CONECTAMEF y del evento",
        "Normas del año",
        "Refrigerio",
        "Devengado",
        "Encuesta de satisfacción",
        "Clausura",
    ]


def test_la_informativa_va_sin_encuesta_la_virtual_sin_refrigerio_y_las_pruebas_al_empezar_y_terminar(cusco):
    informativa = completa(tipo="informativa", modalidad="virtual")
    assert "Encuesta de satisfacción" not in actividades(informativa)
    assert "Receso" in actividades(informativa)
    Prueba.objects.create(capacitacion=informativa, sistema=SistemaFactory())
    assert actividades(informativa)[2] == "Prueba de entrada"
    assert "Prueba de salida" in actividades(informativa)


def test_en_varias_sesiones_se_registra_en_cada_una_y_se_clausura_en_la_ultima(cusco):
    capacitacion = completa()
    SesionFactory(
        capacitacion=capacitacion, fecha=capacitacion.fecha_inicio, hora_inicio=dt.time(15), hora_fin=dt.time(18)
    )
    propuestas = actividades(capacitacion)
    assert propuestas.count("Registro de participantes") == 2
    assert propuestas.count("Clausura") == 1
    assert propuestas[-1] == "Clausura"


def test_proponer_no_guarda_y_lo_editado_si(cliente, cusco):
    capacitacion = completa()
    respuesta = cliente.get(f"{pantalla(capacitacion)}?proponer=1")
    assert "Es una propuesta" in respuesta.content.decode()
    assert not ActividadPrograma.objects.exists()

    enviadas = [
        {
            "hora_inicio": f"{fila['hora_inicio']:%H:%M}",
            "hora_fin": f"{fila['hora_fin']:%H:%M}",
            "actividad": f"{fila['actividad']}, editada",
        }
        for fila in proponer(capacitacion)
    ]
    cliente.post(pantalla(capacitacion), filas("actividades", enviadas))
    guardadas = list(ActividadPrograma.objects.values_list("actividad", flat=True))
    assert len(guardadas) == len(enviadas)
    assert all(actividad.endswith(", editada") for actividad in guardadas)
    assert "Proponer actividades" not in cliente.get(pantalla(capacitacion)).content.decode()


def test_con_el_expediente_cerrado_el_programa_no_cambia(asistente, cusco):
    capacitacion = completa(cerrada_en=timezone.now())
    fila = ActividadPrograma(
        sesion=capacitacion.sesiones.get(), hora_inicio=dt.time(9), hora_fin=dt.time(10), actividad="Registro"
    )
    with pytest.raises(ExpedienteCerrado):
        guardar_programa(capacitacion=capacitacion, actividades=Filas([fila]), por=asistente)
    assert not ActividadPrograma.objects.exists()


horas = st.integers(0, 23 * 60 + 54)


class PropuestaTest(TestCase):
    @settings(max_examples=40)
    @given(
        minutos=st.lists(st.tuples(horas, st.integers(5, 600)), min_size=1, max_size=4),
        expositores=st.integers(0, 12),
        modalidad=st.sampled_from(["presencial", "virtual"]),
    )
    def test_cada_actividad_cabe_en_su_sesion_y_ninguna_se_cruza(self, minutos, expositores, modalidad):
        capacitacion = CapacitacionFactory(sesiones=False, modalidad=modalidad)
        for dia, (desde, dura) in enumerate(minutos):
            hasta = min(desde + dura, 23 * 60 + 59)
            SesionFactory(
                capacitacion=capacitacion,
                fecha=capacitacion.fecha_inicio + dt.timedelta(days=dia),
                hora_inicio=dt.time(desde // 60, desde % 60),
                hora_fin=dt.time(hasta // 60, hasta % 60),
            )
        for _ in range(expositores):
            ExpositorFactory(capacitacion=capacitacion)
        anterior = None
        for fila in proponer(capacitacion):
            sesion = fila["sesion"]
            assert sesion.hora_inicio <= fila["hora_inicio"] < fila["hora_fin"] <= sesion.hora_fin
            if anterior and anterior["sesion"] == sesion:
                assert fila["hora_inicio"] == anterior["hora_fin"]
            anterior = fila
            ActividadPrograma(**fila).full_clean()


def test_el_anexo_5_trae_sus_campos_en_orden_y_es_accesible(cliente, cusco):
    capacitacion = completa()
    for fila in proponer(capacitacion):
        ActividadPrograma.objects.create(**fila)
    respuesta = cliente.get(reverse("eventos_intranet:anexo5", args=[capacitacion.pk]))
    octetos = respuesta.content
    exigir_ua1(octetos, f"Programa – {capacitacion}")
    campos = ["Programa", "Anexo 5", "Evento", capacitacion.titulo, "Fecha", "Lugar", "Hora", "Actividad"]
    campos += ["Metodología", "Responsable", "Registro de participantes", "Refrigerio", "Clausura"]
    exigir_en_orden(texto_de(octetos), campos)
    assert texto_de(octetos) == texto_de(anexo5.pdf(capacitacion))
