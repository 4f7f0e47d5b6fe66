"""La historia de una fila dice lo que se le hizo, por su formulario o por otra pantalla, sin lecturas ni motivos."""

import pytest
from django.urls import reverse

from custodia.actions import anotar
from directorio.campanias.propuestas import aceptar, rechazar
from directorio.duplicados.actions import fusionar_operadores
from directorio.frescura.verificar import verificar
from directorio.models import Propuesta
from tests import personas
from tests.directorio.campanias import campania_de
from tests.fabricas import EntidadFactory, OperadorFactory

pytestmark = pytest.mark.django_db

NADIE = "Nadie ha cambiado este registro"


@pytest.fixture
def historia(client, coordinadora):
    client.force_login(coordinadora)

    def leer(fila):
        return client.get(reverse(f"directorio_{fila._meta.model_name}_modeladmin_history", args=[fila.pk]))

    return leer


def que_y_quien(respuesta):
    return [(cambio["que"], cambio["quien"]) for cambio in respuesta.context["object_list"]]


@pytest.fixture
def operador(cusco):
    return OperadorFactory(entidad=EntidadFactory(centro=cusco))


def test_unir_y_verificar_figuran_del_ultimo_al_primero(historia, operador, coordinadora):
    otro = OperadorFactory(entidad=operador.entidad)
    fusionar_operadores(se_queda=operador, absorbido=otro, de_la_otra=set(), motivo="se digitó dos", por=coordinadora)
    verificar(fila=operador, por=coordinadora)
    respuesta = historia(operador)
    assert que_y_quien(respuesta) == [("Verificar contacto", str(coordinadora)), ("Unir", str(coordinadora))]
    assert NADIE not in respuesta.text
    assert "se digitó dos" not in respuesta.text


def test_lo_del_formulario_y_lo_de_otras_pantallas_van_juntos(historia, client, operador, coordinadora):
    verificar(fila=operador, por=coordinadora)
    datos = {"nombres": "Rosa", "apellidos": "Quispe", "entidad": operador.entidad_id, "esta_activo": "on"}
    assert client.post(reverse("directorio_operador_modeladmin_edit", args=[operador.pk]), datos).status_code == 302
    assert [que for que, _ in que_y_quien(historia(operador))] == ["Editado", "Verificar contacto"]


def test_mirar_o_imprimir_no_es_un_cambio(historia, operador, coordinadora):
    for accion in ("ver documento", "bajar vcard", "exportar", "imprimir ficha situacional"):
        anotar(accion=accion, por=coordinadora, objeto=operador)
    assert NADIE in historia(operador).text


def test_la_propuesta_aceptada_figura_y_la_rechazada_no(historia, cusco):
    por = personas.coordinadora_de_cusco()
    entidad = EntidadFactory(centro=cusco, telefono="084111222")
    pedido = campania_de(cusco, por).pedidos.get()
    suyas = {"pedido": pedido, "entidad": entidad, "clase": "cambio", "sobre": "entidad", "campo": "telefono"}
    si, no = (Propuesta.objects.create(**suyas, despues=telefono) for telefono in ("084999000", "084999111"))
    aceptar(propuesta=si, visto="084111222", por=por), rechazar(propuesta=no, por=por)
    assert que_y_quien(historia(entidad)) == [("Aceptar propuesta", str(por))]


def test_lo_de_otra_fila_no_se_mezcla(historia, operador, coordinadora):
    verificar(fila=OperadorFactory(entidad=operador.entidad), por=coordinadora)
    verificar(fila=operador.entidad, por=coordinadora)
    assert NADIE in historia(operador).text
