"""Dejar de recibir: con un clic, sin que un escáner lo haga por uno, y para siempre aunque se borre la fila."""

import pytest
from django.test import Client
from django.urls import reverse

from boletines import enlaces
from boletines.actions import bajas, suscripcion
from boletines.models import CorreoOficial, Suscriptor
from boletines.segmentos import Segmento
from comun.registros import al_suprimir
from correo.actions import Destinatario, poner_en_cola
from correo.models import Supresion
from custodia.actions import aviso_vigente
from custodia.models import Huella
from tests.fabricas import EntidadFactory, SuscriptorFactory

pytestmark = pytest.mark.django_db
UN_CLIC = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def rosa(db):
    return SuscriptorFactory(correo="rosa@muni.example")


@pytest.fixture
def oficial(db):
    return CorreoOficial.objects.create(correo="mesa@muni.example", base_legal=aviso_vigente("correo_oficial"))


def ruta_de_baja(que):
    clase = que if isinstance(que, CorreoOficial) else None
    return enlaces.ruta_de(enlaces.url_baja_oficial(que) if clase else enlaces.url_baja(que))


@pytest.fixture(params=["suscriptor", "oficial", "invitado"])
def enlace(request, rosa, oficial):
    """El enlace de baja de cada clase de destinatario."""
    if request.param == "invitado":
        return enlaces.ruta_de(enlaces.url_invitacion(SuscriptorFactory(estado="invitado")))
    return ruta_de_baja(rosa if request.param == "suscriptor" else oficial)


# Lo que se ha visto pedir a los filtros de correo y a los navegadores que se adelantan.
ESCANERES = [
    {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))"},
    {"HTTP_USER_AGENT": "Mozilla/5.0 ... BingPreview/1.0b", "HTTP_ACCEPT": "*/*"},
    {"HTTP_USER_AGENT": "GoogleImageProxy", "HTTP_REFERER": "https://mail.google.com/"},
    {"HTTP_USER_AGENT": "Mimecast URL Protect", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    {"HTTP_SEC_PURPOSE": "prefetch;prerender", "HTTP_PURPOSE": "prefetch", "HTTP_X_MOZ": "prefetch"},
    {"HTTP_RANGE": "bytes=0-1023"},
    # Hay proxys que traducen esta cabecera: aquí no se le hace caso.
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST", "HTTP_LIST_UNSUBSCRIBE": "One-Click"},
]


