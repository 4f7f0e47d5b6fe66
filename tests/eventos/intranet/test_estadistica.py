"""La pantalla de estadística: quién la ve, de qué centros y qué se baja."""

import pytest
from django.urls import reverse

from custodia.models import Huella
from eventos.models import Capacitacion
from organizacion.models import Rol
from tests import personas
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, ExpositorFactory, InscripcionFactory, PersonalFactory

from .realizadas import realizada

pytestmark = pytest.mark.django_db
URL = "/intranet/estadistica/"


def dictada(**cambios):
    capacitacion = CapacitacionFactory(**{"dias": -2} | cambios)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    return capacitacion


def periodo(**mas):
    return {"desde": "2020-01-01", "hasta": "2029-12-31", **mas}


def test_la_coordinadora_abre_la_de_su_centro_sin_elegir_nada(client, coordinadora, cusco, arequipa):
    dictada(titulo="De Cusco", centro=cusco)
    dictada(titulo="De Arequipa", centro=arequipa)
    client.force_login(coordinadora)
    respuesta = client.get(URL, {"desde": "2020-01-01"})
    assert respuesta.status_code == 200
    assert [fila.capacitacion.titulo for fila in respuesta.context["contadas"]] == ["De Cusco"]


def test_no_puede_pedir_la_de_otro_centro(client, coordinadora, arequipa):
    dictada(titulo="De Arequipa", centro=arequipa)
    client.force_login(coordinadora)
    respuesta = client.get(URL, periodo(centro=arequipa.pk))
    assert "De Arequipa" not in respuesta.text
    assert "total" not in respuesta.context


def test_la_sede_ve_lo_que_ella_organiza_y_lo_de_cualquier_centro(client, ogauc, arequipa):
    dictada(titulo="De la sede", centro=None, organizador=Capacitacion.Organizador.SEDE)
    dictada(titulo="De Arequipa", centro=arequipa)
    client.force_login(ogauc)
    assert "De la sede" in client.get(URL, periodo(centro="")).text
    respuesta = client.get(URL, periodo(centro=arequipa.pk))
    assert "De Arequipa" in respuesta.text
    assert "De la sede" not in respuesta.text


def test_r17_el_responsable_tecnico_ve_todos_los_centros_y_solo_su_sistema(client, arequipa):
    responsable = personas.responsable_de_presupuesto()
    from tests.fabricas import SistemaFactory

    dictada(titulo="De presupuesto", centro=arequipa)
    dictada(titulo="De tesorería", centro=arequipa, sistemas=[SistemaFactory(slug="tesoreria", nombre="Tesorería")])
    client.force_login(responsable)
    respuesta = client.get(URL, periodo(centro=arequipa.pk))
    assert [fila.capacitacion.titulo for fila in respuesta.context["contadas"]] == ["De presupuesto"]


def test_por_expositor_se_ve_lo_que_expone(client, coordinadora, cusco):
    julia = PersonalFactory(centro=cusco, cargo="especialista")
    expone = dictada(titulo="La expone Julia", centro=cusco)
    ExpositorFactory(capacitacion=expone, personal=julia)
    dictada(titulo="La expone otro", centro=cusco)
    client.force_login(coordinadora)
    respuesta = client.get(URL, periodo(centro=cusco.pk, especialista=julia.pk))
    assert [fila.capacitacion.titulo for fila in respuesta.context["contadas"]] == ["La expone Julia"]


def test_se_baja_en_csv_y_queda_rastro(client, coordinadora, cusco):
    realizada(participantes=2, titulo="=HYPERLINK(0)")
    client.force_login(coordinadora)
    respuesta = client.get(URL, periodo(centro=cusco.pk, formato="csv"))
    texto = respuesta.content.decode("utf-8-sig")
    assert "R63" in texto
    assert "\n=HYPERLINK" not in texto
    assert ",2,2," in texto
    assert Huella.objects.filter(accion="exportar").exists()


@pytest.mark.parametrize(
    "mala", [{"desde": "0206-01-01"}, {"desde": "ayer"}, {"centro": "9" * 30}, {"centro": "\x00"}, {"aliado": "x"}]
)
def test_una_consulta_mala_se_explica_y_no_falla(client, coordinadora, cusco, mala):
    client.force_login(coordinadora)
    respuesta = client.get(URL, periodo(centro=cusco.pk) | mala)
    assert respuesta.status_code == 200
    assert "total" not in respuesta.context


def test_la_fecha_final_no_va_antes_de_la_inicial(client, coordinadora, cusco):
    client.force_login(coordinadora)
    respuesta = client.get(URL, {"centro": cusco.pk, "desde": "2026-05-01", "hasta": "2026-04-01"})
    assert "igual o posterior" in respuesta.text


@pytest.mark.parametrize("rol", [Rol.COMUNICACIONES, Rol.OGARH])
def test_quien_no_ve_asistencias_no_ve_la_estadistica(client, rol, cusco):
    client.force_login(personas.con_rol("otra", rol))
    assert client.get(URL).status_code == 403


def test_esta_en_el_menu_de_quien_la_usa(client, coordinadora, comunicaciones):
    url = reverse("eventos_intranet:estadistica")
    client.force_login(coordinadora)
    assert url in client.get("/intranet/").text
    client.force_login(comunicaciones)
    assert url not in client.get("/intranet/").text
