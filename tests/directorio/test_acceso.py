"""OGAUC abre y cierra la cuenta de un miembro del personal."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from correo.models import Envio
from custodia.models import Huella
from directorio.actions import AccesoImposible, cerrar_cuentas_de_cesados, dar_acceso, quitar_acceso
from organizacion.models import Rol, Usuario
from tests.fabricas import PersonalFactory, SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def julia(cusco):
    return PersonalFactory(nombres="Julia", apellidos="Huamán", centro=cusco, correo="Julia@mef.example")


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


def datos(**cambios):
    return {"username": "julia", "email": "julia@mef.example", "rol": "asistente"} | cambios


def url(personal, pantalla="personal_acceso"):
    return reverse(pantalla, args=[personal.pk])


def abrir(personal, por):
    return dar_acceso(personal=personal, username="julia", correo="julia@mef.example", rol=Rol.ASISTENTE, por=por)


def test_dar_acceso_crea_la_cuenta_con_el_rol_de_su_cargo_en_su_centro(cliente, julia, cusco):
    assert cliente.post(url(julia), datos()).status_code == 302
    usuario = Usuario.objects.get(username="julia")
    assert usuario.personal == julia
    assert usuario.alcance.centros == {cusco.pk}
    assert usuario.tiene_rol(Rol.ASISTENTE)
    assert not usuario.has_usable_password()
    assert Huella.objects.filter(accion="dar acceso", objeto=str(julia.pk)).exists()


def test_la_invitacion_lleva_un_enlace_para_elegir_contrasena(
    cliente, client, julia, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(url(julia), datos())
    assert len(mail.outbox) == 1
    assert "julia@mef.example" in mail.outbox[0].to[0]
    enlace = re.search(r"http\S+/acceso/elegir/\S+", mail.outbox[0].body).group()
    client.logout()
    pagina = client.get(enlace.split("8000", 1)[-1], follow=True)
    assert pagina.status_code == 200
    destino = pagina.redirect_chain[-1][0]
    client.post(destino, {"password1": "Una-clave-larga-8", "password2": "Una-clave-larga-8"})
    assert Usuario.objects.get(username="julia").check_password("Una-clave-larga-8")


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"username": ""}, "username"),
        ({"username": "con espacio"}, "username"),
        ({"username": "OGAUC"}, "username"),
        ({"username": "45678912"}, "username"),
        ({"username": "45678912-7"}, "username"),
        ({"email": "no-es-correo"}, "email"),
        ({"email": ""}, "email"),
        ({"rol": "administrador"}, "rol"),
        ({"rol": "ogauc"}, "rol"),
    ],
)
def test_un_dato_mal_puesto_se_dice_en_su_campo_y_no_crea_nada(cliente, julia, cambios, campo):
    antes = Usuario.objects.count()
    respuesta = cliente.post(url(julia), datos(**cambios))
    assert campo in respuesta.context["form"].errors
    assert Usuario.objects.count() == antes
    assert not Envio.objects.exists()


def test_el_personal_de_la_sede_elige_entre_los_roles_de_la_sede(cliente):
    miembro = PersonalFactory(cargo="sede", centro=None, correo="sede@mef.example")
    roles = dict(cliente.get(url(miembro)).context["form"].fields["rol"].choices)
    assert Rol.COMUNICACIONES in roles
    assert Rol.ADMINISTRADOR not in roles
    cliente.post(url(miembro), datos(rol="comunicaciones"))
    assert Usuario.objects.get(username="julia").alcance.nacional


def test_un_especialista_lleva_su_sistema(ogauc, cusco):
    especialista = PersonalFactory(cargo="especialista", sistema=SistemaFactory(), centro=cusco)
    usuario = dar_acceso(personal=especialista, username="e", correo="e@mef.example", rol="especialista", por=ogauc)
    assert usuario.asignaciones.get().sistema == SistemaFactory()


def test_quien_no_da_cuentas_no_entra(client, coordinadora, julia):
    client.force_login(coordinadora)
    assert client.get(url(julia)).status_code == 403
    client.post(url(julia), datos())
    assert not Usuario.objects.filter(username="julia").exists()


def test_quien_da_cuentas_en_un_centro_no_toca_otro(client, coordinadora, arequipa, sin_cerca):
    from django.contrib.auth.models import Permission

    coordinadora.user_permissions.add(Permission.objects.get(codename="add_usuario"))
    client.force_login(Usuario.objects.get(pk=coordinadora.pk))
    ajeno = PersonalFactory(centro=arequipa)
    for pantalla in ("personal_acceso", "personal_quitar_acceso", "personal_reenviar_invitacion"):
        assert client.post(url(ajeno, pantalla), datos()).status_code == 404


def test_dar_acceso_dos_veces_no_repite(julia, ogauc):
    abrir(julia, ogauc)
    with pytest.raises(AccesoImposible, match="ya tiene acceso"):
        abrir(julia, ogauc)
    assert Envio.objects.count() == 1


def test_a_quien_ya_no_trabaja_no_se_le_da_acceso(ogauc, cusco):
    cesado = PersonalFactory(centro=cusco, hasta="2021-01-01")
    with pytest.raises(AccesoImposible, match="dejó de trabajar"):
        abrir(cesado, ogauc)
    assert not Usuario.objects.filter(username="julia").exists()


def test_quitar_acceso_cierra_la_cuenta_sus_roles_y_su_sesion(cliente, client, julia, ogauc):
    usuario = abrir(julia, ogauc)
    cliente.post(url(julia, "personal_quitar_acceso"))
    usuario = Usuario.objects.get(pk=usuario.pk)
    assert not usuario.is_active
    assert not usuario.groups.exists()
    assert Huella.objects.filter(accion="quitar acceso").exists()
    client.force_login(usuario)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_se_puede_volver_a_dar_acceso(julia, ogauc, cusco):
    primera = abrir(julia, ogauc)
    julia.refresh_from_db()
    quitar_acceso(personal=julia, por=ogauc)
    assert abrir(julia, ogauc) == primera
    assert Usuario.objects.get(pk=primera.pk).alcance.centros == {cusco.pk}


def test_un_rol_equivocado_que_se_corrige_el_mismo_dia_deja_de_regir_al_momento(ogauc):
    miembro = PersonalFactory(cargo="sede", centro=None)
    cuenta = {"personal": miembro, "username": "julia", "correo": "julia@mef.example", "por": ogauc}
    dar_acceso(rol=Rol.OGAUC, **cuenta)
    miembro.refresh_from_db()
    quitar_acceso(personal=miembro, por=ogauc)
    usuario = dar_acceso(rol=Rol.COMUNICACIONES, **cuenta)
    assert Usuario.objects.get(pk=usuario.pk).roles == {Rol.COMUNICACIONES}
    assert not usuario.groups.filter(name=Rol.OGAUC.label).exists()


def test_dar_quitar_y_dar_el_mismo_rol_el_mismo_dia_no_lo_pierde_manana(julia, ogauc):
    usuario = abrir(julia, ogauc)
    julia.refresh_from_db()
    quitar_acceso(personal=julia, por=ogauc)
    abrir(julia, ogauc)
    assert usuario.asignaciones.vigentes(timezone.localdate() + dt.timedelta(days=1)).get().rol == Rol.ASISTENTE


def test_nadie_se_quita_el_acceso_ni_cierra_a_un_superusuario(ogauc, cusco):
    propio = PersonalFactory(usuario=ogauc, centro=cusco)
    de_sistemas = PersonalFactory(usuario=UsuarioFactory(is_superuser=True), centro=cusco)
    for personal in (propio, de_sistemas):
        with pytest.raises(AccesoImposible):
            quitar_acceso(personal=personal, por=ogauc)
        assert Usuario.objects.get(pk=personal.usuario_id).is_active


def test_abrir_la_pantalla_no_cambia_nada(cliente, julia):
    cliente.get(url(julia))
    assert cliente.get(url(julia, "personal_quitar_acceso")).status_code == 405
    assert not Usuario.objects.filter(username="julia").exists()


def test_reenviar_la_invitacion_manda_otro_correo(cliente, julia, ogauc):
    abrir(julia, ogauc)
    cliente.post(url(julia, "personal_reenviar_invitacion"))
    assert Envio.objects.count() == 2
    assert not Envio.objects.exclude(centro=None).exists(), "el enlace no lo lee quien ve los envíos del centro"


def test_al_dia_siguiente_de_cesar_se_cierra_la_cuenta(julia, ogauc):
    usuario = abrir(julia, ogauc)
    julia.refresh_from_db()
    julia.hasta = timezone.localdate()
    julia.save()
    assert cerrar_cuentas_de_cesados() == ""
    julia.hasta = timezone.localdate() - dt.timedelta(days=1)
    julia.save()
    assert cerrar_cuentas_de_cesados() == "cuentas de cesados cerradas: 1"
    assert not Usuario.objects.get(pk=usuario.pk).is_active
    assert cerrar_cuentas_de_cesados() == ""


def test_una_cuenta_de_superusuario_cerrada_solo_la_reabre_otro(ogauc, cusco):
    """Reabrirla manda a un correo a elección el enlace que le pone contraseña."""
    cerrada = UsuarioFactory(is_superuser=True, is_active=False)
    de_sistemas = PersonalFactory(usuario=cerrada, centro=cusco)
    with pytest.raises(AccesoImposible, match="administración"):
        abrir(de_sistemas, ogauc)
    cerrada.refresh_from_db()
    assert not cerrada.is_active
    assert abrir(de_sistemas, UsuarioFactory(is_superuser=True)) == cerrada
