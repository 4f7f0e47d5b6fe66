"""Quien tiene cupo contesta por su enlace la prueba de entrada y la de salida, una sola vez cada una (R89)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from eventos.actions import nota as acciones
from eventos.actions.nota import contestar
from eventos.enlaces import token_de
from eventos.models import AlternativaDePrueba, Capacitacion, NotaDePrueba
from eventos.pruebas import esta_abierta, plazo_para
from tests.fabricas import CapacitacionFactory, InscripcionFactory, PruebaFactory, SesionFactory

pytestmark = pytest.mark.django_db
INICIO = timezone.make_aware(dt.datetime(2026, 9, 3, 9))


@pytest.fixture
def prueba(cusco):
    capacitacion = CapacitacionFactory(centro=cusco, fecha_inicio=INICIO.date())  # de 9:00 a 13:00
    return PruebaFactory(capacitacion=capacitacion)


@pytest.fixture
def inscrita(prueba):
    return InscripcionFactory(capacitacion=prueba.capacitacion)


@pytest.fixture
def a_las(monkeypatch):
    def poner(hora, minuto=0, dia=0):
        momento = INICIO + dt.timedelta(days=dia, hours=hora - 9, minutes=minuto)
        monkeypatch.setattr(timezone, "now", lambda: momento)

    return poner


def pagina(inscrita, prueba, momento="entrada"):
    return reverse("eventos:prueba", args=[token_de(inscrita), prueba.pk, momento])


def lista(inscrita):
    return reverse("eventos:pruebas", args=[token_de(inscrita)])


def respuestas(prueba, *letras, **mas):
    """Lo que se envía al elegir una letra por pregunta; «-» la deja en blanco."""
    datos = {}
    for pregunta, letra in zip(prueba.preguntas.all(), letras, strict=True):
        if letra != "-":
            datos[f"p{pregunta.pk}"] = pregunta.alternativas.get(texto=f"Respuesta {letra}").pk
    return datos | mas


def test_r89_contesta_al_empezar_y_ve_su_puntaje(client, prueba, inscrita, a_las):
    a_las(9, 10)
    assert pagina(inscrita, prueba) in client.get(lista(inscrita)).text
    formulario = client.get(pagina(inscrita, prueba)).text
    assert "Pregunta número 1" in formulario
    assert "correcta" not in formulario  # nada señala la respuesta

    llegada = client.post(pagina(inscrita, prueba), respuestas(prueba, "A", "C"), follow=True)

    nota = NotaDePrueba.objects.get()
    assert (nota.momento, nota.puntaje, nota.maximo, nota.registrada_por) == ("entrada", 4, 10, None)
    assert "4 de 10 puntos" in llegada.text
    assert "Respuesta A" not in llegada.text  # no dice cuáles eran


def test_cada_prueba_se_da_una_sola_vez(client, prueba, inscrita, a_las):
    a_las(9, 10)
    client.post(pagina(inscrita, prueba), respuestas(prueba, "B", "A"))
    segunda = client.post(pagina(inscrita, prueba), respuestas(prueba, "A", "B"))
    assert segunda.url == lista(inscrita)
    assert NotaDePrueba.objects.get().puntaje == 0
    elegidas = {p.pk: p.alternativas.get(es_correcta=True).pk for p in prueba.preguntas.all()}
    repetida = contestar(prueba=prueba, inscripcion=inscrita, momento="entrada", respuestas=elegidas)
    assert repetida.puntaje == 0


@pytest.mark.parametrize(
    ("hora", "dia", "entrada", "salida"),
    [
        (8, 0, False, False),
        (9, 0, True, False),
        (11, 0, False, False),
        (12, 0, False, True),
        (12, 1, False, True),
        (13, 1, False, False),
    ],
)
def test_la_de_entrada_va_hasta_la_mitad_y_la_de_salida_al_final(prueba, a_las, hora, dia, entrada, salida):
    a_las(hora, dia=dia)
    abiertas = esta_abierta(prueba.capacitacion, "entrada"), esta_abierta(prueba.capacitacion, "salida")
    assert abiertas == (entrada, salida)


def test_en_una_corta_las_dos_no_se_cruzan(cusco):
    corta = CapacitacionFactory(centro=cusco, sesiones=False)
    SesionFactory(capacitacion=corta, hora_inicio=dt.time(9), hora_fin=dt.time(10))
    assert plazo_para(corta, "entrada")[1] <= plazo_para(corta, "salida")[0]


def test_fuera_de_su_momento_se_dice_cuando_y_no_se_recibe(client, prueba, inscrita, a_las):
    a_las(8)
    assert client.get(pagina(inscrita, prueba)).url == lista(inscrita)
    assert "Se contesta desde" in client.get(lista(inscrita)).text
    a_las(11, 30)
    client.post(pagina(inscrita, prueba), respuestas(prueba, "A", "B"))
    assert not NotaDePrueba.objects.exists()


def test_lo_que_se_empezo_a_tiempo_se_recibe_unos_minutos_despues(client, prueba, inscrita, a_las):
    a_las(11, 10)
    assert client.get(pagina(inscrita, prueba)).status_code == 302
    client.post(pagina(inscrita, prueba), respuestas(prueba, "A", "B"))
    assert NotaDePrueba.objects.get().puntaje == 10


def test_lo_que_queda_en_blanco_se_pregunta_y_no_se_pierde_lo_marcado(client, prueba, inscrita, a_las):
    a_las(9, 10)
    datos = respuestas(prueba, "A", "-")
    respuesta = client.post(pagina(inscrita, prueba), datos)
    assert "Dejó una pregunta sin contestar" in respuesta.text
    assert respuesta.text.count(" checked") == 1
    assert not NotaDePrueba.objects.exists()
    client.post(pagina(inscrita, prueba), datos | {"asi": "1"})
    assert NotaDePrueba.objects.get().puntaje == 4


@pytest.mark.parametrize("basura", ["0", "x", "99999999999999999999", "²"])
def test_una_alternativa_inventada_no_vale_ni_falla(client, prueba, inscrita, a_las, basura):
    a_las(9, 10)
    primera, segunda = prueba.preguntas.all()
    ajena = segunda.alternativas.get(es_correcta=True).pk
    for valor in (basura, ajena):  # la correcta de otra pregunta tampoco vale en esta
        respuesta = client.post(pagina(inscrita, prueba), {f"p{primera.pk}": valor, "asi": "1"})
        assert respuesta.status_code == 200
        assert "contéstela de nuevo" in respuesta.text
    assert not NotaDePrueba.objects.exists()


def test_terminada_el_enlace_de_la_inscripcion_lleva_a_la_prueba_de_salida(client, prueba, inscrita, a_las):
    a_las(13, 30)
    llegada = client.get(reverse("eventos:inscripcion-ver", args=[token_de(inscrita)]), follow=True)
    assert pagina(inscrita, prueba, "salida") in llegada.text


def test_sin_pruebas_el_enlace_terminado_sigue_vencido(client, cusco):
    inscrita = InscripcionFactory(capacitacion=CapacitacionFactory(centro=cusco, dias=-2))
    assert client.get(reverse("eventos:inscripcion-ver", args=[token_de(inscrita)])).status_code == 410


@pytest.mark.parametrize("estado", ["en_espera", "anulada"])
def test_sin_cupo_no_hay_prueba(client, prueba, a_las, estado):
    a_las(9, 10)
    sin_cupo = InscripcionFactory(capacitacion=prueba.capacitacion, estado=estado)
    assert client.get(pagina(sin_cupo, prueba)).status_code == 404
    assert "No hay pruebas para usted" in client.get(lista(sin_cupo)).text
    with pytest.raises(acciones.SinCupo):
        contestar(prueba=prueba, inscripcion=sin_cupo, momento="entrada", respuestas={})


def test_la_prueba_de_otra_capacitacion_no_se_abre_con_este_enlace(client, inscrita, a_las, cusco):
    a_las(9, 10)
    ajena = PruebaFactory(capacitacion=CapacitacionFactory(centro=cusco, fecha_inicio=INICIO.date()))
    assert client.get(pagina(inscrita, ajena)).status_code == 404


def test_un_enlace_alterado_o_un_momento_inventado_no_abren_nada(client, prueba, inscrita, a_las):
    a_las(9, 10)
    assert client.get(reverse("eventos:pruebas", args=["ALTERADO.firma"])).status_code == 404
    assert client.get(reverse("eventos:prueba", args=["ALTERADO.firma", prueba.pk, "entrada"])).status_code == 404
    assert client.get(pagina(inscrita, prueba, "medio")).status_code == 404
    larga = reverse("eventos:prueba", args=[token_de(inscrita), 10**30, "entrada"])
    assert client.get(larga).status_code == 404


def test_si_algo_falla_no_queda_nota_y_se_puede_volver_a_dar(prueba, inscrita, a_las, monkeypatch):
    a_las(9, 10)

    def falla(**datos):
        raise RuntimeError

    monkeypatch.setattr(acciones, "anotar", falla)
    with pytest.raises(RuntimeError):
        contestar(prueba=prueba, inscripcion=inscrita, momento="entrada", respuestas={})
    assert not NotaDePrueba.objects.exists()


def test_con_el_expediente_cerrado_no_se_recibe(prueba, inscrita, a_las):
    a_las(12, 30)
    Capacitacion.objects.update(cerrada_en=INICIO)
    with pytest.raises(acciones.NoProcede, match="ya se cerró"):
        contestar(prueba=prueba, inscripcion=inscrita, momento="salida", respuestas={})


def test_las_paginas_no_se_guardan_ni_se_indexan_y_no_llevan_guiones_propios(client, prueba, inscrita, a_las):
    a_las(9, 10)
    for url in (lista(inscrita), pagina(inscrita, prueba)):
        respuesta = client.get(url)
        assert "noindex" in respuesta["X-Robots-Tag"]
        assert "no-store" in respuesta["Cache-Control"]
    assert AlternativaDePrueba.objects.filter(es_correcta=True).count() == 2
