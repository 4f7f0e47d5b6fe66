"""Las pantallas de envíos: quién ve qué, qué se puede pulsar y qué pasa con una dirección inventada."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from correo import cartero
from correo.models import Entrega, Envio
from tests.correo.cola import direcciones, encolar, encolar_boletin
from tests.personas import asistente_de_cusco, con_rol

pytestmark = pytest.mark.django_db
E = Entrega.Estado
LISTA = "/intranet/envios/"


@pytest.fixture
def boletin(db):
    return encolar_boletin(*direcciones(4), asunto="Boletín de julio")


def ver(client, usuario, direccion=LISTA, **consulta):
    client.force_login(usuario)
    return client.get(direccion, consulta)


def url_de(envio, accion=None):
    if accion:
        return reverse("correo_envio_actuar", args=[envio.pk, accion])
    return reverse("correo_envio_detalle", args=[envio.pk])


def test_comunicaciones_ve_el_avance_en_cifras_y_en_barra(client, comunicaciones, boletin):
    una, otra, *_ = boletin.entregas.order_by("pk")
    Entrega.objects.filter(pk=una.pk).update(estado=E.ENVIADA)
    Entrega.objects.filter(pk=otra.pk).update(estado=E.FALLIDA, error="El servidor de correo respondió 550: no existe")
    respuesta = ver(client, comunicaciones, url_de(boletin))
    assert '<progress value="2" max="4"' in respuesta.text
    assert "2 de 4 (50&nbsp;%)" in respuesta.text
    assert "El servidor de correo respondió 550: no existe" in respuesta.text
    assert "persona1@correo.example" in respuesta.text


def test_la_lista_separa_masivos_avisos_y_problemas(client, comunicaciones, boletin):
    aviso = encolar()
    assert list(ver(client, comunicaciones).context["pagina"]) == [boletin]
    assert list(ver(client, comunicaciones, ver="personales").context["pagina"]) == [aviso]
    assert list(ver(client, comunicaciones, ver="problemas").context["pagina"]) == []
    aviso.entregas.update(estado=E.DUDOSA)
    assert list(ver(client, comunicaciones, ver="problemas").context["pagina"]) == [aviso]


@pytest.mark.parametrize("consulta", ["JULIO", "persona3@CORREO.example"])
def test_se_busca_por_asunto_o_por_direccion(client, comunicaciones, boletin, consulta):
    encolar_boletin("otra@x.example", clave="boletin:2", asunto="Boletín de mayo")
    assert list(ver(client, comunicaciones, q=consulta).context["pagina"]) == [boletin]


@pytest.mark.parametrize(
    "consulta",
    [{"p": "999999999999999999999"}, {"p": "x"}, {"ver": "nada"}, {"q": "a\x00b"}, {"q": "%_'\""}, {"ver": "\x00"}],
    ids=str,
)
def test_una_consulta_con_basura_no_rompe_la_lista(client, comunicaciones, boletin, consulta):
    assert ver(client, comunicaciones, **consulta).status_code == 200


def test_la_lista_no_pregunta_mas_por_tener_mas_envios(client, comunicaciones, boletin, cusco):
    ver(client, comunicaciones)  # aquí nacen los ajustes
    client.get(LISTA)  # y aquí se guardan
    with CaptureQueriesContext(connection) as capturadas:
        client.get(LISTA)
    con_uno = len(capturadas)
    for n in range(12):
        encolar_boletin(*direcciones(2), clave=f"boletin:c{n}", centro=cusco)
    client.get(LISTA)  # el centro recién creado renovó lo que se guarda de lo público
    with CaptureQueriesContext(connection) as con_trece:
        client.get(LISTA)
    assert len(con_trece) == con_uno


def test_una_coordinadora_ve_solo_los_envios_de_su_centro(client, coordinadora, cusco, arequipa):
    propio = encolar(clave="aviso:1", centro=cusco)
    ajeno = encolar(clave="aviso:2", centro=arequipa)
    de_la_sede = encolar(clave="aviso:3")
    assert list(ver(client, coordinadora, ver="personales").context["pagina"]) == [propio]
    assert ver(client, coordinadora, url_de(propio)).status_code == 200
    for otro in (ajeno, de_la_sede):
        assert ver(client, coordinadora, url_de(otro)).status_code == 404
        assert ver(client, coordinadora, reverse("correo_envio_avance", args=[otro.pk])).status_code == 404


def test_quien_no_tiene_permiso_no_entra_ni_ve_el_menu(client, boletin):
    asistente = asistente_de_cusco()
    for direccion in (LISTA, url_de(boletin), reverse("correo_envio_avance", args=[boletin.pk])):
        assert ver(client, asistente, direccion).status_code in (302, 403)
    assert LISTA not in ver(client, asistente, "/intranet/").text


def test_quien_tiene_permiso_llega_por_el_menu(client, comunicaciones):
    assert LISTA in ver(client, comunicaciones, "/intranet/").text


def test_una_coordinadora_mira_pero_no_gobierna(client, coordinadora, cusco):
    envio = encolar(centro=cusco)
    assert "Pausar" not in ver(client, coordinadora, url_de(envio)).text
    assert client.post(url_de(envio, "pausar")).status_code in (302, 403)
    envio.refresh_from_db()
    assert envio.estado == Envio.Estado.EN_COLA


@pytest.mark.parametrize(
    ("ordenes", "queda"),
    [(["pausar"], "en_pausa"), (["pausar", "reanudar"], "en_cola"), (["cancelar"], "cancelado")],
    ids=str,
)
def test_los_botones_pausan_reanudan_y_cancelan(client, comunicaciones, boletin, ordenes, queda):
    client.force_login(comunicaciones)
    for orden in ordenes:
        respuesta = client.post(url_de(boletin, orden))
        assert respuesta["Location"] == url_de(boletin)
    boletin.refresh_from_db()
    assert boletin.estado == queda


def test_mirar_no_cambia_nada(client, comunicaciones, boletin):
    client.force_login(comunicaciones)
    assert client.get(url_de(boletin, "cancelar")).status_code == 405
    boletin.refresh_from_db()
    assert boletin.estado == Envio.Estado.EN_COLA


def test_una_orden_que_ya_no_procede_lo_dice(client, comunicaciones, boletin):
    Envio.objects.update(estado=Envio.Estado.TERMINADO)
    client.force_login(comunicaciones)
    respuesta = client.post(url_de(boletin, "pausar"), follow=True)
    assert "El envío ya está «terminado»." in respuesta.text


@pytest.mark.parametrize(("decision", "queda"), [("reintentar", E.PENDIENTE), ("dar-por-enviada", E.ENVIADA)])
def test_sobre_una_dudosa_decide_una_persona(client, comunicaciones, decision, queda):
    envio = encolar()
    entrega = envio.entregas.get()
    envio.entregas.update(estado=E.DUDOSA)
    pagina = ver(client, comunicaciones, url_de(envio)).text
    direccion = reverse("correo_entrega_decidir", args=[entrega.pk, decision])
    assert direccion in pagina
    client.post(direccion)
    entrega.refresh_from_db()
    assert entrega.estado == queda


def test_sobre_lo_dudoso_no_decide_quien_solo_mira_ni_quien_es_de_otro_centro(
    client, coordinadora, cusco, arequipa, sin_cerca
):
    propio, ajeno = encolar(clave="aviso:1", centro=cusco), encolar(clave="aviso:2", centro=arequipa)
    Entrega.objects.update(estado=E.DUDOSA)
    client.force_login(coordinadora)
    for entrega in (propio.entregas.get(), ajeno.entregas.get()):
        client.post(reverse("correo_entrega_decidir", args=[entrega.pk, "dar-por-enviada"]))
    coordinadora.user_permissions.add(Permission.objects.get(codename="change_envio"))
    direccion = reverse("correo_entrega_decidir", args=[ajeno.entregas.get().pk, "dar-por-enviada"])
    assert client.post(direccion).status_code == 404
    assert set(Entrega.objects.values_list("estado", flat=True)) == {E.DUDOSA}


def test_lo_inventado_no_existe(client, comunicaciones, boletin):
    client.force_login(comunicaciones)
    assert client.post(url_de(boletin, "borrar")).status_code == 404
    assert client.get(f"{LISTA}{'9' * 30}/").status_code == 404
    entrega = boletin.entregas.first()
    assert client.post(reverse("correo_entrega_decidir", args=[entrega.pk, "borrar"])).status_code == 404
    assert client.post(f"{LISTA}entregas/{'9' * 30}/reintentar/").status_code == 404


def test_la_pantalla_se_refresca_solo_mientras_el_envio_sale(client, comunicaciones, boletin):
    assert "avance.js" in ver(client, comunicaciones, url_de(boletin)).text
    assert "data-en-cola" in ver(client, comunicaciones, reverse("correo_envio_avance", args=[boletin.pk])).text
    Envio.objects.update(estado=Envio.Estado.TERMINADO)
    assert "avance.js" not in ver(client, comunicaciones, url_de(boletin)).text
    assert "data-en-cola" not in ver(client, comunicaciones, reverse("correo_envio_avance", args=[boletin.pk])).text


def test_el_asunto_y_los_nombres_no_se_ejecutan(client, comunicaciones):
    envio = encolar(asunto="<script>alert(1)</script>")
    envio.entregas.update(estado=E.FALLIDA, error="<img src=x>", nombre="<b>")
    pagina = ver(client, comunicaciones, url_de(envio)).text
    assert "<script>alert(1)" not in pagina
    assert "<img src=x>" not in pagina


def test_el_administrador_tambien_gobierna(client, boletin):
    administrador = con_rol("administradora", "administrador")
    assert "Pausar" in ver(client, administrador, url_de(boletin)).text


def test_de_un_aviso_se_ve_a_quien_fue_y_si_salio(client, comunicaciones):
    envio = encolar()
    cartero.repartir_pendientes()
    assert "ana@muni.example" in ver(client, comunicaciones, ver="personales").text
    pagina = ver(client, comunicaciones, url_de(envio)).text
    assert "ana@muni.example" in pagina
    assert "Ana Quispe" in pagina
    assert "Enviada" in pagina


def test_de_un_aviso_que_espera_se_ve_por_que_y_hasta_cuando(client, comunicaciones):
    envio = encolar()
    envio.entregas.update(error="El servidor de correo respondió 450: lleno", siguiente_intento_en="2026-07-01T20:05Z")
    pagina = ver(client, comunicaciones, url_de(envio)).text
    assert "El servidor de correo respondió 450: lleno" in pagina
    assert "Siguiente intento: mié 1 jul 2026, 3:05\xa0p.\xa0m." in pagina
