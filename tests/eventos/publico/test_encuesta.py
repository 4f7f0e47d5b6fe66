"""Contestar la encuesta desde el teléfono: sin cuenta, sin JavaScript, una sola vez y sin decir quién es."""

import datetime as dt
import gzip
import multiprocessing
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eventos.actions import encuesta_en_linea, sala_de_encuesta
from eventos.actions.encuesta import Hoja
from eventos.actions.rechazos import NoProcede
from eventos.boletas import boleta_de
from eventos.enlaces import token_de_encuesta
from eventos.models import AplicacionDeEncuesta, BoletaDeEncuesta, Calificacion, RespuestaEncuesta
from tests import personas
from tests.eventos.intranet.ayudas import completa, con_participantes, de_hoy
from tests.fabricas import ExpositorFactory
from tests.hilos import NO_VENDRA, VENDRA
from tests.procesos import olvidar_conexiones

pytestmark = pytest.mark.django_db
HOJA = Hoja({("general", None): 4})


@pytest.fixture
def capacitacion(cusco):
    capacitacion = con_participantes(completa(dias=-1), 6)
    encuesta_en_linea.enviar_encuesta(capacitacion=capacitacion)
    return capacitacion


@pytest.fixture
def boleta(capacitacion):
    return boleta_de(capacitacion.inscripciones.first(), capacitacion.aplicacion_de_encuesta)


@pytest.fixture
def sala(cusco):
    """La de una capacitación que se dicta hoy, con tres que firmaron."""
    capacitacion = con_participantes(de_hoy(), 3)
    capacitacion.sesiones.update(hora_inicio=dt.time(0), hora_fin=dt.time(23, 59))
    sala_de_encuesta.abrir_sala(capacitacion=capacitacion, por=personas.asistente_de_cusco())
    return reverse("eventos:encuesta-sala", args=[AplicacionDeEncuesta.objects.get().clave])


def pagina(boleta):
    return reverse("eventos:encuesta", args=[boleta])


# --- El formulario ---


def test_r87_hay_una_seccion_por_expositor_y_se_guarda_lo_que_conteste(client, capacitacion, boleta):
    otra = ExpositorFactory(capacitacion=capacitacion, nombre="Rosa Ccori", tema="Devengado")
    texto = client.get(pagina(boleta)).content.decode()
    assert "Es anónima" in texto
    assert "Expositor: Rosa Ccori. Devengado" in texto

    datos = {"general": "4", f"dudas-{otra.pk}": "2", "recomendaciones": "Más\ncasos"}
    assert client.post(pagina(boleta), datos).url == reverse("eventos:encuesta-gracias")

    respuesta = RespuestaEncuesta.objects.get()
    assert (respuesta.canal, respuesta.fecha) == ("web", capacitacion.fecha_fin)
    assert {(c.item, c.expositor, c.valor) for c in respuesta.calificaciones.all()} == {
        ("general", None, 4),
        ("dudas", otra, 2),
    }


def test_enviarla_dos_veces_cuenta_una_y_las_dos_se_agradecen(client, boleta):
    for _ in range(2):
        respuesta = client.post(pagina(boleta), {"general": "3"}, follow=True)
        assert "Gracias" in respuesta.content.decode()
    assert RespuestaEncuesta.objects.count() == 1
    assert client.get(pagina(boleta)).url == reverse("eventos:encuesta-gracias")


@pytest.mark.parametrize(
    "datos", [{"casos": "5"}, {"casos": "x"}, {}, {"otros_temas": "a" * 1001}, {"recomendaciones": "a\x00b"}]
)
def test_un_error_conserva_lo_escrito_y_no_gasta_la_boleta(client, boleta, datos):
    escrito = {"material": "2", "recomendaciones": "Más casos"} if datos else {}
    respuesta = client.post(pagina(boleta), escrito | datos)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert "Revise lo siguiente" in texto
    if escrito:
        assert 'value="2" id="id_material_1" checked' in texto or 'name="material" value="2"' in texto
    assert not RespuestaEncuesta.objects.exists()
    assert not BoletaDeEncuesta.objects.filter(esta_usada=True).exists()


