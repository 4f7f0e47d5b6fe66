"""Con copia al Coordinador, a los especialistas y a los Responsables Técnicos, la pida quien la pida (R111, R112)."""

import datetime as dt

import pytest
from django.utils import timezone

from boletines.copias import copias_de, destinatarios_de
from directorio.models import Personal
from organizacion.actions import asignar_rol
from organizacion.models import Rol
from tests import personas
from tests.fabricas import OrganoFactory, PersonalFactory, SistemaFactory, UsuarioFactory

pytestmark = pytest.mark.django_db
AYER = timezone.localdate() - dt.timedelta(days=1)
Cargo = Personal.Cargo


@pytest.fixture
def personal(cusco, arequipa):
    """El de Cusco, el Coordinador de Arequipa y el Responsable Técnico de cada ente rector."""
    presupuesto = SistemaFactory()
    tesoro = OrganoFactory(sigla="DGETP", nombre="Endeudamiento y Tesoro Público")
    tesoreria = SistemaFactory(slug="tesoreria", nombre="Tesorería", organo=tesoro)
    PersonalFactory(
        nombres="Rosa", apellidos="Quispe", cargo=Cargo.COORDINADOR, centro=cusco, correo="Rosa@mef.example"
    )
    PersonalFactory(cargo=Cargo.ESPECIALISTA, centro=cusco, sistema=presupuesto, correo="presupuesto@mef.example")
    PersonalFactory(cargo=Cargo.ESPECIALISTA, centro=cusco, sistema=tesoreria, correo="tesoreria@mef.example")
    PersonalFactory(cargo=Cargo.ASISTENTE, centro=cusco, correo="asistente@mef.example")
    PersonalFactory(cargo=Cargo.COORDINADOR, centro=arequipa, correo="arequipa@mef.example")
    PersonalFactory(cargo=Cargo.ESPECIALISTA, centro=arequipa, sistema=presupuesto, correo="otra@mef.example")
    for sistema in (presupuesto, tesoreria):
        correo = f"rt.{sistema.slug}@mef.example"
        PersonalFactory(cargo=Cargo.RESPONSABLE_TECNICO, centro=None, sistema=sistema, correo=correo)


def correos(centro):
    return [copia.correo for copia in copias_de(centro)]


def test_r111_van_el_coordinador_los_especialistas_y_cada_responsable_tecnico_y_nadie_mas(personal, cusco):
    assert correos(cusco) == [
        "rosa@mef.example",
        "presupuesto@mef.example",
        "tesoreria@mef.example",
        "rt.presupuesto@mef.example",
        "rt.tesoreria@mef.example",
    ]


def test_se_nombra_el_cargo_de_cada_uno(personal, cusco):
    assert [copia.cargo for copia in copias_de(cusco)] == [
        "Coordinador de Centro",
        "Especialista en Presupuesto Público",
        "Especialista en Tesorería",
        "Responsable Técnico (DGPP, Presupuesto Público)",
        "Responsable Técnico (DGETP, Tesorería)",
    ]


def test_quien_ya_no_esta_no_la_recibe(personal, cusco):
    Personal.objects.filter(correo__in=["tesoreria@mef.example", "rt.tesoreria@mef.example"]).update(hasta=AYER)

    assert {"tesoreria@mef.example", "rt.tesoreria@mef.example"}.isdisjoint(correos(cusco))


def test_el_encargado_la_recibe_ademas_del_titular(personal, cusco):
    encargado = UsuarioFactory(username="encargado", email="encargado@mef.example")
    asignar_rol(usuario=encargado, rol=Rol.COORDINADOR, centro=cusco, es_encargatura=True)

    copias = copias_de(cusco)

    assert [(c.correo, c.cargo) for c in copias][:2] == [
        ("rosa@mef.example", "Coordinador de Centro"),
        ("encargado@mef.example", "Coordinador de Centro (encargado)"),
    ]


def test_quien_esta_en_el_directorio_y_tiene_cuenta_figura_una_vez(personal, cusco):
    coordinadora = personas.coordinadora_de_cusco()
    Personal.objects.filter(correo="Rosa@mef.example").update(usuario=coordinadora)

    assert [copia.nombre for copia in copias_de(cusco) if copia.cargo == "Coordinador de Centro"] == ["Rosa Quispe"]


def test_dos_cargos_con_el_mismo_buzon_reciben_una_sola_copia(personal, cusco):
    Personal.objects.filter(correo="tesoreria@mef.example").update(correo="presupuesto@mef.example")

    assert correos(cusco).count("presupuesto@mef.example") == 1


def test_sin_correo_figura_pero_no_recibe(personal, cusco):
    Personal.objects.filter(correo="Rosa@mef.example").update(correo="")

    copias = copias_de(cusco)

    assert copias[0].nombre == "Rosa Quispe"
    assert len(destinatarios_de(copias)) == len(copias) - 1


def test_una_cuenta_cerrada_no_recibe(personal, cusco):
    cerrada = UsuarioFactory(username="cerrada", email="cerrada@mef.example", is_active=False)
    asignar_rol(usuario=cerrada, rol=Rol.ESPECIALISTA, centro=cusco)

    assert "cerrada@mef.example" not in correos(cusco)


def test_a_todos_los_centros_van_los_coordinadores_y_los_responsables_tecnicos(personal):
    assert correos(None) == [
        "arequipa@mef.example",
        "rosa@mef.example",
        "rt.presupuesto@mef.example",
        "rt.tesoreria@mef.example",
    ]
