"""Entrar a la intranet: con contraseña, con segundo factor donde es obligatorio, y por una sola puerta."""

import pytest
from django.urls import reverse

from custodia.models import Huella
from organizacion.models import Usuario
from tests.acceso.ayudas import (
    CLAVE,
    ENROLAR,
    ENTRAR,
    INTRANET,
    MOSTRAR,
    campo_secreto,
    codigo_de,
    codigo_del_secreto,
    con_aplicacion,
    con_clave,
    entrar,
    esta_dentro,
    respaldo_de,
)
from tests.fabricas import UsuarioFactory

pytestmark = pytest.mark.django_db


def test_con_usuario_y_contrasena_se_entra_y_queda_anotado(client, inicio, rosa):
    respuesta = entrar(client, rosa)
    assert (respuesta.status_code, respuesta.url) == (302, INTRANET)
    assert esta_dentro(client)
    assert Huella.objects.get(accion="entrar").usuario == rosa


@pytest.mark.parametrize("escrito", ["COORDINADORA.CUSCO", "  coordinadora.cusco "])
def test_las_mayusculas_y_los_espacios_del_usuario_no_estorban(client, inicio, rosa, escrito):
    assert entrar(client, escrito).url == INTRANET


def test_a_donde_iba_vuelve(client, inicio, rosa):
    anonimo = client.get("/intranet/capacitaciones/?q=siaf")
    assert anonimo.url.startswith(ENTRAR)
    assert client.post(
        anonimo.url, {"login": rosa.username, "password": CLAVE, "next": "/intranet/capacitaciones/?q=siaf"}
    ).url == ("/intranet/capacitaciones/?q=siaf")


def test_no_se_va_a_otro_sitio(client, inicio, rosa):
    datos = {"login": rosa.username, "password": CLAVE, "next": "https://ladron.example/"}
    assert client.post(ENTRAR, datos).url == INTRANET


@pytest.mark.parametrize("caso", ["desconocido", "clave mala", "cerrada", "cerrada y clave mala", "sin contraseña"])
def test_no_se_dice_por_que_no_entro(client, inicio, rosa, caso):
    cerrada = con_clave(UsuarioFactory(username="cerrada", is_active=False))
    sin_clave = UsuarioFactory(username="sin.clave")
    sin_clave.set_unusable_password()
    sin_clave.save()
    usuario, clave = {
        "desconocido": ("nadie", CLAVE),
        "clave mala": (rosa.username, "otra"),
        "cerrada": (cerrada.username, CLAVE),
        "cerrada y clave mala": (cerrada.username, "otra"),
        "sin contraseña": (sin_clave.username, CLAVE),
    }[caso]
    respuesta = entrar(client, usuario, clave)
    assert respuesta.status_code == 200
    assert respuesta.context["form"].non_field_errors() == ["El usuario o la contraseña no son correctos."]
    assert not esta_dentro(client)


def test_sin_roles_se_explica_y_no_da_vueltas(client, inicio):
    sin_roles = con_clave(UsuarioFactory(username="sin.roles"))
    entrar(client, sin_roles)
    respuesta = client.get(INTRANET, follow=True)
    assert "no tiene roles vigentes" in respuesta.text
    assert len(respuesta.redirect_chain) == 1


# --- El segundo factor ---


def test_donde_es_opcional_se_entra_en_un_paso(client, inicio, rosa):
    entrar(client, rosa)
    assert esta_dentro(client)


def test_quien_lo_tiene_lo_muestra_tambien_donde_es_opcional(client, inicio, rosa):
    con_aplicacion(rosa)
    assert entrar(client, rosa).url == MOSTRAR
    assert not esta_dentro(client)
    assert client.post(MOSTRAR, {"code": codigo_de(rosa)}).url == INTRANET
    assert esta_dentro(client)


def test_la_primera_vez_lleva_a_ponerlo_y_despues_a_los_codigos(client, inicio, rosa, obligatorio, mailoutbox):
    entrar(client, rosa)
    assert client.get("/intranet/capacitaciones/").url == f"{ENROLAR}?next=%2Fintranet%2Fcapacitaciones%2F"
    assert client.get(f"{ENROLAR}?next=/intranet/capacitaciones/").status_code == 200
    pagina = client.get(reverse("mfa_activate_totp"))
    respuesta = client.post(reverse("mfa_activate_totp"), {"code": codigo_del_secreto(campo_secreto(pagina))})
    assert respuesta.url == reverse("mfa_view_recovery_codes")
    codigos = client.get(respuesta.url)
    assert respaldo_de(rosa) in codigos.text
    assert codigos.context["despues"] == "/intranet/capacitaciones/"
    assert esta_dentro(client)
    assert respaldo_de(rosa) in client.get(reverse("mfa_download_recovery_codes")).text


