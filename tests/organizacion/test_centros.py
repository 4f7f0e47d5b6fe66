"""El registro de centros."""

import pytest
from django.urls import reverse

from organizacion.models import Centro

pytestmark = pytest.mark.django_db


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


def datos(**cambios):
    return {"nombre": "Cusco", "slug": "cusco", "esta_activo": "on", "aforo": "40"} | cambios


def test_ogauc_corrige_el_telefono_de_un_centro(cliente, cusco):
    cliente.post(reverse("organizacion_centro_modeladmin_edit", args=[cusco.pk]), datos(telefono="084 999999"))
    assert Centro.objects.get(pk=cusco.pk).telefono == "084 999999"


def test_el_identificador_de_un_centro_ya_no_cambia(cliente, cusco):
    cliente.post(reverse("organizacion_centro_modeladmin_edit", args=[cusco.pk]), datos(slug="qosqo", aforo="55"))
    cusco = Centro.objects.get(pk=cusco.pk)
    assert (cusco.slug, cusco.aforo) == ("cusco", 55)


def test_dos_centros_no_comparten_identificador(cliente, cusco):
    respuesta = cliente.post(reverse("organizacion_centro_modeladmin_create"), datos(nombre="Otro"))
    assert "slug" in respuesta.context["form"].errors
    assert Centro.objects.count() == 1


def test_una_coordinadora_no_entra_al_registro_de_centros(client, coordinadora):
    client.force_login(coordinadora)
    assert client.get(reverse("organizacion_centro_modeladmin_index")).status_code == 403
