"""Cambiar lo que uno recibe con el enlace que llega en cada correo."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from boletines import enlaces
from boletines.models import Suscriptor
from comun.antiabuso import envio_nuevo
from correo.actions import Destinatario, poner_en_cola
from correo.models import Envio
from tests.fabricas import CentroFactory, SistemaFactory, SuscriptorFactory

pytestmark = pytest.mark.django_db
PEDIR = "/suscripcion/preferencias/"
PEDIDAS = "/suscripcion/preferencias/revise-su-correo/"


@pytest.fixture
def rosa(db):
    return SuscriptorFactory(correo="rosa@muni.example", nombre="Rosa Quispe", centro=CentroFactory())


def ruta(url):
    return enlaces.ruta_de(url)


def datos(**cambios):
    return {"nombre": "Rosa Quispe", "centro": "", "tipos": ["comunicados"], "temas": []} | cambios


def test_la_pagina_muestra_lo_suyo_y_abrirla_no_cambia_nada(client, rosa):
    rosa.temas.add(SistemaFactory())
    SuscriptorFactory(correo="otra@muni.example", nombre="Otra persona")
    pagina = client.get(ruta(enlaces.url_preferencias(rosa))).text
    assert "rosa@muni.example" in pagina
    assert 'value="Rosa Quispe"' in pagina
    assert pagina.count("checked") == 4, "los tres tipos y su tema"
    assert "otra@muni.example" not in pagina
    assert "Otra persona" not in pagina


def test_guardar_cambia_centro_tipos_temas_y_nombre_sin_cookies(rosa):
    arequipa, tema = CentroFactory(nombre="Arequipa"), SistemaFactory()
    estricto = Client(enforce_csrf_checks=True)
    cambios = {"centro": arequipa.pk, "temas": [tema.pk], "nombre": "Rosa Elena Quispe"}
    respuesta = estricto.post(ruta(enlaces.url_preferencias(rosa)), datos(**cambios), follow=True)
    assert "Guardamos sus preferencias" in respuesta.text
    rosa.refresh_from_db()
    assert (rosa.nombre, rosa.centro, rosa.tipos) == ("Rosa Elena Quispe", arequipa, ["comunicados"])
    assert list(rosa.temas.all()) == [tema]
    assert "rosa elena" in rosa.texto_busqueda


def test_dejar_solo_el_boletin_no_es_darse_de_baja_pero_ya_no_le_llegan_comunicados(client, rosa):
    client.post(ruta(enlaces.url_preferencias(rosa)), datos(tipos=["boletin"], centro=rosa.centro_id))
    assert Suscriptor.objects.de_la_edicion(rosa.centro).get() == rosa
    assert not Suscriptor.objects.que_aceptan("comunicados").exists()


@pytest.mark.parametrize(
    ("cambio", "mensaje"),
    [
        ({"tipos": []}, "Elija al menos uno"),
        ({"tipos": ["estado"]}, "estado"),
        ({"centro": "99999"}, "opción"),
        ({"temas": ["x"]}, "x"),
        ({"nombre": "Rosa\nBcc: otra@x.example"}, "una sola línea"),
        ({"nombre": "Rosa\x00"}, "nulos"),
        ({"nombre": "a" * 161}, "160"),
    ],
)
def test_un_dato_malo_se_explica_y_no_guarda_nada(client, rosa, cambio, mensaje):
    respuesta = client.post(ruta(enlaces.url_preferencias(rosa)), datos(**cambio))
    assert respuesta.status_code == 200
    assert mensaje in respuesta.text
    rosa.refresh_from_db()
    assert (rosa.nombre, rosa.tipos) == ("Rosa Quispe", list(Suscriptor.Tipo.values))


def test_no_se_cambia_ni_el_correo_ni_el_estado(client, rosa):
    client.post(ruta(enlaces.url_preferencias(rosa)), datos(correo="otra@x.example", estado="baja"))
    rosa.refresh_from_db()
    assert (rosa.correo, rosa.estado) == ("rosa@muni.example", "confirmado")


def test_quien_tiene_un_centro_que_ya_no_atiende_no_lo_pierde_por_cambiar_otra_cosa(client, rosa):
    rosa.centro.esta_activo = False
    rosa.centro.save()
    client.post(ruta(enlaces.url_preferencias(rosa)), datos(centro=rosa.centro_id))
    rosa.refresh_from_db()
    assert rosa.centro is not None


def test_en_pausa_no_recibe_nada_y_al_terminar_vuelve_solo(client, rosa):
    url = ruta(enlaces.url_pausa(rosa))
    assert "está en pausa" in client.post(url, {"dias": "30"}, follow=True).text
    rosa.refresh_from_db()
    hoy = timezone.localdate()
    assert rosa.pausa_hasta == hoy + dt.timedelta(days=29)
    assert not Suscriptor.objects.confirmados().exists()
    assert Suscriptor.objects.confirmados(en=hoy + dt.timedelta(days=30)).exists()
    assert "En pausa hasta el" in client.get(ruta(enlaces.url_preferencias(rosa))).text

    assert "La pausa terminó" in client.post(url, {"dias": "0"}, follow=True).text
    assert Suscriptor.objects.confirmados().exists()


def test_la_pausa_tambien_detiene_lo_que_esperaba_su_segunda_firma(client, rosa):
    suyo = [Destinatario(rosa.correo, url_baja="https://portal.example/baja/")]
    en_espera = poner_en_cola(clave="c:1", asunto="A", texto="t", destinatarios=suyo, copias=suyo, es_masivo=True)
    personal = poner_en_cola(clave="p:1", asunto="A", texto="t", destinatarios=suyo)
    client.post(ruta(enlaces.url_pausa(rosa)), {"dias": "30"})
    estados = dict(en_espera.entregas.values_list("es_copia", "estado"))
    assert estados == {False: "suprimida", True: "pendiente"}
    assert personal.entregas.get().estado == "pendiente"


@pytest.mark.parametrize("dias", ["", "x", "-1", "99999", "30\x00"])
def test_una_pausa_disparatada_se_explica(client, rosa, dias):
    assert "Elija por cuánto tiempo" in client.post(ruta(enlaces.url_pausa(rosa)), {"dias": dias}).text
    assert Suscriptor.objects.confirmados().exists()


def test_abrir_la_direccion_de_la_pausa_no_pausa(client, rosa):
    assert client.get(ruta(enlaces.url_pausa(rosa))).status_code == 405
    assert Suscriptor.objects.confirmados().exists()


@pytest.mark.parametrize("estado", ["baja", "pendiente", "invitado"])
def test_quien_no_esta_confirmado_no_cambia_nada_por_este_camino(client, estado):
    suscriptor = SuscriptorFactory(estado=estado)
    for url, cuerpo in ((enlaces.url_preferencias(suscriptor), datos()), (enlaces.url_pausa(suscriptor), {"dias": 30})):
        assert client.post(ruta(url), cuerpo).url == "/suscripcion/"
    suscriptor.refresh_from_db()
    assert (suscriptor.estado, suscriptor.tipos, suscriptor.pausa_hasta) == (
        estado,
        list(Suscriptor.Tipo.values),
        None,
    )


def test_un_enlace_de_otra_clase_o_cortado_no_abre_las_preferencias(client, rosa):
    for url in (enlaces.url_baja(rosa), enlaces.url_invitacion(rosa), enlaces.url_preferencias(rosa)[:-3] + "/"):
        token = url.rstrip("/").split("/")[-1]
        assert client.get(f"/suscripcion/preferencias/{token}/").status_code == 404
        assert client.post(f"/suscripcion/preferencias/{token}/pausa/", {"dias": 30}).status_code == 404


def pedir(client, correo):
    return client.post(PEDIR, {"correo": correo, "envio": envio_nuevo()})


def test_pedir_el_enlace_responde_lo_mismo_exista_o_no(client, rosa):
    SuscriptorFactory(correo="de-baja@x.example", estado="baja")
    correos = ["ROSA@muni.example", "nadie@x.example", "de-baja@x.example"]
    assert {(r.status_code, r.url) for r in (pedir(client, c) for c in correos)} == {(302, PEDIDAS)}
    envio = Envio.objects.get()
    assert envio.entregas.get().direccion == "rosa@muni.example"
    assert not envio.es_masivo
    url = next(palabra for palabra in envio.texto.split() if "/preferencias/" in palabra)
    assert "Sus preferencias" in client.get(ruta(url)).text
    assert "rosa" not in url
    assert client.get(PEDIDAS).status_code == 200


def test_el_enlace_se_manda_una_vez_cada_diez_minutos(client, rosa):
    pedir(client, rosa.correo)
    pedir(client, rosa.correo)
    assert Envio.objects.count() == 1
    Suscriptor.objects.update(preferencias_pedidas_en=timezone.now() - dt.timedelta(minutes=11))
    pedir(client, rosa.correo)
    assert Envio.objects.count() == 2


@pytest.mark.parametrize("correo", ["", "no-es", "a" * 250 + "@x.example", "rosa@x.example\x00"])
def test_pedirlo_con_un_correo_malo_se_explica(client, correo):
    respuesta = pedir(client, correo)
    assert respuesta.status_code == 200
    assert "Revise lo siguiente" in respuesta.text


def test_pedirlo_para_medio_mundo_se_frena(client, rosa):
    client.get(PEDIR)
    respuestas = [pedir(client, f"victima{n}@x.example") for n in range(31)]
    assert [r.status_code for r in respuestas] == [302] * 30 + [429]
