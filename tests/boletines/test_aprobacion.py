"""Comunicaciones envía a aprobar, la OGAUC aprueba y con eso se publica y se remite (ADR 0022)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Workflow

from boletines.flujo import cargar_flujo
from boletines.models import AprobacionDeBoletin, BoletinPage, Remision
from correo.models import Envio
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario
from tests import personas
from tests.boletines.conftest import nueva_edicion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sea_cuando_sea")]


@pytest.fixture
def sea_cuando_sea(monkeypatch):
    """Que la edición de la prueba sea reciente no depende del día en que se corra."""
    monkeypatch.setattr("boletines.actions.remision.DIAS_PARA_REMITIR", 36500)


@pytest.fixture
def por_aprobar(con_flujo, comunicaciones, cusco):
    """Una edición que Comunicaciones escribió y envió a aprobar."""
    boletin = nueva_edicion(con_flujo, live=False)
    boletin.editorial = "Lo que se va a aprobar."
    boletin.save_revision(user=comunicaciones)
    boletin.get_workflow().start(boletin, comunicaciones)
    return BoletinPage.objects.get(pk=boletin.pk)


def resolver(client, boletin, **datos):
    datos = {"revision": boletin.latest_revision_id, "comentario": ""} | datos
    return client.post(reverse("boletin_resolver", args=[boletin.pk]), datos, follow=True)


def test_cargar_el_flujo_dos_veces_no_lo_duplica(con_flujo):
    cargar_flujo()
    assert Workflow.objects.filter(name="Aprobación del boletín").count() == 1
    assert con_flujo.get_workflow().tasks.count() == 1
    assert list(AprobacionDeBoletin.objects.get().groups.values_list("name", flat=True)) == ["OGAUC"]


def test_comunicaciones_no_publica_una_edicion_ni_desde_el_editor(client, con_flujo, comunicaciones):
    client.force_login(comunicaciones)
    url = f"/intranet/pages/add/boletines/boletinpage/{con_flujo.pk}/"
    datos = {"anio": "2026", "mes": "10", "cuerpo-count": "0", "comments-TOTAL_FORMS": "0"}
    datos |= {"comments-INITIAL_FORMS": "0", "editorial": "Nueva", "search_description": "", "action-publish": "1"}
    client.post(url, datos)
    boletin = BoletinPage.objects.get()
    assert not boletin.live
    with pytest.raises(PublishPagePermissionError):
        boletin.get_latest_revision().publish(user=comunicaciones)


def test_comunicaciones_la_envia_a_aprobar_desde_el_editor(client, con_flujo, comunicaciones, ogauc):
    client.force_login(comunicaciones)
    url = f"/intranet/pages/add/boletines/boletinpage/{con_flujo.pk}/"
    datos = {"anio": "2026", "mes": "10", "cuerpo-count": "0", "comments-TOTAL_FORMS": "0"}
    datos |= {"comments-INITIAL_FORMS": "0", "editorial": "Nueva", "search_description": "", "action-submit": "1"}
    client.post(url, datos)
    boletin = BoletinPage.objects.get()
    assert isinstance(boletin.current_workflow_task, AprobacionDeBoletin)
    client.force_login(ogauc)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[boletin.pk])).status_code == 200


def test_al_aprobarla_se_publica_y_se_remite_a_los_centros(client, por_aprobar, ogauc, cusco):
    client.force_login(ogauc)
    respuesta = resolver(client, por_aprobar, aprobar="1")
    assert "aprobada: se publica y se remite" in respuesta.content.decode()
    por_aprobar.refresh_from_db()
    assert por_aprobar.live
    assert "Lo que se va a aprobar" in client.get(por_aprobar.url).content.decode()
    assert [r.centro for r in Remision.objects.all()] == [cusco]


def test_aprobar_desde_la_pantalla_de_wagtail_es_lo_mismo(client, por_aprobar, ogauc, cusco):
    client.force_login(ogauc)
    estado = por_aprobar.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[por_aprobar.pk, "approve", estado.pk])
    client.post(url, {"comment": ""})
    por_aprobar.refresh_from_db()
    assert por_aprobar.live
    assert Remision.objects.count() == 1


def test_pedir_cambios_exige_decir_cuales_y_la_devuelve(client, por_aprobar, ogauc):
    client.force_login(ogauc)
    assert "Escriba qué cambios pide" in resolver(client, por_aprobar, devolver="1").content.decode()
    assert por_aprobar.current_workflow_state.status == "in_progress"
    resolver(client, por_aprobar, devolver="1", comentario="Falta la norma de cierre.")
    por_aprobar = BoletinPage.objects.get()
    assert not por_aprobar.live
    assert por_aprobar.current_workflow_state.status == "needs_changes"
    client.force_login(Usuario.objects.get(username="comunicaciones"))
    assert "Piden cambios" in client.get(reverse("boletines_ediciones")).content.decode()


def test_nadie_aprueba_lo_que_envio_aunque_tenga_los_dos_roles(client, por_aprobar, comunicaciones):
    asignar_rol(usuario=comunicaciones, rol=Rol.OGAUC)
    las_dos = Usuario.objects.get(pk=comunicaciones.pk)
    client.force_login(las_dos)
    assert "Aprobar y publicar" not in client.get(reverse("boletin_previa", args=[por_aprobar.pk])).content.decode()
    assert "ya no espera" in resolver(client, por_aprobar, aprobar="1").content.decode()
    estado = por_aprobar.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        estado.task.specific.on_action(estado, las_dos, "approve")
    url = reverse("wagtailadmin_pages:workflow_action", args=[por_aprobar.pk, "approve", estado.pk])
    client.post(url, {"comment": ""})
    assert not BoletinPage.objects.get().live


def test_tampoco_aprueba_quien_escribio_el_ultimo_cambio(por_aprobar, ogauc):
    por_aprobar.save_revision(user=ogauc)
    estado = BoletinPage.objects.get().current_workflow_task_state
    with pytest.raises(PermissionDenied):
        estado.task.specific.on_action(estado, ogauc, "approve")


def test_no_se_aprueba_una_version_que_nadie_vio(client, por_aprobar, ogauc, comunicaciones):
    vista = por_aprobar.latest_revision_id
    por_aprobar.save_revision(user=comunicaciones)
    client.force_login(ogauc)
    assert "cambió mientras la miraba" in resolver(client, por_aprobar, aprobar="1", revision=vista).content.decode()
    assert not BoletinPage.objects.get().live


@pytest.mark.parametrize("persona", [personas.coordinadora_de_cusco, personas.responsable_de_presupuesto])
def test_quien_no_es_de_la_ogauc_no_aprueba(client, por_aprobar, persona):
    client.force_login(persona())
    resolver(client, por_aprobar, aprobar="1")
    assert not BoletinPage.objects.get().live


def test_aprobar_la_correccion_de_una_edicion_vieja_no_la_reparte_otra_vez(
    client, con_flujo, comunicaciones, ogauc, cusco, monkeypatch
):
    monkeypatch.setattr("boletines.actions.remision.DIAS_PARA_REMITIR", 45)
    vieja = nueva_edicion(con_flujo, anio=2024)
    vieja.editorial = "Corregido."
    vieja.save_revision(user=comunicaciones)
    vieja.get_workflow().start(vieja, comunicaciones)
    client.force_login(ogauc)
    resolver(client, BoletinPage.objects.get(), aprobar="1")
    assert BoletinPage.objects.get().editorial == "Corregido."
    assert not Remision.objects.exists()
    assert not Envio.objects.exists()


@pytest.mark.parametrize("cambio", [{"revision": "x"}, {"revision": ""}, {"comentario": "x" * 2000, "devolver": "1"}])
def test_un_formulario_roto_se_dice_y_no_cambia_nada(client, por_aprobar, ogauc, cambio):
    client.force_login(ogauc)
    assert "Escriba qué cambios pide" in resolver(client, por_aprobar, **cambio).content.decode()
    assert por_aprobar.current_workflow_state.status == "in_progress"
