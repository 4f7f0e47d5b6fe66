"""Reglas de los Lineamientos sobre el directorio que ninguna otra prueba muestra (docs/reglas/directorio.md)."""

import pytest
from django.urls import reverse

from directorio.models import Personal
from organizacion.models import Asignacion, Organo, Rol
from tests import personas
from tests.fabricas import OrganoFactory, PersonalFactory, SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db
Cargo = Personal.Cargo


def test_r2_los_puestos_de_un_centro_son_los_de_los_lineamientos():
    assert [c.label for c in Cargo if c not in {Cargo.RESPONSABLE_TECNICO, Cargo.SEDE}] == [
        "Coordinador de Centro",
        "Coordinador Administrativo",
        "Asistente Administrativo",
        "Especialista",
        "Implantador MEF",
    ]


@pytest.mark.parametrize(
    ("cargo", "sistema", "organo"),
    [
        (Cargo.COORDINADOR, None, "OGAUC"),
        (Cargo.COORDINADOR_ADMINISTRATIVO, None, "OGAUC"),
        (Cargo.ASISTENTE, None, "OAUTDA"),
        (Cargo.ESPECIALISTA, "DGPP", "DGPP"),
        (Cargo.IMPLANTADOR, "OGTI", "OGTI"),
    ],
)
def test_r3_en_lo_tecnico_cada_puesto_depende_de_su_organo(client, ogauc, cargo, sistema, organo):
    if sistema:
        sistema = SistemaFactory(slug=sistema.lower(), organo=OrganoFactory(sigla=sistema))
    miembro = PersonalFactory(cargo=cargo, sistema=sistema)
    assert miembro.depende_de == organo
    client.force_login(ogauc)
    ficha = client.get(reverse("directorio_personal_modeladmin_inspect", args=[miembro.pk])).text
    assert "en lo técnico" in ficha
    assert organo in ficha


def test_r3_en_la_sede_manda_su_propio_organo():
    oficina = Organo.objects.create(sigla="OC", nombre="Oficina de Comunicaciones", tipo="oficina")
    assert PersonalFactory(cargo=Cargo.SEDE, centro=None, organo=oficina).depende_de == "OC"


def test_r17_abrir_la_cuenta_de_un_segundo_responsable_tecnico_se_explica(client, ogauc):
    titular = personas.responsable_de_presupuesto()
    otra = PersonalFactory(
        cargo=Cargo.RESPONSABLE_TECNICO, centro=None, sistema=SistemaFactory(), correo="otra@mef.example"
    )
    client.force_login(ogauc)
    datos = {"username": "otra", "email": "otra@mef.example", "rol": Rol.RESPONSABLE_TECNICO}
    respuesta = client.post(reverse("personal_acceso", args=[otra.pk]), datos)
    assert respuesta.status_code == 200
    assert f"ya tiene Responsable Técnico: {titular}" in respuesta.text
    assert not Asignacion.objects.filter(usuario__username="otra").exists()
    otra.refresh_from_db()
    assert otra.usuario is None


@pytest.mark.parametrize("registro", ["entidad", "operador", "medio"])
@pytest.mark.parametrize("quien", [personas.coordinadora_de_cusco, personas.especialista_de_cusco])
def test_r114_cada_quien_en_el_centro_lleva_las_entidades_operadores_y_medios(quien, registro):
    usuario = quien()
    assert usuario.has_perm(f"directorio.add_{registro}")
    assert usuario.has_perm(f"directorio.change_{registro}")


def test_r114_el_directorio_institucional_lo_lleva_quien_coordina():
    assert personas.coordinadora_de_cusco().has_perm("directorio.change_personal")
    assert not personas.especialista_de_cusco().has_perm("directorio.change_personal")
    assert not UsuarioFactory().has_perm("directorio.view_personal")