def test_un_codigo_malo_no_lo_activa(client, inicio, rosa, obligatorio):
    entrar(client, rosa)
    client.get(reverse("mfa_activate_totp"))
    respuesta = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert respuesta.status_code == 200
    assert "El código no es correcto" in respuesta.text
    assert not esta_dentro(client)


def test_con_un_codigo_de_respaldo_se_entra_una_sola_vez(client, inicio, rosa, obligatorio):
    con_aplicacion(rosa)
    codigo = respaldo_de(rosa)
    entrar(client, rosa)
    client.post(MOSTRAR, {"code": codigo})
    assert esta_dentro(client)
    client.post(reverse("account_logout"))
    entrar(client, rosa)
    assert client.post(MOSTRAR, {"code": codigo}).status_code == 200
    assert not esta_dentro(client)


def test_un_codigo_de_la_aplicacion_abre_una_sola_vez_aunque_la_cache_sea_otra(client, inicio, rosa):
    from django.core.cache import cache

    con_aplicacion(rosa)
    codigo = codigo_de(rosa)
    entrar(client, rosa)
    client.post(MOSTRAR, {"code": codigo})
    client.post(reverse("account_logout"))
    cache.clear()  # otro proceso, sin Redis
    entrar(client, rosa)
    assert "ya se usó" in client.post(MOSTRAR, {"code": codigo}).text
    assert not esta_dentro(client)


def test_una_sesion_sin_segundo_factor_no_pasa_aunque_la_cuenta_lo_tenga(client, inicio, rosa, obligatorio):
    con_aplicacion(rosa)
    client.force_login(rosa)
    assert client.get(INTRANET).url.startswith(reverse("mfa_reauthenticate"))
    respuesta = client.post(reverse("mfa_reauthenticate"), {"code": codigo_de(rosa), "next": INTRANET})
    assert respuesta.url == INTRANET
    assert esta_dentro(client)


def test_una_sesion_sin_segundo_factor_ni_en_la_cuenta_va_a_ponerlo(client, inicio, rosa, obligatorio):
    client.force_login(rosa)
    assert client.get(INTRANET).url.startswith(ENROLAR)
    assert client.get(reverse("acceso_mi_cuenta")).url == ENROLAR
    assert client.get(reverse("usersessions_list")).url == ENROLAR


def test_sin_segundo_factor_la_web_publica_lo_trata_como_a_cualquiera(client, inicio, rosa, obligatorio):
    client.force_login(rosa)
    respuesta = client.get("/")
    assert respuesta.status_code == 200
    assert not respuesta.wsgi_request.user.is_authenticated


def test_con_la_contrasena_no_se_pone_un_segundo_factor_encima_del_que_hay(client, inicio, rosa, obligatorio):
    """Quien robó la contraseña no agrega su propia aplicación o llave para saltarse la del dueño."""
    con_aplicacion(rosa)
    client.force_login(rosa)
    for nombre in ("mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert client.get(reverse(nombre)).url == reverse("mfa_reauthenticate")
        assert client.post(reverse(nombre), {"code": "1"}).url == reverse("mfa_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": CLAVE})
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 302
    assert not esta_dentro(client)


def test_el_ultimo_no_se_quita_donde_es_obligatorio(client, inicio, rosa, obligatorio):
    con_aplicacion(rosa)
    entrar(client, rosa)
    client.post(MOSTRAR, {"code": codigo_de(rosa)})
    pagina = client.get(reverse("mfa_deactivate_totp"))
    assert "Es su único segundo factor" in pagina.text
    client.post(reverse("mfa_deactivate_totp"))
    assert rosa.authenticator_set.filter(type="totp").exists()


def test_donde_es_opcional_si_se_quita_y_se_avisa(client, inicio, rosa, django_capture_on_commit_callbacks, mailoutbox):
    con_aplicacion(rosa)
    entrar(client, rosa)
    client.post(MOSTRAR, {"code": codigo_de(rosa)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert not rosa.authenticator_set.exists(), "los códigos de respaldo solos no abren"
    assert Huella.objects.filter(accion="quitar segundo factor", usuario=rosa).exists()
    assert "Se quitó la aplicación de códigos" in mailoutbox[-1].body


@pytest.mark.parametrize(
    "credencial",
    [
        "",
        "x",
        "[]",
        "1",
        '"a"',
        "{}",
        '{"id": "x", "response": {"userHandle": 5}}',
        '{"id":"AA","rawId":"AA","response":[]}',
    ],
)
def test_una_llave_mal_armada_se_dice_y_no_entra(client, inicio, rosa, credencial):
    con_aplicacion(rosa)
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credencial}).url == ENTRAR
    entrar(client, rosa)
    assert client.post(MOSTRAR, {"credential": credencial}).status_code == 200
    assert not esta_dentro(client)
    client.post(MOSTRAR, {"code": codigo_de(rosa)})
    agregar = client.post(reverse("mfa_add_webauthn"), {"name": "Mía", "credential": credencial})
    assert agregar.status_code == 200
    assert rosa.authenticator_set.filter(type="webauthn").count() == 0


