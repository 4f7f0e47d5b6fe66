"""Elegir la contraseña: por invitación, porque se olvidó o desde «Mi cuenta»."""

import statistics
import time
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from acceso import correos
from correo.models import Envio
from custodia.models import Huella
from organizacion.models import Usuario
from tests.acceso.ayudas import (
    CLAVE,
    ENROLAR,
    INTRANET,
    MOSTRAR,
    con_aplicacion,
    con_clave,
    enlace_en,
    entrar,
    esta_dentro,
)
from tests.fabricas import UsuarioFactory

pytestmark = pytest.mark.django_db
NUEVA = "Chirimoya-y-lucuma-9"
OLVIDE = "/acceso/olvide/"


@pytest.fixture
def pedir(client, django_capture_on_commit_callbacks):
    def pedir(escrito):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(OLVIDE, {"escrito": escrito})

    return pedir


def elegir(client, enlace, clave=NUEVA, otra=None):
    destino = client.get(enlace).url
    return client.post(destino, {"password1": clave, "password2": otra or clave})


@pytest.mark.parametrize(
    "escrito", ["coordinadora.cusco", "COORDINADORA.cusco", "rosa@mef.example", " Rosa@MEF.example "]
)
def test_quien_la_olvido_la_elige_con_el_enlace_de_su_correo_y_entra(client, inicio, rosa, pedir, escrito):
    assert pedir(escrito).url == reverse("account_reset_password_done")
    assert mail.outbox[0].to == ["Rosa Quispe <rosa@mef.example>"]
    respuesta = elegir(client, enlace_en(mail.outbox[0].body))
    assert respuesta.url == INTRANET
    assert esta_dentro(client)
    assert Usuario.objects.get(pk=rosa.pk).check_password(NUEVA)
    assert Huella.objects.filter(accion="elegir contraseña", usuario=rosa).exists()


def test_quien_tiene_segundo_factor_lo_muestra_despues_de_elegirla(client, inicio, rosa, pedir):
    con_aplicacion(rosa)
    pedir(rosa.username)
    assert elegir(client, enlace_en(mail.outbox[0].body)).url == MOSTRAR
    assert not esta_dentro(client)


def test_quien_no_lo_tiene_y_es_obligatorio_va_a_ponerlo(client, inicio, rosa, pedir, obligatorio):
    pedir(rosa.username)
    elegir(client, enlace_en(mail.outbox[0].body))
    assert client.get(INTRANET).url.startswith(ENROLAR)


def test_el_enlace_vale_una_vez_y_despues_dice_que_hacer(client, inicio, rosa, pedir):
    pedir(rosa.username)
    enlace = enlace_en(mail.outbox[0].body)
    elegir(client, enlace)
    segunda = Client().get(enlace, follow=True)
    assert "El enlace ya no vale" in segunda.text
    assert OLVIDE in segunda.text


@pytest.mark.parametrize(("horas", "vale"), [(1.9, True), (2.1, False)])
def test_el_enlace_de_quien_la_olvido_vence_en_dos_horas(client, inicio, rosa, pedir, monkeypatch, horas, vale):
    import datetime as dt

    from acceso.enlaces import Enlaces

    pedir(rosa.username)
    enlace = enlace_en(mail.outbox[0].body)
    monkeypatch.setattr(Enlaces, "_now", lambda self: dt.datetime.now() + dt.timedelta(hours=horas))
    assert (client.get(enlace).status_code == 302) is vale


@pytest.mark.parametrize(("dias", "vale"), [(2.9, True), (3.1, False)])
def test_la_invitacion_vence_en_tres_dias(client, inicio, rosa, pedir, monkeypatch, dias, vale):
    import datetime as dt

    from acceso.enlaces import Enlaces, enlace_para_elegir_clave

    rosa.set_unusable_password()
    rosa.save()
    enlace = enlace_en(enlace_para_elegir_clave(rosa) + " ")
    monkeypatch.setattr(Enlaces, "_now", lambda self: dt.datetime.now() + dt.timedelta(days=dias))
    assert (client.get(enlace).status_code == 302) is vale


@pytest.mark.parametrize(
    "enlace", ["/acceso/elegir/1-x/", "/acceso/elegir/zzzz-abc-123/", "/acceso/elegir/1-set-password/"]
)
def test_un_enlace_inventado_dice_que_no_vale(client, inicio, enlace):
    respuesta = client.get(enlace)
    assert respuesta.status_code == 200
    assert "El enlace ya no vale" in respuesta.text


def test_el_enlace_de_una_cuenta_cerrada_no_vale(client, inicio, rosa, pedir):
    pedir(rosa.username)
    Usuario.objects.filter(pk=rosa.pk).update(is_active=False)
    assert "El enlace ya no vale" in client.get(enlace_en(mail.outbox[0].body)).text
    assert Usuario.objects.get(pk=rosa.pk).check_password(CLAVE)


@pytest.mark.parametrize("escrito", ["nadie", "nadie@mef.example", "cerrada", "sin.correo"])
def test_a_quien_no_se_le_escribe_se_le_responde_igual(client, inicio, rosa, pedir, escrito):
    UsuarioFactory(username="cerrada", email="cerrada@mef.example", is_active=False)
    UsuarioFactory(username="sin.correo", email="")
    conocida, otra = pedir(rosa.username), pedir(escrito)
    assert (conocida.status_code, conocida.url) == (otra.status_code, otra.url)
    assert Envio.objects.count() == 1


