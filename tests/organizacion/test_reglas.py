"""Reglas de los Lineamientos sobre la organización que ninguna otra prueba muestra (docs/reglas/organizacion.md)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from organizacion.actions import asignar_rol
from organizacion.models import ROLES_DE_CENTRO, Asignacion, Organo, Rol, Sistema
from tests import personas
from tests.fabricas import SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


def nombrar(sistema, **fechas):
    return asignar_rol(usuario=UsuarioFactory(), rol=Rol.RESPONSABLE_TECNICO, sistema=sistema, **fechas)


def test_r1_si_un_sistema_pasa_a_otro_ente_rector_se_edita_sin_tocar_el_codigo(client, ogauc):
    sistema, nuevo = SistemaFactory(), Organo.objects.create(sigla="DGX", nombre="Otra", tipo="ente_rector")
    client.force_login(ogauc)
    datos = {"nombre": sistema.nombre, "slug": sistema.slug, "organo": nuevo.pk, "orden": 1}
    client.post(f"/intranet/organizacion/sistema/edit/{sistema.pk}/", datos)
    assert Sistema.objects.get(pk=sistema.pk).organo == nuevo


def test_r2_cada_puesto_de_un_centro_tiene_su_rol():
    assert set(ROLES_DE_CENTRO) == {
        "coordinador",
        "coordinador_administrativo",
        "asistente",
        "especialista",
        "implantador",
    }


def test_r17_cada_ente_rector_designa_un_solo_responsable_tecnico():
    sistema = SistemaFactory()
    nombrar(sistema)
    with pytest.raises(ValidationError, match="ya tiene Responsable Técnico"):
        nombrar(sistema)
    assert Asignacion.objects.count() == 1


def test_r17_el_siguiente_empieza_cuando_el_anterior_termina():
    sistema, hoy = SistemaFactory(), timezone.localdate()
    nombrar(sistema, desde=hoy - dt.timedelta(days=30), hasta=hoy - dt.timedelta(days=1))
    nombrar(sistema, desde=hoy)
    assert Asignacion.objects.vigentes().count() == 1


def test_r17_otro_sistema_tiene_el_suyo_y_una_encargatura_puede_coincidir():
    sistema = SistemaFactory()
    nombrar(sistema, es_encargatura=True)
    nombrar(sistema)
    nombrar(sistema, es_encargatura=True)
    nombrar(SistemaFactory(slug="contabilidad"))
    assert Asignacion.objects.vigentes().count() == 4


def test_r4_la_ogauc_da_acceso_y_un_centro_no(ogauc, coordinadora):
    assert ogauc.has_perm("organizacion.add_usuario")
    assert not coordinadora.has_perm("organizacion.add_usuario")
    assert not personas.asistente_de_cusco().has_perm("organizacion.add_usuario")
