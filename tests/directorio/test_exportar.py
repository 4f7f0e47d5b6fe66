"""Llevarse el directorio: cada rol abre solo las filas de donde él deja llevárselas (ADR 0027)."""

import pytest
from django.urls import reverse

from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import EntidadFactory, OperadorFactory, PersonaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def en_dos_centros(client, cusco, arequipa):
    """Coordina Cusco e implanta en Arequipa, con un operador en cada uno."""
    usuario = personas.con_rol("coordina.cusco", Rol.COORDINADOR, centro=cusco)
    asignar_rol(usuario=usuario, rol=Rol.IMPLANTADOR, centro=arequipa)
    for centro, numero in ((cusco, "01234567"), (arequipa, "07654321")):
        persona = PersonaFactory(numero_documento=numero)
        OperadorFactory(entidad=EntidadFactory(centro=centro), apellidos=f"De {centro.nombre}", persona=persona)
    client.force_login(Usuario.objects.get(pk=usuario.pk))
    return client


def test_la_exportacion_no_trae_las_del_centro_donde_solo_las_ve(en_dos_centros):
    datos = PARA_ALGO | {"columnas": ["documento", "apellidos"], "formato": "csv"}
    hoja = en_dos_centros.post(reverse("directorio_exportar", args=["operador"]), datos).content.decode("utf-8-sig")
    assert "01234567" in hoja
    assert "07654321" not in hoja


def test_la_lista_las_muestra_pero_no_las_exporta(en_dos_centros):
    lista = reverse("directorio_operador_modeladmin_index")
    assert "De Arequipa" in en_dos_centros.get(lista).text
    hoja = en_dos_centros.post(f"{lista}?export=csv", PARA_ALGO).content.decode("utf-8-sig")
    assert "De Cusco" in hoja
    assert "De Arequipa" not in hoja
