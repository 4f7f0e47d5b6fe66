"""Digitar encuestas de papel y ver sus resultados sin descubrir a nadie."""

import uuid

import pytest
from django.db import IntegrityError
from django.urls import reverse

from eventos.actions.encuesta import Hoja, SinEncuesta, registrar_respuestas
from eventos.encuestas import resumen_de
from eventos.models import Calificacion, RespuestaEncuesta
from tests.fabricas import AsistenciaFactory, ExpositorFactory, InscripcionFactory

from .ayudas import completa, con_participantes, de_hoy

pytestmark = pytest.mark.django_db
LOTE = "6f1c1d3e-6a44-4a0e-9d55-1f2f3c4d5e6f"


@pytest.fixture
def capacitacion(cusco):
    return con_participantes(completa(dias=-2))


def pantalla(capacitacion):
    return reverse("eventos_intranet:encuestas", args=[capacitacion.pk])


def rejilla(*hojas, **cambios):
    """Lo que manda la rejilla con ``hojas`` y dos filas en blanco después."""
    datos = {"lote": LOTE, "hojas-TOTAL_FORMS": len(hojas) + 2, "hojas-INITIAL_FORMS": 0}
    for numero, hoja in enumerate(hojas):
        datos |= {f"hojas-{numero}-{campo}": valor for campo, valor in hoja.items()}
    return datos | cambios


def hojas_iguales(cuantas, nota=4, **textos):
    return [Hoja({("general", None): nota}, **textos) for _ in range(cuantas)]


def test_se_guardan_las_hojas_con_sus_notas_por_expositor(cliente, capacitacion):
    primero = capacitacion.expositores.get()
    segundo = ExpositorFactory(capacitacion=capacitacion)
    hoja = {"casos": "3", f"dudas-{primero.pk}": "4", f"dudas-{segundo.pk}": "1", "general": "2", "otros_temas": "SIAF"}

    cliente.post(pantalla(capacitacion), rejilla(hoja))

    respuesta = RespuestaEncuesta.objects.get()
    notas = {(c.item, c.expositor): c.valor for c in respuesta.calificaciones.all()}
    assert notas == {("casos", None): 3, ("dudas", primero): 4, ("dudas", segundo): 1, ("general", None): 2}
    assert respuesta.otros_temas == "SIAF"
    assert respuesta.fecha == capacitacion.fecha_fin


def test_las_hojas_en_blanco_no_se_guardan_y_una_en_medio_no_estorba(cliente, capacitacion):
    cliente.post(pantalla(capacitacion), rejilla({"general": "4"}, {"general": "  "}, {"recomendaciones": "Más casos"}))
    assert RespuestaEncuesta.objects.count() == 2


@pytest.mark.parametrize("nota", ["5", "0", "x", "44", "-1", "²"])
def test_una_nota_mala_se_marca_en_su_casilla_y_no_se_guarda_ninguna_hoja(cliente, capacitacion, nota):
    respuesta = cliente.post(pantalla(capacitacion), rejilla({"general": "4", "casos": "3"}, {"general": nota}))
    texto = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert texto.count('aria-invalid="true"') == 1
    assert 'value="3"' in texto  # lo escrito se conserva
    assert not RespuestaEncuesta.objects.exists()
    assert not Calificacion.objects.exists()


@pytest.mark.parametrize(
    "basura",
    [
        {"hojas-TOTAL_FORMS": "muchas"},
        {"hojas-TOTAL_FORMS": "100000"},
        {"hojas-TOTAL_FORMS": ""},
        {"lote": "x"},
        {"lote": ""},
        {"hojas-0-otros_temas": "a\x00b"},
        {"hojas-0-otros_temas": "a" * 5000},
    ],
)
def test_un_envio_con_basura_no_falla_ni_guarda(cliente, capacitacion, basura):
    respuesta = cliente.post(pantalla(capacitacion), rejilla({"general": "4"}, **basura))
    assert respuesta.status_code == 200
    assert not RespuestaEncuesta.objects.exists()