# --- Una sola puerta ---

OTRAS_PUERTAS = [
    "/intranet/login/",
    "/intranet/login/?next=/intranet/",
    "/intranet/password_reset/",
    "/intranet/password_reset/confirm/MQ/set-password/",
    "/intranet/password_reset/complete/",
    "/_util/login/",
    "/_util/authenticate_with_password/1/1/",
    "/acceso/confirmar/",
    "/acceso/segundo-factor/mostrar/",
    "/acceso/segundo-factor/confirmar/",
    "/acceso/segundo-factor/llaves/entrar/",
    "/acceso/segundo-factor/llaves/confirmar/",
    "/acceso/contrasena/",
    "/acceso/olvide/",
    "/acceso/entrar/",
    "/acceso/registro/",
    "/acceso/signup/",
    "/accounts/login/",
    "/admin/login/",
    "/mesa/",
    "/intranet/",
    "/intranet/account/",
]


@pytest.mark.parametrize("puerta", OTRAS_PUERTAS)
@pytest.mark.parametrize("enrolada", [False, True])
def test_ninguna_puerta_abre_la_intranet_sin_segundo_factor(client, inicio, rosa, obligatorio, puerta, enrolada):
    if enrolada:
        con_aplicacion(rosa)
    credenciales = {
        "username": rosa.username,
        "login": rosa.username,
        "password": CLAVE,
        "new_password1": CLAVE,
        "new_password2": CLAVE,
        "remember": "on",
        "code": "123456",
        "credential": "{}",
        "next": INTRANET,
    }
    respuesta = client.post(puerta, credenciales, follow=True)
    assert respuesta.status_code in {200, 403, 404, 405}
    for ruta in (INTRANET, "/intranet/capacitaciones/", "/intranet/account/"):
        assert client.get(ruta).status_code == 302, f"{puerta} abrió {ruta}"


@pytest.mark.parametrize("puerta", ["/intranet/login/", "/_util/login/", "/intranet/password_reset/"])
def test_las_puertas_de_wagtail_llevan_a_la_nuestra(client, inicio, puerta):
    assert client.get(puerta).url.startswith("/acceso/")
    assert client.post(puerta, {}).url.startswith("/acceso/")


def test_nadie_se_registra_solo(client, inicio):
    from django.urls import NoReverseMatch

    for nombre in ("account_signup", "account_email", "account_set_password", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(nombre)


def test_la_cuenta_de_wagtail_ya_no_cambia_contrasena_ni_correo(client, inicio, rosa):
    entrar(client, rosa)
    pagina = client.get("/intranet/account/").text
    assert "password-old_password" not in pagina
    assert "name_email-email" not in pagina
    assert reverse("acceso_mi_cuenta") in pagina
    datos = {
        "name_email-first_name": "Rosa",
        "name_email-last_name": "Quispe",
        "name_email-email": "ladron@mal.example",
        "password-old_password": CLAVE,
        "password-new_password1": "Otra-clave-larga-9",
        "password-new_password2": "Otra-clave-larga-9",
        "theme-theme": "system",
        "theme-density": "default",
        "theme-contrast": "system",
    }
    client.post("/intranet/account/", datos)
    rosa = Usuario.objects.get(pk=rosa.pk)
    assert rosa.email == "rosa@mef.example"
    assert rosa.check_password(CLAVE)


def test_salir_cierra_y_queda_anotado(client, inicio, rosa):
    entrar(client, rosa)
    client.post(reverse("account_logout"))
    assert not esta_dentro(client)
    assert Huella.objects.filter(accion="salir", usuario=rosa).exists()


def test_los_secretos_no_estan_en_claro_en_la_base(rosa):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(rosa, "JBSWY3DPEHPK3PXP")
    guardado = rosa.authenticator_set.get().data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in guardado


def test_un_secreto_cifrado_con_la_llave_anterior_se_sigue_leyendo(settings):
    from acceso import cifrado

    viejo = cifrado.cifrar("hola")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "nueva"
    assert cifrado.descifrar(viejo) == "hola"
