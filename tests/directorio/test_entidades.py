"""El personal agrega entidades y unidades ejecutoras; cada una queda con su centro."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directorio.models import Entidad
from organizacion.models import Jurisdiccion
from tests.fabricas import DistritoFactory, EntidadFactory, OperadorFactory

pytestmark = pytest.mark.django_db

ALTA = "directorio_entidad_modeladmin_create"


def datos(**cambios):
    return {
        "nombre": "Hospital Regional",
        "tipo": "GR",
        "padre": "",
        "distrito": DistritoFactory().pk,
        "centro": "",
        "esta_activa": "on",
    } | cambios


@pytest.fixture
def cliente(client, ogauc):
    client.force_login(ogauc)
    return client


def test_sin_elegir_centro_la_atiende_el_de_su_provincia(cliente, cusco):
    Jurisdiccion.objects.create(centro=cusco, provincia=DistritoFactory().provincia)
    assert cliente.post(reverse(ALTA), datos()).status_code == 302
    assert Entidad.objects.get().centro == cusco


def test_si_la_provincia_no_tiene_centro_se_pide_elegirlo(cliente):
    respuesta = cliente.post(reverse(ALTA), datos())
    assert "hoy ninguno tiene a su cargo la provincia Cusco" in respuesta.context["form"].errors["centro"][0]
    assert 'value="Hospital Regional"' in respuesta.content.decode()


def test_el_centro_elegido_manda(cliente, cusco, arequipa):
    Jurisdiccion.objects.create(centro=cusco, provincia=DistritoFactory().provincia)
    cliente.post(reverse(ALTA), datos(centro=arequipa.pk))
    assert Entidad.objects.get().centro == arequipa


@pytest.mark.parametrize(
    ("campo", "valor"), [("codigo_siaf", "12"), ("ruc", "123"), ("telefono", "no sé"), ("correo", "x@"), ("nombre", "")]
)
def test_un_dato_mal_escrito_se_dice_en_su_campo(cliente, cusco, campo, valor):
    respuesta = cliente.post(reverse(ALTA), datos(**{"centro": cusco.pk, campo: valor}))
    assert campo in respuesta.context["form"].errors
    assert not Entidad.objects.exists()


def test_dos_entidades_no_comparten_codigo_siaf(cliente, cusco):
    EntidadFactory(codigo_siaf="000123")
    respuesta = cliente.post(reverse(ALTA), datos(centro=cusco.pk, codigo_siaf="000123"))
    assert "Otra entidad ya tiene ese código SIAF." in respuesta.content.decode()


def test_una_unidad_ejecutora_depende_de_una_entidad_y_no_de_otra_unidad():
    pliego = EntidadFactory()
    unidad = EntidadFactory(padre=pliego)
    unidad.clean()
    for entidad, padre in ((EntidadFactory(), unidad), (pliego, EntidadFactory()), (pliego, pliego)):
        entidad.padre = padre
        with pytest.raises(ValidationError):
            entidad.clean()


def test_la_ficha_muestra_operadores_y_unidades(cliente):
    entidad = EntidadFactory()
    operador = OperadorFactory(entidad=entidad)
    unidad = EntidadFactory(padre=entidad, nombre="UGEL Cusco")
    contenido = cliente.get(reverse("directorio_entidad_modeladmin_inspect", args=[entidad.pk])).content.decode()
    assert str(operador) in contenido
    assert str(unidad) in contenido


def test_el_filtro_de_lugar_va_por_departamento_o_por_provincia(client, ogauc, coordinadora, cusco):
    EntidadFactory(centro=cusco)
    EntidadFactory(centro=cusco, distrito=DistritoFactory(ubigeo="150101", provincia__codigo="1501"))
    url = reverse("directorio_entidad_modeladmin_index")
    client.force_login(ogauc)
    assert len(client.get(url, {"lugar": "08"}).context["object_list"]) == 1
    client.force_login(coordinadora)
    respuesta = client.get(url, {"lugar": "1501"})
    assert len(respuesta.context["object_list"]) == 1
    opciones = [
        o["query_string"] for f in respuesta.context["filtros"] if f["titulo"] == "Lugar" for o in f["opciones"]
    ]
    assert {o.split("=")[-1] for o in opciones[1:]} == {"0801", "1501"}