def test_pedirlo_dos_veces_seguidas_no_manda_dos_correos(client, inicio, rosa, pedir, monkeypatch):
    monkeypatch.setattr(correos.time, "time", lambda: 1_800_000_000)
    pedir(rosa.username)
    pedir("rosa@mef.example")
    assert len(mail.outbox) == 1


def test_pedirlo_muchas_veces_se_frena(client, inicio, rosa):
    estados = [client.post(OLVIDE, {"escrito": f"nadie{n}"}).status_code for n in range(11)]
    assert estados == [302] * 10 + [429]


@pytest.mark.parametrize(
    ("clave", "dice"),
    [
        ("corta-12", "12 caracteres"),
        ("123456789012345", "numérica"),
        ("password1234", "común"),
        ("coordinadora.cusco", "similar"),
    ],
)
def test_una_contrasena_floja_se_explica_y_no_gasta_el_enlace(client, inicio, rosa, pedir, clave, dice):
    pedir(rosa.username)
    enlace = enlace_en(mail.outbox[0].body)
    respuesta = elegir(client, enlace, clave)
    assert respuesta.status_code == 200
    assert dice in " ".join(respuesta.context["form"].errors["password1"])
    assert elegir(client, enlace).url == INTRANET


def test_dos_contrasenas_distintas_se_dicen(client, inicio, rosa, pedir):
    pedir(rosa.username)
    respuesta = elegir(client, enlace_en(mail.outbox[0].body), NUEVA, "otra-cosa-distinta")
    assert respuesta.context["form"].errors["password2"]
    assert Usuario.objects.get(pk=rosa.pk).check_password(CLAVE)


def test_cambiarla_desde_dentro_cierra_las_demas_sesiones_y_avisa(
    client, inicio, rosa, django_capture_on_commit_callbacks
):
    otra = Client()
    entrar(otra, rosa)
    entrar(client, rosa)
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = client.post(
            reverse("account_change_password"), {"oldpassword": CLAVE, "password1": NUEVA, "password2": NUEVA}
        )
    assert respuesta.url == reverse("acceso_mi_cuenta")
    assert esta_dentro(client)
    assert not esta_dentro(otra)
    assert Huella.objects.filter(accion="cambiar contraseña", usuario=rosa).exists()
    assert "Se cambió la contraseña" in mail.outbox[-1].body


def test_quien_no_tiene_contrasena_la_elige_por_su_correo(client, inicio, rosa):
    rosa.set_unusable_password()
    rosa.save()
    client.force_login(rosa)
    assert client.get(reverse("account_change_password")).url == OLVIDE


# --- El reloj no cuenta quién existe ---


def medianas_de(casos, veces):
    """Tiempo de procesador de cada caso, alternándolos: la carga de la máquina no favorece a ninguno."""
    tiempos = {caso: [] for caso in casos}
    for _ in range(veces):
        for caso, hacer in casos.items():
            comienzo = time.thread_time()
            hacer()
            tiempos[caso].append(time.thread_time() - comienzo)
    return {caso: statistics.median(suyos) for caso, suyos in tiempos.items()}


def parecidas(medianas) -> bool:
    return max(medianas.values()) < 1.35 * min(medianas.values())


@pytest.fixture
def con_pbkdf2(settings):
    """El de producción, con menos vueltas: lo bastante caro para que saltárselo se note."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    class Caro(PBKDF2PasswordHasher):
        iterations = 60_000

    import tests.acceso.test_contrasena as aqui

    aqui.Caro = Caro
    settings.PASSWORD_HASHERS = ["tests.acceso.test_contrasena.Caro"]


def test_entrar_tarda_lo_mismo_exista_o_no(inicio, rosa, con_pbkdf2, settings):
    settings.AXES_ENABLED = False  # se mide la comprobación y no el bloqueo
    con_clave(rosa)
    cerrada = con_clave(UsuarioFactory(username="cerrada", is_active=False))
    sin_clave = UsuarioFactory(username="sin.clave")
    sin_clave.set_unusable_password()
    sin_clave.save()
    client = Client()
    casos = [
        (rosa.username, "mala"),
        ("nadie", "mala"),
        (cerrada.username, "mala"),
        (cerrada.username.upper(), CLAVE),
        (sin_clave.username, "mala"),
    ]
    medianas = medianas_de({u: partial(entrar, client, u, clave) for u, clave in casos}, 7)
    assert parecidas(medianas), medianas


def test_control_sin_resumir_para_el_desconocido_el_reloj_lo_delata(inicio, rosa, con_pbkdf2, settings, monkeypatch):
    settings.AXES_ENABLED = False
    con_clave(rosa)
    monkeypatch.setattr("acceso.puerta.Puerta._mitigate_timing_attack", lambda self, clave: None)
    client = Client()
    medianas = medianas_de({u: partial(entrar, client, u, "mala") for u in (rosa.username, "nadie")}, 5)
    assert not parecidas(medianas)


def test_pedir_el_enlace_tarda_lo_mismo_exista_o_no(inicio, rosa, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "correo"]}}
    monkeypatch.setattr("acceso.views.entrada.frenado", lambda *a, **k: False)
    UsuarioFactory(username="cerrada", email="cerrada@mef.example", is_active=False)
    client = Client()
    client.post(OLVIDE, {"escrito": "primera"})
    quienes = [rosa.username, "nadie", "cerrada", "rosa@mef.example", "nadie@mef.example"]
    medianas = medianas_de({q: partial(client.post, OLVIDE, {"escrito": q}) for q in quienes}, 15)
    assert parecidas(medianas), medianas
