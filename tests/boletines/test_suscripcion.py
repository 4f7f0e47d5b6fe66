"""Suscribirse al boletín con doble confirmación, y darse de baja con un clic."""

import datetime as dt
import re

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boletines import enlaces
from boletines.actions import suscripcion as actions
from boletines.actions.bajas import dar_de_baja
from boletines.models import Suscriptor
from comun.antiabuso import envio_nuevo
from correo.models import Envio, Supresion
from custodia.models import Aviso, Consentimiento
from tests.fabricas import CentroFactory, SistemaFactory, SuscriptorFactory

pytestmark = pytest.mark.django_db

RUTA = "/suscripcion/"
LISTO = "/suscripcion/revise-su-correo/"


def datos(**cambios):
    base = {"correo": "rosa@muni.example", "nombre": "Rosa Quispe", "centro": "", "acepta": "on"}
    return base | {"tipos": ["boletin", "comunicados"], "envio": envio_nuevo()} | cambios


def ruta(url):
    return url.removeprefix("http://localhost:8000")


def pedir(client, **cambios):
    return client.post(RUTA, datos(**cambios))


def test_pedir_el_boletin_deja_la_suscripcion_por_confirmar_y_el_consentimiento(client):
    centro = CentroFactory()
    presupuesto = SistemaFactory()
    respuesta = pedir(client, centro=centro.pk, temas=[presupuesto.pk])

    assert respuesta.url == LISTO
    suscriptor = Suscriptor.objects.get(correo="rosa@muni.example")
    assert (suscriptor.estado, suscriptor.nombre, suscriptor.centro) == ("pendiente", "Rosa Quispe", centro)
    assert suscriptor.tipos == ["boletin", "comunicados"]
    assert list(suscriptor.temas.all()) == [presupuesto]
    consentimiento = suscriptor.consentimiento
    assert (consentimiento.aviso.finalidad, consentimiento.canal) == ("suscripcion", "web")
    assert consentimiento.ip == "127.0.0.1"
    assert len(consentimiento.aviso.sha256) == 64
    assert client.get(LISTO).status_code == 200


