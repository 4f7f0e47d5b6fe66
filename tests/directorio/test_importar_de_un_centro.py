"""Quien trabaja en dos centros dice de cuál es su hoja: los del otro ni la ven ni la deshacen (ADR 0034)."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directorio.importacion import acciones, guardar
from directorio.importacion.deshacer import deshacer
from directorio.models import Entidad, Importacion, Operador
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario
from tests import personas
from tests.directorio.test_importar import ensayar, lista
from tests.fabricas import EntidadFactory

pytestmark = pytest.mark.django_db
HOJA = lista("Quispe;Rosa;000123", "Condori;Luz;000777", encabezados="Apellidos;Nombres;Código SIAF")


@pytest.fixture
def de_dos(cusco, arequipa):
    """Coordina Cusco y tiene encargada la coordinación de Arequipa; una entidad en cada uno."""
    usuario = personas.con_rol("coordina.dos", Rol.COORDINADOR, centro=cusco)
    asignar_rol(usuario=usuario, rol=Rol.ESPECIALISTA, centro=arequipa)
    EntidadFactory(centro=cusco, codigo_siaf="000123")
    EntidadFactory(centro=arequipa, codigo_siaf="000777")
    return Usuario.objects.get(pk=usuario.pk)


def archivo():
    return SimpleUploadedFile("lista.csv", HOJA.encode())


def importada(por, centro) -> Importacion:
    importacion = acciones.subir(tipo="operador", archivo=archivo(), por=por, centro=centro)
    return guardar.confirmar(importacion=ensayar(importacion, por), por=por)


def test_el_formulario_pregunta_de_que_centro_es(client, de_dos, arequipa):
    client.force_login(de_dos)
    datos = {"tipo": "operador", "archivo": archivo()}
    sin_centro = client.post(reverse("directorio_importar"), datos)
    assert sin_centro.context["form"].errors["centro"] == ["Elija de qué centro es."]
    client.post(reverse("directorio_importar"), datos | {"archivo": archivo(), "centro": arequipa.pk})
    assert Importacion.objects.get().centro == arequipa


def test_a_quien_tiene_uno_no_se_le_pregunta(client, coordinadora, cusco):
    client.force_login(coordinadora)
    assert "centro" not in client.get(reverse("directorio_importar")).context["form"].fields
    client.post(reverse("directorio_importar"), {"tipo": "operador", "archivo": archivo()})
    assert Importacion.objects.get().centro == cusco


def test_no_se_elige_un_centro_en_que_no_se_lleva_ese_registro(client, de_dos, arequipa):
    client.force_login(de_dos)
    datos = {"tipo": "personal", "archivo": archivo(), "centro": arequipa.pk}
    assert "no lleva ese registro" in client.post(reverse("directorio_importar"), datos).text
    with pytest.raises(ValidationError, match="Diga de qué centro es"):
        acciones.subir(tipo="operador", archivo=archivo(), por=de_dos)
    assert not Importacion.objects.exists()


def test_solo_toca_lo_del_centro_elegido(de_dos, arequipa):
    importacion = importada(de_dos, arequipa)
    assert importacion.cuentas == {"error": 1, "nueva": 1}
    assert Operador.objects.get().apellidos == "Condori"


def test_quien_no_es_de_ese_centro_no_la_abre(client, de_dos, arequipa):
    importacion = importada(de_dos, arequipa)
    client.force_login(personas.con_rol("coordina.cusco", Rol.COORDINADOR, centro=personas.cusco()))
    assert client.get(reverse("directorio_importacion", args=[importacion.pk])).status_code == 404


def test_deshacer_no_borra_la_fila_que_hoy_es_de_otro_centro(de_dos, cusco, arequipa):
    importacion = importada(de_dos, arequipa)
    Entidad.objects.filter(codigo_siaf="000777").update(centro=cusco)
    deshacer(importacion=importacion, por=de_dos)
    assert importacion.renglones.get(resultado="queda").motivos == ["Hoy es de otro centro."]
    assert Operador.objects.exists()
