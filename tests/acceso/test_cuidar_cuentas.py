"""Quien cuida cuentas restablece segundos factores, desbloquea y cierra sesiones: con motivo, aviso y rastro."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from acceso import actions, correos
from acceso.views import administracion
from custodia.models import Huella
from organizacion.models import Rol
from tests import personas
from tests.acceso.ayudas import ENROLAR, INTRANET, con_aplicacion, con_clave, entrar, esta_dentro
from tests.fabricas import UsuarioFactory

pytestmark = pytest.mark.django_db
MOTIVO = "Perdió el teléfono; confirmé con su coordinador"
CAMBIOS = ["acceso_restablecer", "acceso_desbloquear", "acceso_cerrar_sesiones", "acceso_enviar_enlace"]


@pytest.fixture
def dentro(client, inicio, jefa):
    entrar(client, jefa)
    return client


def restablecer(client, cuenta, motivo=MOTIVO):
    return client.post(reverse("acceso_restablecer", args=[cuenta.pk]), {"motivo": motivo})


def test_restablecer_lo_quita_cierra_sus_sesiones_avisa_y_queda_con_su_motivo(
    dentro, rosa, jefa, mailoutbox, django_capture_on_commit_callbacks, obligatorio, settings
):
    settings.SEGUNDO_FACTOR = "opcional"
    suyo = Client()
    entrar(suyo, rosa)
    con_aplicacion(rosa)
    with django_capture_on_commit_callbacks(execute=True):
        assert restablecer(dentro, rosa).status_code == 302
    assert not rosa.authenticator_set.exists()
    assert not esta_dentro(suyo)
    huella = Huella.objects.get(accion="restablecer segundo factor")
    assert (huella.usuario, huella.objeto, huella.motivo) == (jefa, str(rosa.pk), MOTIVO)
    assert MOTIVO in mailoutbox[-1].body
    settings.SEGUNDO_FACTOR = "obligatorio"
    entrar(suyo, rosa)
    assert suyo.get(INTRANET).url.startswith(ENROLAR)


@pytest.mark.parametrize(
    ("exigido", "pantalla", "correo"),
    [
        (True, "pondrá otro segundo factor al entrar", "le pedirá poner otro"),
        (False, "entra ahora solo con su contraseña", "puede poner otro"),
    ],
)
def test_al_restablecerlo_se_dice_lo_que_de_verdad_le_pedira_la_entrada(
    dentro, rosa, mailoutbox, django_capture_on_commit_callbacks, monkeypatch, exigido, pantalla, correo
):
    con_aplicacion(rosa)
    for modulo in (actions, administracion):  # y no el ajuste, que también se lo exigiría a la jefa
        monkeypatch.setattr(modulo, "es_obligatorio", lambda: exigido)
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = dentro.post(reverse("acceso_restablecer", args=[rosa.pk]), {"motivo": MOTIVO}, follow=True)
    assert pantalla in respuesta.content.decode()
    assert correo in mailoutbox[-1].body


@pytest.mark.parametrize("motivo", ["", "   ", "corto", "a\x00bcdefghijk"])
def test_sin_motivo_no_se_hace(dentro, rosa, motivo):
    con_aplicacion(rosa)
    respuesta = restablecer(dentro, rosa, motivo)
    assert respuesta.status_code == 200
    assert respuesta.context["form"].errors["motivo"]
    assert rosa.authenticator_set.exists()


def test_si_el_aviso_falla_no_queda_a_medias(rosa, jefa, monkeypatch):
    con_aplicacion(rosa)
    monkeypatch.setattr(correos, "avisar", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.restablecer_segundo_factor(usuario=rosa, motivo=MOTIVO, por=jefa)
    assert rosa.authenticator_set.exists()
    assert not Huella.objects.filter(accion="restablecer segundo factor").exists()


def test_cerrar_todas_las_sesiones_de_una_cuenta(dentro, rosa):
    suyo, otro = Client(), Client()
    entrar(suyo, rosa)
    entrar(otro, rosa)
    dentro.post(reverse("acceso_cerrar_sesiones", args=[rosa.pk]))
    assert not esta_dentro(suyo)
    assert not esta_dentro(otro)
    assert Huella.objects.get(accion="cerrar sesiones").detalle == {"sesiones": 2}


def test_le_manda_el_enlace_para_elegir_contrasena(dentro, rosa, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        dentro.post(reverse("acceso_enviar_enlace", args=[rosa.pk]))
    assert "/acceso/elegir/" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("cambio", "dice"), [({"is_active": False}, "está cerrada"), ({"email": ""}, "no tiene correo")]
)
def test_a_quien_no_se_le_puede_enviar_el_enlace_lo_dice(dentro, rosa, cambio, dice):
    type(rosa).objects.filter(pk=rosa.pk).update(**cambio)
    pagina = dentro.post(reverse("acceso_enviar_enlace", args=[rosa.pk]), follow=True).content.decode()
    assert dice in pagina
    assert "Enviamos a" not in pagina
    assert not Huella.objects.filter(accion="enviar enlace de contraseña").exists()


@pytest.mark.parametrize("nombre", CAMBIOS)
@pytest.mark.parametrize("de_quien", ["propia", "superusuario"])
def test_ni_la_propia_ni_la_de_un_superusuario(dentro, jefa, nombre, de_quien):
    cuenta = jefa if de_quien == "propia" else con_clave(UsuarioFactory(username="raiz", is_superuser=True))
    con_aplicacion(cuenta)
    dentro.post(reverse(nombre, args=[cuenta.pk]), {"motivo": MOTIVO})
    assert cuenta.authenticator_set.exists()
    assert not Huella.objects.exclude(accion__in=["entrar"]).exists()


@pytest.mark.parametrize("nombre", ["acceso_seguridad", *CAMBIOS])
@pytest.mark.parametrize("rol", [r for r in Rol.values if r not in {Rol.OGAUC, Rol.ADMINISTRADOR}])
def test_los_demas_roles_no_entran(client, inicio, rosa, cusco, rol, nombre):
    from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA
    from tests.fabricas import SistemaFactory

    sistema = SistemaFactory() if rol in ROLES_DE_SISTEMA else None
    quien = personas.con_rol(f"p.{rol}", rol, centro=cusco if rol in ROLES_DE_CENTRO else None, sistema=sistema)
    con_aplicacion(rosa)
    client.force_login(quien)
    respuesta = client.post(reverse(nombre, args=[rosa.pk]), {"motivo": MOTIVO})
    assert respuesta.status_code in {302, 403, 405}
    assert client.get(reverse("acceso_seguridad", args=[rosa.pk])).status_code in {302, 403}
    assert rosa.authenticator_set.exists()


def test_abrir_la_pantalla_no_cambia_nada(dentro, rosa):
    con_aplicacion(rosa)
    assert dentro.get(reverse("acceso_seguridad", args=[rosa.pk])).status_code == 200
    for nombre in CAMBIOS:
        assert dentro.get(reverse(nombre, args=[rosa.pk])).status_code == 405
    assert rosa.authenticator_set.exists()


def test_desde_la_consola_se_rescata_la_cuenta_de_administracion(inicio, capsys, obligatorio):
    raiz = con_aplicacion(con_clave(UsuarioFactory(username="raiz", is_superuser=True)))
    call_command("rescatar_cuenta", "RAIZ", motivo="Se malogró su teléfono, presente en la sala")
    assert not raiz.authenticator_set.exists()
    assert Huella.objects.get(accion="restablecer segundo factor").usuario is None
    assert "pondrá otro segundo factor" in capsys.readouterr().out


@pytest.mark.parametrize(("usuario", "motivo"), [("nadie", "Un motivo suficiente"), ("raiz", "corto")])
def test_la_consola_dice_que_falta(usuario, motivo):
    UsuarioFactory(username="raiz")
    with pytest.raises(CommandError):
        call_command("rescatar_cuenta", usuario, motivo=motivo)
