"""Las cuentas y los grupos solo los toca quien debe, y los grupos siguen al calendario."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from organizacion.actions import asignar_rol, sincronizar_grupos_de_hoy, terminar_roles
from organizacion.models import Asignacion, Rol, Usuario
from tests.fabricas import UsuarioFactory

pytestmark = pytest.mark.django_db

PANTALLAS = [
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
]


@pytest.mark.parametrize("pantalla", PANTALLAS)
def test_las_pantallas_de_wagtail_para_cuentas_son_del_superusuario(client, ogauc, pantalla):
    assert ogauc.has_perm("organizacion.change_usuario")
    client.force_login(ogauc)
    assert client.get(reverse(pantalla)).status_code in (302, 403)
    client.force_login(UsuarioFactory(is_superuser=True))
    assert client.get(reverse(pantalla)).status_code == 200


def test_ogauc_no_se_da_otro_rol_editando_su_cuenta(client, ogauc):
    client.force_login(ogauc)
    url = reverse("wagtailusers_users:edit", args=[ogauc.pk])
    grupos = list(Group.objects.values_list("pk", flat=True))
    cuenta = {"username": "ogauc", "email": "o@mef.example", "first_name": "O", "last_name": "G", "is_active": "on"}
    client.post(url, cuenta | {"groups": grupos})
    assert not ogauc.groups.filter(name=Rol.ADMINISTRADOR.label).exists()


def test_ogauc_no_ve_cuentas_en_el_menu(client, ogauc):
    client.force_login(ogauc)
    assert reverse("wagtailusers_users:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_quien_empieza_hoy_entra_a_su_grupo(cusco):
    usuario = UsuarioFactory()
    manana = timezone.localdate() + dt.timedelta(days=1)
    asignar_rol(usuario=usuario, rol=Rol.ASISTENTE, centro=cusco, desde=manana)
    assert sincronizar_grupos_de_hoy() == ""
    Asignacion.objects.update(desde=timezone.localdate())
    assert sincronizar_grupos_de_hoy() == "grupos al día: 1"
    assert usuario.groups.get().name == "Asistente Administrativo"
    assert sincronizar_grupos_de_hoy() == "", "repetirla no hace nada"


def test_quien_termino_ayer_sale_de_su_grupo(coordinadora):
    ayer = timezone.localdate() - dt.timedelta(days=1)
    Asignacion.objects.update(desde=ayer, hasta=ayer)
    sincronizar_grupos_de_hoy()
    assert not coordinadora.groups.exists()


def test_un_grupo_puesto_a_mano_no_se_toca(coordinadora):
    coordinadora.groups.add(Group.objects.create(name="Piloto"))
    assert sincronizar_grupos_de_hoy() == ""
    assert coordinadora.groups.filter(name="Piloto").exists()


def test_terminar_los_roles_cierra_el_alcance_y_los_grupos(coordinadora, cusco):
    manana = timezone.localdate() + dt.timedelta(days=1)
    asignar_rol(usuario=coordinadora, rol=Rol.ASISTENTE, centro=cusco, desde=manana)
    Asignacion.objects.filter(rol=Rol.COORDINADOR).update(desde=timezone.localdate() - dt.timedelta(days=9))
    terminar_roles(usuario=coordinadora)
    coordinadora = Usuario.objects.get(pk=coordinadora.pk)
    assert not coordinadora.alcance.centros
    assert not coordinadora.groups.exists()
    assert coordinadora.asignaciones.count() == 1, "la historia queda; lo que no empezó se quita"


def test_nadie_tiene_permiso_de_borrar(coordinadora, ogauc):
    for permiso in Permission.objects.filter(codename__startswith="delete_", content_type__app_label="directorio"):
        assert not coordinadora.has_perm(f"directorio.{permiso.codename}")
        assert not ogauc.has_perm(f"directorio.{permiso.codename}")