@pytest.mark.parametrize("boleta", ["x", "a" * 300, "%00", "á"])
def test_una_boleta_que_no_es_lleva_a_una_pagina_que_lo_explica(client, db, boleta):
    respuesta = client.get(f"/encuesta/{boleta}/")
    assert respuesta.status_code in {400, 404}
    assert "e/" not in respuesta.headers.get("Location", "")


def test_cerrada_ya_no_recibe_y_lo_dice(client, capacitacion, boleta):
    encuesta_en_linea.cerrar_encuesta(capacitacion=capacitacion)
    assert client.post(pagina(boleta), {"general": "3"}).status_code == 404
    token = token_de_encuesta(capacitacion.inscripciones.first())
    respuesta = client.get(reverse("eventos:encuesta-personal", args=[token]))
    assert respuesta.status_code == 410
    assert "ya se cerró" in respuesta.content.decode()


def test_la_pagina_es_liviana_sin_guiones_en_linea_y_no_la_guarda_nadie(client, capacitacion, boleta):
    for _ in range(2):
        ExpositorFactory(capacitacion=capacitacion, tema="Formulación y ejecución presupuestaria")
    respuesta = client.get(pagina(boleta))
    texto = respuesta.content.decode()
    hojas = ("tokens", "base", "layout", "components", "print", "encuesta")
    piezas = [respuesta.content, _leer("js/buscador.js"), *(_leer(f"css/{hoja}.css") for hoja in hojas)]
    assert sum(len(gzip.compress(pieza)) for pieza in piezas) < 60_000  # como viaja
    assert "<script>" not in texto
    assert "style=" not in texto
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]
    assert settings.SESSION_COOKIE_NAME not in respuesta.cookies


def _leer(nombre):
    with open(finders.find(nombre), "rb") as archivo:
        return archivo.read()


# --- El correo ---


def test_el_enlace_del_correo_lleva_a_una_direccion_que_ya_no_dice_de_quien_es(client, capacitacion, boleta):
    inscripcion = capacitacion.inscripciones.first()
    token = token_de_encuesta(inscripcion)
    respuesta = client.get(reverse("eventos:encuesta-personal", args=[token]))
    assert respuesta.url == pagina(boleta)
    assert inscripcion.codigo not in respuesta.url
    assert not BoletaDeEncuesta.objects.filter(esta_usada=True).exists()  # un GET no gasta nada
    assert client.get(reverse("eventos:encuesta-personal", args=[f"{token}x"])).status_code == 404


# --- La sala ---


def test_el_get_de_la_sala_no_da_boleta_y_el_post_da_una_por_navegador(client, sala):
    assert "Comenzar" in client.get(sala).content.decode()
    assert not BoletaDeEncuesta.objects.exists()
    primera = client.post(sala).url
    assert client.post(sala).url == primera
    assert BoletaDeEncuesta.objects.count() == 1
    assert Client().post(sala).url != primera


def test_la_sala_se_escribe_a_mano_en_minusculas(client, sala):
    assert client.get(sala.lower()).status_code == 200


def test_quien_borra_su_galleta_no_pasa_del_total_de_los_que_firmaron(sala):
    codigos = [Client().post(sala).status_code for _ in range(5)]
    assert codigos == [302, 302, 302, 409, 409]
    assert BoletaDeEncuesta.objects.count() == 3


def test_cerrada_la_sala_no_da_mas(client, sala):
    AplicacionDeEncuesta.objects.update(sala_hasta=timezone.now())
    assert "cerrada" in client.get(sala).content.decode()
    assert client.post(sala).status_code == 409
    assert not BoletaDeEncuesta.objects.exists()


# --- A la vez, en procesos de verdad ---