def test_enviar_dos_veces_la_misma_rejilla_cuenta_una(cliente, capacitacion):
    for _ in range(2):
        cliente.post(pantalla(capacitacion), rejilla({"general": "4"}, {"general": "3"}))
    assert RespuestaEncuesta.objects.count() == 2
    assert Calificacion.objects.count() == 2


def test_dos_rejillas_distintas_cuentan_las_dos(cliente, capacitacion):
    cliente.post(pantalla(capacitacion), rejilla({"general": "4"}))
    cliente.post(pantalla(capacitacion), rejilla({"general": "4"}, lote=str(uuid.uuid4())))
    assert RespuestaEncuesta.objects.count() == 2


def test_la_informativa_no_lleva_encuesta(cliente, asistente, cusco):
    capacitacion = completa(tipo="informativa", dias=-2)
    respuesta = cliente.get(pantalla(capacitacion))
    assert respuesta.status_code == 404
    assert "no encuesta" in respuesta.content.decode()
    assert cliente.post(pantalla(capacitacion), rejilla({"general": "4"})).status_code == 404
    with pytest.raises(SinEncuesta):
        registrar_respuestas(capacitacion=capacitacion, respuestas=hojas_iguales(1), por=asistente)
    assert not RespuestaEncuesta.objects.exists()


def test_si_una_nota_no_entra_no_se_guarda_ninguna_hoja(capacitacion, asistente):
    hojas = [*hojas_iguales(2), Hoja({("dudas", None): 4})]  # una pregunta de expositor, sin expositor
    with pytest.raises(IntegrityError):
        registrar_respuestas(capacitacion=capacitacion, respuestas=hojas, por=asistente)
    assert not RespuestaEncuesta.objects.exists()


@pytest.mark.parametrize(("hojas", "se_desglosa"), [(4, False), (5, True)])
def test_con_menos_de_cinco_no_se_desglosa_nada(cliente, asistente, capacitacion, hojas, se_desglosa):
    respuestas = hojas_iguales(hojas, otros_temas="Tema delator")
    registrar_respuestas(capacitacion=capacitacion, respuestas=respuestas, por=asistente)
    resumen = resumen_de(capacitacion)
    assert resumen.se_desglosa is se_desglosa
    assert bool(resumen.grupos) is se_desglosa
    assert ("Tema delator" in cliente.get(pantalla(capacitacion)).content.decode()) is se_desglosa


def test_una_pregunta_con_pocas_respuestas_tampoco_se_desglosa(asistente, capacitacion):
    hojas = [*hojas_iguales(4), *(Hoja({("general", None): 3, ("casos", None): 1}) for _ in range(2))]
    registrar_respuestas(capacitacion=capacitacion, respuestas=hojas, por=asistente)
    resultados = {r.pregunta: r for _, filas in resumen_de(capacitacion).grupos for r in filas}
    assert resultados["Utilidad de los casos prácticos"].promedio is None
    general = resultados["Satisfacción general con el evento"]
    assert (general.respuestas, general.promedio, general.distribucion) == (6, 3.67, (0, 0, 2, 4))


def test_la_tasa_es_sobre_los_participantes_con_firma(asistente, cusco):
    capacitacion = de_hoy()
    for _ in range(10):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    InscripcionFactory(capacitacion=capacitacion)
    registrar_respuestas(capacitacion=capacitacion, respuestas=hojas_iguales(5), por=asistente)
    assert resumen_de(capacitacion).tasa == 50


def test_nada_en_la_respuesta_lleva_a_quien_contesto():
    campos = {campo.name for campo in RespuestaEncuesta._meta.get_fields()}
    assert campos == {
        "clave",
        "capacitacion",
        "fecha",
        "canal",
        "otros_temas",
        "recomendaciones",
        "calificaciones",
    }
