"""Los avisos de un proveedor: el mismo cuenta una vez, un secreto malo no cuenta nada y uno roto no rompe."""

import base64
import importlib
import logging
from types import ModuleType

import pytest
from django.test import Client
from django.urls import clear_url_caches

import portal.urls
from correo import cartero
from correo.models import Entrega, Suceso, Supresion
from correo.proveedor import avisos_de_proveedor
from tests.correo.avisos_de_muestra import LLAVE_DE_MAILGUN, brevo, mailgun, postmark
from tests.correo.cola import encolar, encolar_boletin

pytestmark = pytest.mark.django_db
T, M = Suceso.Tipo, Supresion.Motivo
SECRETO = "portal:un-secreto-largo"
ANA = "ana@muni.example"


@pytest.fixture(autouse=True)
def con_secreto(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": [SECRETO], "MAILGUN_WEBHOOK_SIGNING_KEY": LLAVE_DE_MAILGUN}
    urls = ModuleType("urls_con_avisos")
    urls.urlpatterns = [*avisos_de_proveedor([SECRETO]), *portal.urls.urlpatterns]
    settings.ROOT_URLCONF = urls


@pytest.fixture
def entrega(con_secreto):
    encolar_boletin(ANA)
    cartero.repartir_pendientes()
    Entrega.objects.update(id_de_proveedor="883953f4-6105-42a2-a16a-77a8eac79483")
    return Entrega.objects.get()


def avisar(proveedor, cuerpo, *, secreto=SECRETO, client=None, **cabeceras):
    if secreto:
        cabeceras["HTTP_AUTHORIZATION"] = "Basic " + base64.b64encode(secreto.encode()).decode()
    client = client or Client(enforce_csrf_checks=True)
    direccion = f"/anymail/{proveedor}/tracking/"
    return client.post(direccion, cuerpo, content_type="application/json", **cabeceras).status_code


MUESTRAS = {
    "mailgun": lambda e, **d: mailgun(direccion=ANA, message_id=e.message_id, **d),
    "postmark": lambda e, **d: postmark(direccion=ANA, message_id=e.id_de_proveedor, **d),
    "brevo": lambda e, **d: brevo(direccion=ANA, message_id=e.message_id, **d),
}
proveedores = pytest.mark.parametrize("proveedor", MUESTRAS)


@proveedores
def test_el_mismo_rebote_diez_veces_cuenta_una(entrega, proveedor):
    assert {avisar(proveedor, MUESTRAS[proveedor](entrega)) for _ in range(10)} == {200}
    suceso = Suceso.objects.get()
    assert (suceso.tipo, suceso.entrega, suceso.direccion) == (T.REBOTE, entrega, ANA)
    assert Entrega.objects.get().estado == Entrega.Estado.REBOTADA
    assert Supresion.objects.get().motivo == M.REBOTE


@proveedores
@pytest.mark.parametrize("secreto", ["portal:otro", "otro:un-secreto-largo", "portal:", ""])
def test_un_secreto_malo_no_cuenta_nada(entrega, proveedor, secreto):
    assert avisar(proveedor, MUESTRAS[proveedor](entrega), secreto=secreto) in (400, 401, 403)
    assert not Suceso.objects.exists()
    assert Entrega.objects.get().estado == Entrega.Estado.ENVIADA


def test_con_el_secreto_bueno_y_la_firma_de_mailgun_mala_tampoco(entrega):
    assert avisar("mailgun", MUESTRAS["mailgun"](entrega, llave="otra")) == 400
    assert not Suceso.objects.exists()


@pytest.mark.parametrize(
    ("proveedor", "cuerpo", "tipo"),
    [
        ("mailgun", {"suceso": "complained"}, T.QUEJA),
        ("mailgun", {"suceso": "unsubscribed"}, T.BAJA),
        ("mailgun", {"severidad": "temporary"}, None),  # todavía lo va a reintentar
        ("mailgun", {"suceso": "delivered"}, None),
        ("mailgun", {"suceso": "opened"}, None),
        ("postmark", {"clase": "SoftBounce"}, T.REBOTE_PASAJERO),
        ("postmark", {"clase": "SpamComplaint", "tipo": "SpamComplaint"}, T.QUEJA),
        ("postmark", {"clase": "BadEmailAddress"}, T.REBOTE),
        ("postmark", {"clase": "Blocked"}, T.REBOTE_PASAJERO),
        ("postmark", {"clase": "AutoResponder"}, None),
        ("brevo", {"suceso": "soft_bounce"}, T.REBOTE_PASAJERO),
        ("brevo", {"suceso": "spam"}, T.QUEJA),
        ("brevo", {"suceso": "invalid_email"}, T.REBOTE),
        ("brevo", {"suceso": "unsubscribe"}, T.BAJA),
        ("brevo", {"suceso": "algo_nuevo"}, None),
    ],
    ids=str,
)
def test_cada_aviso_se_entiende_como_lo_que_es(entrega, proveedor, cuerpo, tipo):
    assert avisar(proveedor, MUESTRAS[proveedor](entrega, **cuerpo)) == 200
    assert list(Suceso.objects.values_list("tipo", flat=True)) == ([tipo] if tipo else [])


def test_sin_identificador_conocido_vale_la_direccion(entrega):
    assert avisar("postmark", postmark(direccion="ANA@muni.example", message_id="de-otro-lado")) == 200
    assert Suceso.objects.get().entrega == entrega


def test_de_una_direccion_a_la_que_no_se_escribio_se_aprende_igual(entrega):
    assert avisar("postmark", postmark(direccion="nadie@muni.example", message_id="x")) == 200
    assert Suceso.objects.get().entrega is None
    assert Supresion.objects.get().direccion == "nadie@muni.example"
    assert Entrega.objects.get().estado == Entrega.Estado.ENVIADA


def test_el_identificador_manda_sobre_la_direccion_a_la_que_se_reenvio(entrega):
    avisar("postmark", postmark(direccion="su-otro-buzon@correo.example", message_id=entrega.id_de_proveedor))
    assert Supresion.objects.get().direccion == ANA


def test_un_aviso_personal_rebotado_por_el_proveedor_queda_rebotado(entrega):
    envio = encolar()
    cartero.repartir_pendientes()
    [aviso] = envio.entregas.all()
    avisar("brevo", brevo(direccion=ANA, message_id=aviso.message_id))
    assert envio.entregas.get().estado == Entrega.Estado.REBOTADA
    entrega.refresh_from_db()
    assert entrega.estado == Entrega.Estado.ENVIADA


@proveedores
@pytest.mark.parametrize(
    "cuerpo", ["", "{", "[]", "null", '"x"', "{}", '{"event": 1}', "[1]", "\ud83d".encode("utf-8", "replace")], ids=repr
)
def test_un_cuerpo_roto_no_rompe_el_portal(con_secreto, caplog, proveedor, cuerpo):
    caplog.set_level(logging.CRITICAL)
    assert avisar(proveedor, cuerpo) in (200, 400)
    assert not Suceso.objects.exists()


@pytest.mark.parametrize(
    "cambios",
    [
        {"direccion": "a\x00@x.example"},
        {"direccion": "x" * 400 + "@x.example"},
        {"message_id": "\x00" * 5},
        {"llave": None},
    ],
    ids=["nulo", "larga", "identificador nulo", "sin llave"],
)
def test_los_datos_imposibles_de_un_aviso_autentico_no_rompen(entrega, cambios):
    datos = {"direccion": "a@x.example", "message_id": "x"} | cambios
    assert avisar("postmark", postmark(**datos)) in (200, 400)


@pytest.mark.parametrize("proveedor", ["amazon_ses", "sparkpost", "mailersend", "unisender_go"])
def test_un_proveedor_que_no_esta_configurado_no_es_una_falla(entrega, caplog, proveedor):
    caplog.set_level(logging.CRITICAL)
    for secreto in (SECRETO, "malo:malo"):
        assert avisar(proveedor, "{}", secreto=secreto) in (200, 400, 401, 403, 404)
    assert not Suceso.objects.exists()


def test_no_se_recibe_correo_por_aqui(con_secreto):
    assert Client().post("/anymail/postmark/inbound/", "{}", content_type="application/json").status_code == 404


def test_un_get_no_hace_nada(con_secreto):
    assert Client().get("/anymail/postmark/tracking/").status_code == 405


def test_sin_secreto_las_direcciones_no_existen_y_con_el_si(settings):
    def hay_avisos(secreto):
        settings.ANYMAIL = {"WEBHOOK_SECRET": secreto} if secreto else {}
        modulo = importlib.reload(portal.urls)
        return any("anymail" in str(ruta.pattern) for ruta in modulo.urlpatterns)

    try:
        assert [hay_avisos(None), hay_avisos([SECRETO]), hay_avisos(None)] == [False, True, False]
    finally:
        clear_url_caches()
