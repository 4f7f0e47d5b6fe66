"""Cinco fallos cierran la entrada quince minutos, y no hay disfraz ni otra puerta que lo evite."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from acceso.cerrojo import FALLOS_POR_CUENTA
from custodia.models import Huella
from tests.acceso.ayudas import CLAVE, MOSTRAR, codigo_de, con_aplicacion, con_clave, entrar, esta_dentro
from tests.fabricas import UsuarioFactory

pytestmark = pytest.mark.django_db


def fallar(client, usuario, veces, **extra):
    for _ in range(veces):
        respuesta = entrar(client, usuario, "mala", **extra)
    return respuesta


def pasan(minutos):
    for intento in AccessAttempt.objects.all():
        antes = intento.attempt_time - dt.timedelta(minutes=minutos)
        AccessAttempt.objects.filter(pk=intento.pk).update(attempt_time=antes)


def test_al_quinto_fallo_se_cierra_y_dice_hasta_cuando(client, inicio, rosa):
    assert fallar(client, rosa, 4).status_code == 200
    respuesta = fallar(client, rosa, 1)
    assert respuesta.status_code == 429
    hasta = timezone.localtime(timezone.now() + dt.timedelta(minutes=15))
    assert f"{hasta:%H:%M}" in respuesta.text or f"{hasta - dt.timedelta(minutes=1):%H:%M}" in respuesta.text
    assert int(respuesta["Retry-After"]) <= 900
    assert entrar(client, rosa).status_code == 429, "con la contraseña buena tampoco"
    assert not esta_dentro(client)


def test_a_los_quince_minutos_se_abre_y_seguir_intentando_no_lo_alarga(client, inicio, rosa):
    fallar(client, rosa, 5)
    pasan(14)
    assert entrar(client, rosa).status_code == 429
    pasan(2)
    assert entrar(client, rosa).status_code == 302
    assert esta_dentro(client)


def test_a_un_desconocido_se_le_responde_igual(client, inicio, rosa):
    conocida, desconocida = fallar(client, rosa, 5), fallar(client, "nadie", 5)
    assert desconocida.status_code == conocida.status_code == 429
    assert desconocida.text == conocida.text


def test_entrar_bien_borra_los_fallos(client, inicio, rosa):
    fallar(client, rosa, 4)
    entrar(client, rosa)
    client.post(reverse("account_logout"))
    assert fallar(client, rosa, 4).status_code == 200


@pytest.mark.parametrize(
    "disfraz", ["COORDINADORA.CUSCO", " coordinadora.cusco", "Coordinadora.Cusco  ", "ｃｏｏｒｄｉｎａｄｏｒａ.cusco"]
)
def test_escribir_el_usuario_de_otro_modo_no_da_mas_intentos(client, inicio, rosa, disfraz):
    fallar(client, rosa, 3)
    assert fallar(client, disfraz, 2).status_code == 429
    assert entrar(client, rosa).status_code == 429


@pytest.mark.parametrize("proxies", [0, 1])
def test_inventar_x_forwarded_for_no_da_mas_intentos(client, inicio, rosa, settings, proxies):
    """Con un proxy, lo que él agrega al final es lo único que se cree."""
    settings.PROXIES = proxies
    propia = ", 198.51.100.7" if proxies else ""
    for n in range(5):
        respuesta = entrar(client, rosa, "mala", headers={"X-Forwarded-For": f"203.0.113.{n}{propia}"})
    assert respuesta.status_code == 429
    otra = entrar(client, rosa, headers={"X-Forwarded-For": f"192.0.2.1{propia}"})
    assert otra.status_code == 429


def test_cambiar_de_navegador_no_da_mas_intentos(client, inicio, rosa):
    for n in range(5):
        respuesta = entrar(client, rosa, "mala", headers={"User-Agent": f"Navegador {n}"})
    assert respuesta.status_code == 429


def test_desde_otra_direccion_su_duena_entra_y_desde_muchas_se_cierra_a_todos(client, inicio, rosa):
    fallar(client, rosa, 5, REMOTE_ADDR="203.0.113.1")
    assert entrar(client, rosa, REMOTE_ADDR="198.51.100.9").status_code == 302
    client.post(reverse("account_logout"))
    for n in range(FALLOS_POR_CUENTA - 5):
        entrar(client, rosa, "mala", REMOTE_ADDR=f"203.0.113.{n + 2}")
    assert entrar(client, rosa, REMOTE_ADDR="198.51.100.9").status_code == 429


def test_un_fallo_con_otra_cuenta_no_cierra_la_mia(client, inicio, rosa, jefa):
    fallar(client, rosa, 5)
    assert entrar(client, jefa).status_code == 302


# --- Las demás puertas suman al mismo lugar ---


def test_los_codigos_del_segundo_factor_tambien_se_agotan(client, inicio, rosa):
    con_aplicacion(rosa)
    entrar(client, rosa)
    for n in range(5):
        respuesta = client.post(MOSTRAR, {"code": f"00000{n}"})
    assert respuesta.status_code == 429
    assert client.post(MOSTRAR, {"code": codigo_de(rosa)}).status_code == 429
    assert not esta_dentro(client)
    assert entrar(Client(), rosa).status_code == 429, "ni empezar de nuevo"


def test_repetir_la_contrasena_no_repone_los_codigos(client, inicio, rosa):
    con_aplicacion(rosa)
    for n in range(5):
        entrar(client, rosa)
        respuesta = client.post(MOSTRAR, {"code": f"00000{n}"})
    assert respuesta.status_code == 429


@pytest.mark.parametrize(
    ("nombre", "datos"),
    [
        ("account_reauthenticate", {"password": "mala"}),
        (
            "account_change_password",
            {"oldpassword": "mala", "password1": "Nueva-clave-22x", "password2": "Nueva-clave-22x"},
        ),
    ],
)
def test_adivinar_la_contrasena_desde_dentro_tambien_se_cuenta(client, inicio, rosa, nombre, datos):
    entrar(client, rosa)
    for _ in range(5):
        respuesta = client.post(reverse(nombre), datos)
    assert respuesta.status_code == 429
    assert client.post(reverse("account_reauthenticate"), {"password": CLAVE}).status_code == 429


def test_confirmar_con_codigos_tambien_se_cuenta(client, inicio, rosa, obligatorio):
    con_aplicacion(rosa)
    client.force_login(rosa)
    for n in range(5):
        respuesta = client.post(reverse("mfa_reauthenticate"), {"code": f"00000{n}"})
    assert respuesta.status_code == 429
    assert client.post(reverse("mfa_reauthenticate"), {"code": codigo_de(rosa)}).status_code == 429


# --- Lo que queda y quién lo abre ---


def test_el_bloqueo_queda_anotado_una_vez_y_sin_lo_que_se_escribio(client, inicio, rosa):
    fallar(client, rosa, 7)
    fallar(client, "Mi-Clave-Secreta-1", 5)
    de_rosa, del_otro = Huella.objects.filter(accion="bloquear entrada").order_by("pk")
    assert (de_rosa.modelo, de_rosa.objeto) == ("organizacion.usuario", str(rosa.pk))
    assert del_otro.objeto == ""
    assert "secreta" not in str(del_otro.detalle).lower()


def test_no_se_guarda_lo_que_se_escribio_en_las_casillas(client, inicio, rosa):
    entrar(client, rosa, "Contrasena-Casi-Buena")
    intento = AccessAttempt.objects.get()
    assert "Casi-Buena" not in intento.post_data
    assert rosa.username not in intento.post_data


def test_quien_cuida_cuentas_la_desbloquea_y_queda_anotado(client, inicio, rosa, jefa):
    fallar(client, rosa, 5)
    entrar(client, jefa)
    pagina = client.get(reverse("acceso_seguridad", args=[rosa.pk])).text
    assert "(bloqueada)" in pagina
    client.post(reverse("acceso_desbloquear", args=[rosa.pk]))
    assert Huella.objects.filter(accion="desbloquear", usuario=jefa, objeto=str(rosa.pk)).exists()
    client.post(reverse("account_logout"))
    assert entrar(client, rosa).status_code == 302


def test_los_demas_no_desbloquean(client, inicio, rosa):
    otra = con_clave(UsuarioFactory(username="otra"))
    fallar(client, otra, 5)
    entrar(client, rosa)
    client.post(reverse("acceso_desbloquear", args=[otra.pk]))
    assert AccessAttempt.objects.filter(username="otra").exists()