def test_el_correo_de_confirmacion_lleva_a_una_pagina_y_el_boton_confirma(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pedir(client)
    envio = Envio.objects.get()
    url = re.search(r"http://localhost:8000(/suscripcion/confirmar/\S+)", envio.texto)[1]

    assert "Confirmar" in client.get(url).content.decode()
    assert Suscriptor.objects.get().estado == "pendiente"
    respuesta = client.post(url, follow=True)
    assert "Suscripción confirmada" in respuesta.content.decode()
    assert Suscriptor.objects.get().estado == "confirmado"
    assert envio.entregas.get().direccion == "rosa@muni.example"
    assert all("Rosa" not in mensaje.body for mensaje in mail.outbox)


def test_la_respuesta_es_igual_para_un_correo_nuevo_uno_conocido_y_uno_de_baja(client):
    SuscriptorFactory(correo="conocida@muni.example")
    SuscriptorFactory(correo="seFue@muni.example".lower(), estado="baja")
    respuestas = [
        pedir(client, correo=c) for c in ("nueva@muni.example", "CONOCIDA@muni.example", "sefue@muni.example")
    ]

    assert {(r.status_code, r.url) for r in respuestas} == {(302, LISTO)}
    assert Envio.objects.count() == 3
    assert Suscriptor.objects.count() == 3


def test_un_formulario_no_cambia_los_datos_de_quien_ya_confirmo(client):
    SuscriptorFactory(correo="rosa@muni.example", nombre="Rosa")
    pedir(client, nombre="Otra persona")
    suscriptor = Suscriptor.objects.get()
    assert (suscriptor.nombre, suscriptor.estado) == ("Rosa", "confirmado")


def test_a_una_direccion_se_le_escribe_una_vez_cada_diez_minutos(client):
    pedir(client)
    pedir(client)
    assert Envio.objects.count() == 1
    assert Consentimiento.objects.count() == 1

    hace_rato = timezone.now() - dt.timedelta(minutes=11)
    Suscriptor.objects.update(confirmacion_pedida_en=hace_rato)
    pedir(client)
    assert Envio.objects.count() == 2


def test_un_programa_que_llena_la_trampa_no_deja_nada(client):
    respuesta = pedir(client, sitio_web="http://spam.example")
    assert "debía quedar vacío" in respuesta.text
    assert 'value="rosa@muni.example"' in respuesta.text
    assert not Suscriptor.objects.exists()


def test_quien_apunta_a_todo_el_mundo_desde_un_navegador_es_frenado_y_otro_no(client):
    CentroFactory(nombre="Cusco")
    client.get(RUTA)
    respuestas = [pedir(client, correo=f"victima{n}@muni.example") for n in range(31)]
    assert [r.status_code for r in respuestas] == [302] * 30 + [429]
    assert "envíelo dentro de una hora" in respuestas[-1].text
    assert 'value="victima30@muni.example"' in respuestas[-1].text
    assert pedir(Client(), correo="otra@muni.example").url == LISTO


@pytest.mark.parametrize(
    ("cambio", "mensaje"),
    [
        ({"correo": ""}, "Escriba su correo electrónico."),
        ({"correo": "no-es-correo"}, "Escriba un correo válido"),
        ({"correo": f"{'a' * 250}@muni.example"}, "254"),
        ({"acepta": ""}, "necesitamos que acepte el aviso"),
        ({"tipos": []}, "Elija al menos uno"),
        ({"tipos": ["todo"]}, "todo"),
        ({"temas": ["99999"]}, "99999"),
        ({"nombre": "Rosa\nBcc: otra@x.example"}, "una sola línea"),
        ({"nombre": "Rosa\x00"}, "nulos"),
        ({"centro": "99999"}, "opción"),
        ({"centro": "\x00"}, "caracteres nulos"),
    ],
)
def test_un_dato_malo_se_explica_y_el_formulario_conserva_lo_escrito(client, cambio, mensaje):
    respuesta = pedir(client, **cambio)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert mensaje in pagina
    assert cambio.keys() & {"correo"} or 'value="rosa@muni.example"' in pagina
    assert not Suscriptor.objects.exists()


def test_un_enlace_de_confirmar_vence_a_los_siete_dias_y_ofrece_otro(client, monkeypatch):
    suscriptor = actions.suscribir(correo="rosa@muni.example")
    url = ruta(enlaces.url_confirmar(suscriptor))
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + 8 * 24 * 3600)
    respuesta = client.post(url)
    assert respuesta.status_code == 410
    assert f'href="{RUTA}"' in respuesta.content.decode()
    assert Suscriptor.objects.get().estado == "pendiente"


def test_un_enlace_de_confirmar_anterior_a_la_baja_ya_no_vale(client):
    suscriptor = actions.suscribir(correo="rosa@muni.example")
    url = ruta(enlaces.url_confirmar(suscriptor))
    actions.confirmar(suscriptor=suscriptor)
    dar_de_baja(suscriptor=suscriptor)
    assert client.post(url).status_code == 410
    assert Suscriptor.objects.get().estado == "baja"


@pytest.mark.parametrize("metodo", ["get", "head"])
def test_abrir_el_enlace_de_baja_no_da_de_baja_a_nadie(client, metodo):
    suscriptor = SuscriptorFactory()
    assert getattr(client, metodo)(ruta(enlaces.url_baja(suscriptor))).status_code == 200
    suscriptor.refresh_from_db()
    assert suscriptor.estado == "confirmado"
    assert not Supresion.objects.exists()


def test_el_programa_de_correo_da_de_baja_con_un_clic_sin_cookies_ni_csrf():
    suscriptor = SuscriptorFactory()
    estricto = Client(enforce_csrf_checks=True)
    respuesta = estricto.post(ruta(enlaces.url_baja(suscriptor)), {"List-Unsubscribe": "One-Click"})

    assert respuesta.status_code == 200
    assert not respuesta.cookies
    suscriptor.refresh_from_db()
    assert suscriptor.estado == "baja"
    assert Supresion.objects.get().direccion == suscriptor.correo


def test_una_persona_se_da_de_baja_con_el_boton_y_repetirlo_no_falla(client):
    url = ruta(enlaces.url_baja(SuscriptorFactory()))
    assert "Ya no le escribiremos" in client.post(url, follow=True).content.decode()
    assert client.post(url).status_code == 302
    assert "ya está de baja" in client.get(url).content.decode()
    assert Supresion.objects.count() == 1


