"""La misma importación abierta en dos pestañas: se guarda lo que tenía delante quien confirma, o nada."""

import pytest
from django.urls import reverse

from directorio.importacion import acciones, guardar
from directorio.models import Importacion, Operador
from tests.directorio.test_importar import ROSA, ensayar, lista, subir
from tests.fabricas import EntidadFactory, SistemaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ensayada(cusco, coordinadora):
    SistemaFactory()
    EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")
    return ensayar(subir(lista(ROSA), coordinadora), coordinadora)


def confirmar(client, importacion, columnas):
    url = reverse("directorio_importacion_confirmar", args=[importacion.pk])
    return client.post(url, {"columnas": columnas}, follow=True)


@pytest.mark.parametrize("en_el_acto", [0, 1000])
def test_no_se_confirma_lo_que_se_emparejo_en_otra_pestana(client, ensayada, coordinadora, monkeypatch, en_el_acto):
    monkeypatch.setattr("directorio.importacion.views.EN_EL_ACTO", en_el_acto)
    vistas = acciones.huella_de_columnas(ensayada)
    sin_cargo = {encabezado: campo for encabezado, campo in ensayada.mapeo.items() if campo != "cargo"}
    acciones.ensayar(importacion=ensayada, mapeo=sin_cargo, borra_vacias=False, por=coordinadora)
    client.force_login(coordinadora)
    respuesta = confirmar(client, ensayada, vistas)
    assert "se cambiaron en otra pestaña" in respuesta.text
    assert not Operador.objects.exists()
    confirmar(client, ensayada, respuesta.context["columnas"])
    assert Importacion.objects.get().estado in ("aplicada", "aplicando")


def test_lo_que_se_empareja_mientras_se_encola_no_se_guarda(ensayada, coordinadora):
    Importacion.objects.update(borra_vacias=True)
    with pytest.raises(acciones.NoProcede, match="otra pestaña"):
        guardar.encolar(importacion=ensayada, por=coordinadora)


def test_ensayar_en_otra_pestana_no_borra_lo_ya_guardado(ensayada, coordinadora):
    vieja = Importacion.objects.get()
    guardar.confirmar(importacion=ensayada, por=coordinadora)
    with pytest.raises(acciones.NoProcede, match="ya se confirmó"):
        ensayar(vieja, coordinadora)
    assert Importacion.objects.get().estado == "aplicada"
    assert Importacion.objects.get().renglones.get().resultado == "nueva"


def test_sin_el_archivo_guardado_no_se_confirma(client, ensayada, coordinadora):
    ensayada.archivo.archivo.storage.delete(ensayada.archivo.archivo.name)
    client.force_login(coordinadora)
    assert confirmar(client, ensayada, acciones.huella_de_columnas(ensayada)).status_code == 404