@pytest.mark.parametrize("cabeceras", ESCANERES, ids=range(len(ESCANERES)))
@pytest.mark.parametrize("verbo", ["GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "PUT", "DELETE", "PATCH"])
def test_un_escaner_que_abre_el_enlace_no_da_de_baja_a_nadie(client, enlace, verbo, cabeceras):
    cuerpo = "List-Unsubscribe=One-Click"
    respuesta = client.generic(verbo, f"{enlace}?{cuerpo}&_method=POST", cuerpo, **cabeceras)
    assert respuesta.status_code in {200, 405}
    assert not Supresion.objects.exists()
    assert not Suscriptor.objects.filter(estado="baja").exists()
    assert not CorreoOficial.objects.filter(baja_en__isnull=False).exists()


@pytest.mark.parametrize("como", ["urlencoded", "multipart"])
def test_un_clic_da_de_baja_sin_cookies_ni_csrf_ni_redirigir(enlace, como):
    estricto = Client(enforce_csrf_checks=True)
    if como == "multipart":
        respuesta = estricto.post(enlace, UN_CLIC)
    else:
        respuesta = estricto.generic("POST", enlace, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert (respuesta.status_code, respuesta.text) == (200, "Dado de baja.")
    assert not respuesta.cookies
    assert Supresion.objects.get().motivo == "baja"
    assert estricto.post(enlace, UN_CLIC).status_code == 200, "repetirlo no falla"
    assert Supresion.objects.count() == 1


def test_la_baja_de_un_clic_corta_todo_lo_masivo(rosa, cusco):
    EntidadFactory(centro=cusco, correo=rosa.correo)
    Client().post(ruta_de_baja(rosa), UN_CLIC)
    rosa.refresh_from_db()
    assert (rosa.estado, rosa.baja_por) == ("baja", "propia")
    assert not list(Segmento(("suscriptores", "entidades", "operadores")).destinatarios())
    envio = poner_en_cola(clave="x", asunto="x", texto="x", destinatarios=[Destinatario(rosa.correo)], es_masivo=True)
    assert not envio.entregas.exists()


def test_la_baja_de_un_correo_oficial_tambien_corta_su_suscripcion(client, oficial):
    suscriptor = SuscriptorFactory(correo=oficial.correo)
    pagina = client.get(ruta_de_baja(oficial)).text
    assert oficial.correo in pagina
    assert "Ley 29733" in pagina
    assert "Ya no le escribiremos" in client.post(ruta_de_baja(oficial), follow=True).text
    oficial.refresh_from_db()
    suscriptor.refresh_from_db()
    assert oficial.baja_en
    assert suscriptor.estado == "baja"
    assert "ya está de baja" in client.get(ruta_de_baja(oficial)).text


def test_quien_se_suscribe_despues_de_su_baja_oficial_recibe_solo_lo_que_pidio(oficial, cusco):
    EntidadFactory(centro=cusco, correo=oficial.correo)
    bajas.dar_de_baja_oficial(oficial=oficial)
    suscriptor = suscripcion.suscribir(correo=oficial.correo, tipos=["boletin"])
    suscripcion.confirmar(suscriptor=suscriptor)
    todo = ("suscriptores", "entidades")
    assert [d.direccion for d in Segmento(todo, correo="boletin").destinatarios()] == [oficial.correo]
    assert not list(Segmento(todo, correo="comunicados").destinatarios())


@pytest.mark.parametrize("clase", ["suscriptor", "oficial"])
def test_la_baja_se_anota_en_la_entrega_que_dice_el_enlace(monkeypatch, rosa, oficial, clase):
    anotadas = []
    monkeypatch.setattr(bajas, "anotar_baja", lambda entrega, direccion: anotadas.append((entrega, direccion)))
    de = rosa if clase == "suscriptor" else oficial
    Client().post(f"{ruta_de_baja(de)}?e=812", UN_CLIC)
    assert anotadas == [(812, de.correo)]


@pytest.mark.parametrize("e", ["", "x", "-1", "9" * 30, "1%00", "٣", "1e3"])
def test_una_entrega_disparatada_en_el_enlace_no_impide_la_baja(rosa, e):
    assert Client().post(f"{ruta_de_baja(rosa)}?e={e}", UN_CLIC).status_code == 200
    assert Supresion.objects.exists()


def test_el_boton_de_la_pagina_conserva_la_entrega(client, rosa):
    assert f'action="{ruta_de_baja(rosa)}?e=812"' in client.get(f"{ruta_de_baja(rosa)}?e=812").text


def test_la_pagina_de_baja_ofrece_tambien_recibir_menos(client, rosa):
    pagina = client.get(ruta_de_baja(rosa)).text
    assert "Dejar de recibir todo" in pagina
    assert f'action="{enlaces.ruta_de(enlaces.url_preferencias(rosa))[:30]}' in pagina


def test_la_supresion_sobrevive_al_borrado_y_una_lista_no_la_resucita(rosa, comunicaciones):
    bajas.borrar_suscriptor(suscriptor=rosa, motivo="Ejerció su derecho de cancelación", por=comunicaciones)
    assert not Suscriptor.objects.exists()
    assert Supresion.objects.get().direccion == "rosa@muni.example"
    huella = Huella.objects.get(accion="borrar suscriptor")
    assert huella.motivo == "Ejerció su derecho de cancelación"
    assert "rosa" not in str(huella.detalle)


@pytest.mark.parametrize(
    ("motivo", "baja_por", "texto"),
    [("rebote", "rebote", "su correo rebota"), ("queja", "queja", "no deseado"), ("baja", "propia", "se dio de baja")],
)
def test_lo_que_el_correo_suprime_pasa_a_baja_con_su_razon(rosa, motivo, baja_por, texto):
    for avisar in al_suprimir:
        avisar("Rosa@Muni.example", motivo)
        avisar("nadie@x.example", motivo)
    rosa.refresh_from_db()
    assert (rosa.estado, rosa.baja_por) == ("baja", baja_por)
    assert rosa.baja_en
    assert texto in rosa.get_baja_por_display()


def test_una_queja_posterior_a_la_baja_se_ve_y_una_baja_posterior_no_la_tapa(rosa):
    bajas.dar_de_baja(suscriptor=rosa)
    bajas.anotar_supresion(rosa.correo, "queja")
    bajas.dar_de_baja(suscriptor=rosa)
    rosa.refresh_from_db()
    assert rosa.baja_por == "queja"


def test_si_falla_anotar_la_baja_no_queda_a_medias(monkeypatch, rosa):
    def fallar(*args):
        raise RuntimeError

    monkeypatch.setattr(bajas, "_marcar_bajas", fallar)
    with pytest.raises(RuntimeError):
        bajas.dar_de_baja(suscriptor=rosa)
    assert not Supresion.objects.exists()


def test_un_invitado_acepta_y_queda_confirmado_con_su_consentimiento(client):
    invitado = SuscriptorFactory(correo="ana@x.example", estado="invitado")
    url = enlaces.ruta_de(enlaces.url_invitacion(invitado))
    assert "¿Quiere recibir nuestros correos?" in client.get(url).text
    sin_aceptar = {"nombre": "Ana", "centro": "", "tipos": ["boletin"]}
    assert "necesitamos que acepte el aviso" in client.post(url, sin_aceptar).text
    assert "Suscripción confirmada" in client.post(url, sin_aceptar | {"acepta": "on"}, follow=True).text
    invitado.refresh_from_db()
    assert (invitado.estado, invitado.tipos, invitado.nombre) == ("confirmado", ["boletin"], "Ana")
    assert (invitado.consentimiento.canal, invitado.consentimiento.ip) == ("web", "127.0.0.1")


def test_el_enlace_de_invitacion_ya_usado_lleva_a_sus_preferencias_y_no_resucita_a_quien_se_fue(client):
    invitado = SuscriptorFactory(estado="confirmado")
    url = enlaces.ruta_de(enlaces.url_invitacion(invitado))
    assert reverse("boletines:preferencias", args=["x"])[:26] in client.get(url).url
    bajas.dar_de_baja(suscriptor=invitado)
    assert client.post(url, {"tipos": ["boletin"], "acepta": "on"}).url == "/suscripcion/"
    invitado.refresh_from_db()
    assert invitado.estado == "baja"