def test_volver_a_confirmar_levanta_la_baja_pero_no_una_queja():
    se_fue, se_quejo = SuscriptorFactory(), SuscriptorFactory()
    dar_de_baja(suscriptor=se_fue)
    Supresion.objects.create(direccion=se_quejo.correo, motivo="queja")
    for suscriptor in (se_fue, se_quejo):
        actions.confirmar(suscriptor=suscriptor)

    assert list(Supresion.objects.values_list("direccion", "motivo")) == [(se_quejo.correo, "queja")]
    se_fue.refresh_from_db()
    assert (se_fue.estado, se_fue.baja_en) == ("confirmado", None)


def test_la_baja_de_una_direccion_que_rebota_conserva_el_motivo():
    suscriptor = SuscriptorFactory()
    Supresion.objects.create(direccion=suscriptor.correo, motivo="rebote")
    dar_de_baja(suscriptor=suscriptor)
    assert Supresion.objects.get().motivo == "rebote"


@pytest.mark.parametrize("motivo", ["rebote", "queja"])
def test_a_quien_rebota_o_se_quejo_no_se_le_escribe_ni_para_confirmar(client, motivo):
    Supresion.objects.create(direccion="rosa@muni.example", motivo=motivo)
    assert pedir(client).url == LISTO
    assert not Envio.objects.exists()


@pytest.mark.parametrize("motivo", ["rebote", "queja"])
def test_confirmar_una_direccion_que_se_cerro_mientras_tanto_no_la_reabre_y_lo_dice(client, motivo):
    suscriptor = actions.suscribir(correo="rosa@muni.example")
    Supresion.objects.create(direccion="rosa@muni.example", motivo=motivo)
    respuesta = client.post(ruta(enlaces.url_confirmar(suscriptor)), follow=True)
    assert "No podemos escribir a ese correo" in respuesta.text
    assert Suscriptor.objects.get().estado == "pendiente"


def test_si_cambia_el_aviso_quien_acepto_el_anterior_lo_conserva(client):
    actions.suscribir(correo="rosa@muni.example")
    Aviso.objects.create(finalidad="suscripcion", version=2, texto="Otro texto")
    actions.suscribir(correo="luis@muni.example")
    versiones = {s.correo: s.consentimiento.aviso.version for s in Suscriptor.objects.all()}
    assert versiones == {"rosa@muni.example": 1, "luis@muni.example": 2}


def test_si_falla_el_correo_no_queda_la_suscripcion(monkeypatch):
    def fallar(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "poner_en_cola", fallar)
    with pytest.raises(RuntimeError):
        actions.suscribir(correo="rosa@muni.example")
    assert not Suscriptor.objects.exists()
    assert not Consentimiento.objects.exists()


def test_un_enlace_de_baja_no_sirve_para_confirmar(client):
    suscriptor = SuscriptorFactory(estado="pendiente")
    token = ruta(enlaces.url_baja(suscriptor)).split("/")[-2]
    assert client.post(f"/suscripcion/confirmar/{token}/").status_code == 404


@settings(max_examples=40)
@given(
    que=st.sampled_from(["baja", "confirmar"]),
    lugar=st.integers(0, 200),
    letra=st.characters(codec="utf-8", exclude_characters="/?#\r\n"),
)
def test_un_enlace_alterado_se_rechaza_y_no_cambia_nada(client, que, lugar, letra):
    suscriptor, _ = Suscriptor.objects.get_or_create(
        correo="ana@muni.example", defaults={"confirmacion_pedida_en": timezone.now()}
    )
    token = getattr(enlaces, f"url_{que}")(suscriptor).split("/")[-2]
    lugar %= len(token)
    assume(token[lugar] != letra)
    alterado = token[:lugar] + letra + token[lugar + 1 :]

    respuesta = client.post(reverse(f"boletines:{que}", args=[alterado]))
    assert respuesta.status_code == 404
    suscriptor.refresh_from_db()
    assert suscriptor.estado == "pendiente"


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é" * 40, "." * 500])
@pytest.mark.parametrize("que", ["baja", "confirmar", "listo"])
def test_una_direccion_disparatada_es_un_404(client, que, token):
    assert client.get(f"/suscripcion/{que}/{token}/").status_code == 404