procesos = multiprocessing.get_context("fork")


def a_la_vez(tarea, veces):
    salida, errores = procesos.Barrier(veces), procesos.SimpleQueue()

    def una():
        olvidar_conexiones()
        try:
            salida.wait()
            with suppress(NoProcede):
                tarea()
        except Exception as error:  # noqa: BLE001 - se cuentan todos
            errores.put(repr(error))
        finally:
            connections.close_all()

    connections.close_all()
    hijos = [procesos.Process(target=una) for _ in range(veces)]
    for hijo in hijos:
        hijo.start()
    for hijo in hijos:
        hijo.join(timeout=60)
    assert errores.empty(), errores.get()


def _enviada():
    personas.cusco()
    capacitacion = con_participantes(completa(dias=-1), 6)
    encuesta_en_linea.enviar_encuesta(capacitacion=capacitacion)
    return boleta_de(capacitacion.inscripciones.first(), capacitacion.aplicacion_de_encuesta)


@pytest.fixture
def sin_reparto(monkeypatch):
    monkeypatch.setattr("correo.actions.repartir", SimpleNamespace(enqueue=lambda: None))


@pytest.mark.django_db(transaction=True)
def test_veinte_envios_a_la_vez_con_la_misma_boleta_cuentan_uno(sin_reparto):
    boleta = _enviada()
    a_la_vez(lambda: encuesta_en_linea.responder(boleta=boleta, hoja=HOJA), 20)
    assert RespuestaEncuesta.objects.count() == 1
    assert Calificacion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_veinte_telefonos_a_la_vez_no_sacan_mas_boletas_que_participantes(sin_reparto):
    personas.cusco()
    capacitacion = con_participantes(de_hoy(), 3)
    capacitacion.sesiones.update(hora_inicio=dt.time(0), hora_fin=dt.time(23, 59))
    aplicacion = sala_de_encuesta.abrir_sala(capacitacion=capacitacion, por=personas.asistente_de_cusco())
    a_la_vez(lambda: sala_de_encuesta.tomar_boleta(clave=aplicacion.clave), 20)
    assert BoletaDeEncuesta.objects.count() == 3


# --- Control: dos teléfonos cuentan las boletas antes de que cualquiera tome la suya ---


def dos_toman_la_ultima(tomar, monkeypatch, plazo):
    """Cuántas boletas salen donde firmó una sola persona."""
    personas.cusco()
    capacitacion = con_participantes(de_hoy(), 1)
    capacitacion.sesiones.update(hora_inicio=dt.time(0), hora_fin=dt.time(23, 59))
    clave = sala_de_encuesta.abrir_sala(capacitacion=capacitacion, por=personas.asistente_de_cusco()).clave
    contaron, contar = threading.Barrier(2, timeout=plazo), sala_de_encuesta.boletas_libres

    def contar_y_esperar(capacitacion):
        libres = contar(capacitacion)
        with suppress(threading.BrokenBarrierError):  # con llave, la otra no llega a contar
            contaron.wait()
        return libres

    monkeypatch.setattr(sala_de_encuesta, "boletas_libres", contar_y_esperar)

    def una():
        try:
            with suppress(NoProcede):
                tomar(clave=clave)
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=una) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return BoletaDeEncuesta.objects.count()


@pytest.mark.django_db(transaction=True)
def test_con_la_llave_la_ultima_boleta_se_da_una_vez(monkeypatch):
    assert dos_toman_la_ultima(sala_de_encuesta.tomar_boleta, monkeypatch, NO_VENDRA) == 1


@pytest.mark.django_db(transaction=True)
def test_control_sin_la_llave_la_ultima_boleta_se_da_dos_veces(monkeypatch):
    monkeypatch.setattr(sala_de_encuesta, "bajo_llave", lambda capacitacion: capacitacion)
    assert dos_toman_la_ultima(sala_de_encuesta.tomar_boleta.__wrapped__, monkeypatch, VENDRA) == 2
