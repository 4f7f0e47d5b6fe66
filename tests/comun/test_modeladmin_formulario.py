"""El formulario de un registro: centro ya elegido, valores ajenos rechazados y lo escrito se conserva."""

import pytest
from django.urls import reverse

from comun.modeladmin import estrechar
from directorio.models import Medio, Operador, Personal
from tests.fabricas import EntidadFactory, MedioFactory, OperadorFactory, PersonalFactory

pytestmark = pytest.mark.django_db

ALTA = "directorio_medio_modeladmin_create"


@pytest.fixture
def cliente(client, coordinadora):
    client.force_login(coordinadora)
    return client


def datos(cusco, **cambios):
    return {"nombre": "Radio Inti", "tipo": "radial", "centro": cusco.pk, "esta_activo": "on"} | cambios


def test_el_centro_propio_ya_viene_elegido(cliente, cusco, arequipa):
    campo = cliente.get(reverse(ALTA)).context["form"]["centro"]
    assert campo.value() == cusco.pk
    assert list(campo.field.queryset) == [cusco]


def test_un_medio_se_agrega_en_el_propio_centro(cliente, cusco):
    assert cliente.post(reverse(ALTA), datos(cusco)).status_code == 302
    assert Medio.objects.get().centro == cusco


def test_un_medio_no_se_agrega_en_otro_centro(cliente, cusco, arequipa):
    respuesta = cliente.post(reverse(ALTA), datos(cusco, centro=arequipa.pk))
    assert "centro" in respuesta.context["form"].errors
    assert 'value="Radio Inti"' in respuesta.content.decode()
    assert not Medio.objects.exists()


def test_quien_trabaja_en_un_centro_no_deja_una_fila_sin_centro(cliente, cusco):
    miembro = PersonalFactory(centro=cusco)
    url = reverse("directorio_personal_modeladmin_edit", args=[miembro.pk])
    cambios = {"nombres": "A", "apellidos": "B", "cargo": "sede", "centro": "", "desde": "2020-01-01"}
    assert "centro" in cliente.post(url, cambios).context["form"].errors
    assert Personal.objects.get(pk=miembro.pk).centro == cusco


def test_el_centro_obligatorio_no_dice_que_puede_quedar_vacio(client, coordinadora, cusco, ogauc):
    url = reverse("directorio_entidad_modeladmin_edit", args=[EntidadFactory(centro=cusco).pk])
    for usuario, se_dice in [(coordinadora, False), (ogauc, True)]:
        client.force_login(usuario)
        assert ("Si lo deja vacío" in client.get(url).text) is se_dice


def test_la_ventana_no_repite_el_nombre_de_una_entidad_ajena(cliente, cusco, arequipa):
    ajena = EntidadFactory(nombre="Municipalidad secreta", centro=arequipa)
    envio = {"nombres": "Ana", "apellidos": "Paz", "entidad": ajena.pk, "esta_activo": "on"}
    respuesta = cliente.post(reverse("directorio_operador_modeladmin_create"), envio)
    assert "entidad" in respuesta.context["form"].errors
    assert "Municipalidad secreta" not in respuesta.content.decode()
    assert not Operador.objects.exists()


@pytest.mark.parametrize("basura", ["abc", "\x00", "99999999999999999999", "-1"])
def test_un_valor_absurdo_en_un_selector_se_rechaza_en_el_campo(cliente, basura):
    envio = {"nombres": "Ana", "apellidos": "Paz", "entidad": basura, "esta_activo": "on"}
    respuesta = cliente.post(reverse("directorio_operador_modeladmin_create"), envio)
    assert "entidad" in respuesta.context["form"].errors


def test_lo_que_la_fila_ya_tenia_se_conserva(coordinadora, cusco, arequipa):
    """Corregir un teléfono no obliga a cambiar una entidad que pasó a otro centro."""
    from django.forms import modelform_factory

    operador = OperadorFactory(entidad=EntidadFactory(centro=cusco))
    operador.entidad.centro = arequipa
    operador.entidad.save()
    form = modelform_factory(Operador, fields=["entidad"])(instance=operador)
    estrechar(form, coordinadora, ("directorio.change_operador",))
    assert list(form.fields["entidad"].queryset) == [operador.entidad]


def test_la_ficha_dice_si_y_no_y_fechas_en_palabras(cliente, cusco):
    miembro = PersonalFactory(centro=cusco, correo="julia@mef.example")
    contenido = cliente.get(reverse("directorio_personal_modeladmin_inspect", args=[miembro.pk])).content.decode()
    assert "1 de enero de 2020" in contenido
    assert "<dd>Sí</dd>" in contenido
    assert 'href="mailto:julia@mef.example"' in contenido
    assert "True" not in contenido


def test_la_historia_dice_quien_cambio_que(cliente, cusco):
    medio = MedioFactory(centro=cusco)
    cliente.post(reverse("directorio_medio_modeladmin_edit", args=[medio.pk]), datos(cusco, nombre="Radio Nueva"))
    contenido = cliente.get(reverse("directorio_medio_modeladmin_history", args=[medio.pk])).content.decode()
    assert "coordinadora.cusco" in contenido
