"""La sesión se cierra sola, sin perder lo escrito; se ve desde dónde está abierta y se cierra desde otro lado."""

import datetime as dt
import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse

from acceso import actions, middleware, recien
from acceso.models import TextoSalvado
from custodia.models import Huella
from tests.acceso.ayudas import CLAVE, ENTRAR, INTRANET, entrar, esta_dentro

pytestmark = pytest.mark.django_db
FORMULARIO = "/intranet/personal/1/acceso/?de=lista"


@pytest.fixture
def reloj(monkeypatch):
    """``reloj.pasan(minutos=…)``: el tiempo de la sesión, sin esperar."""

    class Reloj:
        ahora = time.time()

        def pasan(self, minutos):
            self.ahora += minutos * 60

    uno = Reloj()
    monkeypatch.setattr("acceso.sesion.time.time", lambda: uno.ahora)
    return uno


def test_media_hora_sin_uso_la_cierra(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(29)
    assert esta_dentro(client)
    reloj.pasan(31)
    assert client.get(INTRANET).url.startswith(ENTRAR)
    assert Huella.objects.filter(accion="cerrar sesión inactiva", usuario=rosa).exists()


def test_usandola_sigue_pero_no_mas_de_doce_horas(client, inicio, rosa, reloj):
    entrar(client, rosa)
    for _ in range(28):
        reloj.pasan(25)
        assert esta_dentro(client)
    reloj.pasan(21)
    assert not esta_dentro(client)


def test_lo_que_la_pagina_pide_sola_no_la_alarga(client, inicio, rosa, reloj):
    entrar(client, rosa)
    for _ in range(2):
        reloj.pasan(14)
        client.get(reverse("acceso_sesion"))
    assert client.get(reverse("acceso_sesion")).json()["quedan"] == 120
    reloj.pasan(3)
    assert not esta_dentro(client)


def test_seguir_trabajando_si_la_alarga(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(29)
    assert client.post(reverse("acceso_seguir")).json()["quedan"] == 1800
    reloj.pasan(29)
    assert esta_dentro(client)


def test_los_avisos_del_editor_no_cuentan_como_actividad():
    for nombre in middleware.SOLOS - {"acceso_sesion"}:
        argumentos = ["wagtailcore", "page", 1, 1] if nombre.endswith("ping") else [1]
        assert reverse(nombre, args=argumentos)


def test_la_actividad_se_anota_a_lo_mas_una_vez_por_minuto(client, inicio, rosa, reloj, django_assert_num_queries):
    entrar(client, rosa)
    client.get(reverse("acceso_sesion"))
    with django_assert_num_queries(2):  # la sesión y el usuario
        client.get(reverse("acceso_sesion"))


def test_lo_publico_sigue_al_vencer_ya_sin_nadie_dentro(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    respuesta = client.get("/")
    assert respuesta.status_code == 200
    assert not esta_dentro(client)


@pytest.mark.parametrize(
    "cabeceras", [{"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Dest": "empty"}]
)
@pytest.mark.parametrize("vencida", [True, False])
def test_a_quien_pide_desde_una_pagina_abierta_se_le_dice_401(client, inicio, rosa, reloj, cabeceras, vencida):
    if vencida:
        entrar(client, rosa)
        reloj.pasan(31)
    abierta = {"HX-Current-URL": "http://testserver/intranet/capacitaciones/?p=2"}
    respuesta = client.get("/intranet/capacitaciones/", headers=cabeceras | abierta)
    assert respuesta.status_code == 401
    destino = f"{ENTRAR}?next=%2Fintranet%2Fcapacitaciones%2F%3Fp%3D2"
    assert respuesta["X-Entrar"] == destino
    assert "HX-Redirect" not in respuesta  # htmx dejaría la página con lo escrito
    assert "<form" not in respuesta.text


def test_lo_publico_que_pide_una_pagina_abierta_tambien_sigue(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    assert client.get("/", headers={"HX-Request": "true"}).status_code == 200


# --- Lo escrito ---


@pytest.fixture
def salvado(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    datos = {
        "csrfmiddlewaretoken": "x",
        "nota": "Lo que tanto costó\nescribir",
        "temas": ["a", "b"],
        "password": "secreta",
        "new_password1": "secreta",
        "archivo": SimpleUploadedFile("a.pdf", b"%PDF"),
    }
    respuesta = client.post(FORMULARIO, datos)
    guardado = TextoSalvado.objects.get()
    assert respuesta.url == f"{ENTRAR}?next=%2Facceso%2Flo-escrito%2F{guardado.pk}%2F"
    return guardado


def test_lo_enviado_tarde_se_guarda_sin_contrasenas_ni_archivos(salvado, rosa):
    assert salvado.usuario == rosa
    assert salvado.ruta == FORMULARIO
    assert salvado.datos == [["nota", "Lo que tanto costó\nescribir"], ["temas", "a"], ["temas", "b"]]
    assert salvado.sin_archivos


def test_al_volver_a_entrar_lo_ve_y_puede_enviarlo(client, salvado, rosa):
    pagina = client.post(
        ENTRAR, {"login": rosa.username, "password": CLAVE, "next": f"/acceso/lo-escrito/{salvado.pk}/"}, follow=True
    )
    assert "Lo que tanto costó" in pagina.text
    assert "Los archivos que adjuntó no se guardaron" in pagina.text
    assert f"{FORMULARIO}#recuperar={salvado.pk}" in pagina.text
    respuesta = client.post(reverse("acceso_texto_enviar", args=[salvado.pk]), {"nota": "x"})
    assert (respuesta.status_code, respuesta["Location"]) == (307, FORMULARIO)
    assert not TextoSalvado.objects.exists()


def test_se_vuelve_a_la_pagina_en_que_se_escribio_aunque_se_enviara_a_otra_direccion(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    client.post("/intranet/solo-post/", {"nota": "Lo escrito"}, headers={"Referer": f"http://testserver{FORMULARIO}"})
    entrar(client, rosa)
    pagina = client.get(reverse("acceso_texto", args=[TextoSalvado.objects.get().pk])).text
    assert f'href="{FORMULARIO}#recuperar=' in pagina
    assert "/intranet/solo-post/#" not in pagina


def test_la_pagina_del_formulario_se_lo_lleva_una_vez(client, salvado, rosa):
    entrar(client, rosa)
    url = reverse("acceso_texto_tomar", args=[salvado.pk])
    assert client.get(url).status_code == 405
    assert client.post(url).json()["datos"] == salvado.datos
    assert client.post(url).status_code == 404


def test_otra_persona_no_lo_ve_ni_lo_usa(client, salvado, jefa):
    entrar(client, jefa)
    assert client.get(reverse("acceso_texto", args=[salvado.pk])).status_code == 302
    for nombre in ("acceso_texto_enviar", "acceso_texto_tomar", "acceso_texto_descartar"):
        assert client.post(reverse(nombre, args=[salvado.pk])).status_code == 404
    assert TextoSalvado.objects.exists()


def test_mirarlo_no_lo_gasta_y_descartarlo_lo_borra(client, salvado, rosa):
    entrar(client, rosa)
    client.get(reverse("acceso_texto", args=[salvado.pk]))
    assert TextoSalvado.objects.exists()
    client.post(reverse("acceso_texto_descartar", args=[salvado.pk]))
    assert not TextoSalvado.objects.exists()


def test_a_la_hora_se_borra_y_se_dice(client, salvado, rosa):
    TextoSalvado.objects.update(guardado_en=salvado.guardado_en - dt.timedelta(minutes=61))
    entrar(client, rosa)
    respuesta = client.get(reverse("acceso_texto", args=[salvado.pk]), follow=True)
    assert "pasó más de una hora" in respuesta.text
    assert actions.olvidar_textos_vencidos() == "textos salvados que vencieron: 1"
    assert actions.olvidar_textos_vencidos() == ""


def test_sin_segundo_factor_no_se_ve(client, salvado, rosa, obligatorio):
    entrar(client, rosa)
    assert client.get(reverse("acceso_texto", args=[salvado.pk])).status_code == 302
    assert client.post(reverse("acceso_texto_tomar", args=[salvado.pk])).status_code == 302
    assert TextoSalvado.objects.exists()


def test_un_envio_de_otro_sitio_no_se_guarda(inicio, rosa, reloj):
    """Sin la marca de CSRF no se sabe si lo escribió ella."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(rosa)
    reloj.pasan(31)
    client.post(FORMULARIO, {"nota": "de un ladrón"})
    assert not TextoSalvado.objects.exists()


# --- Lo escrito en una página cuya sesión cerró otro ---


def enviar_tarde(client):
    return client.post(FORMULARIO, {"nota": "Lo que tanto costó"})


def test_el_aviso_de_la_propia_pagina_no_hace_perder_lo_escrito(client, inicio, rosa, reloj):
    """La página pregunta sola al vencer la sesión, y el formulario se envía después."""
    entrar(client, rosa)
    reloj.pasan(31)
    assert client.get(reverse("acceso_sesion"), headers={"Accept": "application/json"}).status_code == 401
    enviar_tarde(client)
    assert TextoSalvado.objects.get().usuario == rosa


@pytest.mark.parametrize("otra_pestana", [INTRANET, "/", ENTRAR])
def test_lo_escrito_en_una_pestana_se_guarda_aunque_otra_cerrara_la_sesion(client, inicio, rosa, reloj, otra_pestana):
    entrar(client, rosa)
    reloj.pasan(31)
    client.get(otra_pestana)
    respuesta = enviar_tarde(client)
    guardado = TextoSalvado.objects.get()
    assert (guardado.usuario, guardado.datos) == (rosa, [["nota", "Lo que tanto costó"]])
    assert respuesta.url == f"{ENTRAR}?next=%2Facceso%2Flo-escrito%2F{guardado.pk}%2F"


def test_el_aviso_trae_una_marca_que_vale_y_no_pisa_la_de_quien_entra_a_la_vez(inicio, rosa):
    """Al entrar, la galleta de CSRF cambia; la respuesta a un aviso anterior no puede volver a poner la de antes."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(rosa)
    assert client.get(reverse("acceso_sesion")).json()["marca"] == ""
    client.get(INTRANET)
    respuesta = client.get(reverse("acceso_sesion"))
    assert not respuesta.cookies
    seguir = client.post(reverse("acceso_seguir"), headers={"X-CSRFToken": respuesta.json()["marca"]})
    assert seguir.status_code == 200


def test_lo_escrito_de_noche_se_guarda_al_enviarlo_a_la_manana_siguiente(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(15 * 60)
    Session.objects.update(expire_date=F("expire_date") - dt.timedelta(hours=15))
    enviar_tarde(client)
    assert TextoSalvado.objects.get().usuario == rosa


def test_la_galleta_de_quien_estaba_no_deja_entrar_a_nada(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    client.get(INTRANET)
    assert recien.galleta() in client.cookies
    assert not esta_dentro(client)
    assert client.get(reverse("acceso_texto", args=[1])).status_code == 302


def test_una_galleta_ajena_o_de_una_cuenta_cerrada_no_guarda_nada(client, inicio, rosa, reloj):
    client.cookies[recien.galleta()] = str(rosa.pk)
    enviar_tarde(client)
    assert not TextoSalvado.objects.exists()
    entrar(client, rosa)
    reloj.pasan(31)
    client.get(INTRANET)
    rosa.is_active = False
    rosa.save()
    enviar_tarde(client)
    assert not TextoSalvado.objects.exists()


def test_quien_se_sienta_despues_no_deja_lo_suyo_a_nombre_de_quien_estaba(client, inicio, rosa, jefa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    client.get(INTRANET)
    entrar(client, jefa)
    client.get(INTRANET)
    client.logout()
    enviar_tarde(client)
    assert not TextoSalvado.objects.exists()


def test_un_caracter_nulo_no_estorba(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    client.post(FORMULARIO, {"no\x00ta": "tex\x00to"})
    assert TextoSalvado.objects.get().datos == [["nota", "texto"]]


def test_lo_que_no_cabe_no_se_guarda_a_medias(client, inicio, rosa, reloj):
    entrar(client, rosa)
    reloj.pasan(31)
    client.post(FORMULARIO, {"nota": "x" * (actions.CABE + 1)})
    assert not TextoSalvado.objects.exists()


# --- Desde dónde está abierta ---

EN_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537.36"
EN_ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537.36"


@pytest.fixture
def telefono(client, inicio, rosa):
    """La misma cuenta abierta en la oficina (``client``) y en el teléfono."""
    entrar(client, rosa, headers={"User-Agent": EN_WINDOWS})
    otro = Client(REMOTE_ADDR="203.0.113.5")
    entrar(otro, rosa, headers={"User-Agent": EN_ANDROID})
    return otro


def lista(client):
    return client.get(reverse("usersessions_list"), headers={"User-Agent": EN_WINDOWS})


def test_se_ven_el_aparato_la_direccion_y_cual_es_esta(client, telefono):
    filas = lista(client).context["filas"]
    assert {(f["aparato"], f["sesion"].ip, f["es_esta"]) for f in filas} == {
        ("Chrome en Windows", "127.0.0.1", True),
        ("Chrome en Android", "203.0.113.5", False),
    }


@pytest.mark.parametrize(
    ("campo", "hace"), [("last_seen_at", dt.timedelta(minutes=32)), ("created_at", dt.timedelta(hours=13))]
)
def test_la_que_ya_vencio_no_figura_como_abierta(client, telefono, campo, hace):
    del_telefono = UserSession.objects.get(ip="203.0.113.5")
    UserSession.objects.filter(pk=del_telefono.pk).update(**{campo: getattr(del_telefono, campo) - hace})
    assert [fila["es_esta"] for fila in lista(client).context["filas"]] == [True]


def test_se_cierra_una(client, telefono, rosa):
    [fila] = [f for f in lista(client).context["filas"] if not f["es_esta"]]
    client.post(reverse("acceso_cerrar_sesion", args=[fila["sesion"].pk]))
    assert not esta_dentro(telefono)
    assert esta_dentro(client)
    assert Huella.objects.filter(accion="cerrar sesiones", usuario=rosa).exists()


def test_se_cierran_todas_las_demas(client, telefono):
    client.post(reverse("acceso_cerrar_las_demas"))
    assert not esta_dentro(telefono)
    assert esta_dentro(client)


def test_nadie_cierra_la_de_otro(client, telefono, jefa):
    [fila] = [f for f in lista(client).context["filas"] if not f["es_esta"]]
    ajeno = Client()
    entrar(ajeno, jefa)
    assert ajeno.post(reverse("acceso_cerrar_sesion", args=[fila["sesion"].pk])).status_code == 404
    assert esta_dentro(telefono)
