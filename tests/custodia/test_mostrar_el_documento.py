"""«Mostrar» el documento entero de una persona: permiso, alcance, huella y tope."""

import pytest
from django.urls import reverse

from custodia import documento
from custodia.actions.efectos import adjuntar_documento
from custodia.models import Huella
from tests import personas
from tests.custodia.derechos import oficial, solicitud
from tests.fabricas import (
    CapacitacionFactory,
    EntidadFactory,
    InscripcionFactory,
    OperadorFactory,
    PersonaFactory,
    PersonalFactory,
)

pytestmark = pytest.mark.django_db
NUMERO = "07712345"


@pytest.fixture
def filas(cusco):
    persona = PersonaFactory(numero_documento=NUMERO)
    return {
        "inscripcion": InscripcionFactory(capacitacion=CapacitacionFactory(centro=cusco), persona=persona),
        "operador": OperadorFactory(entidad=EntidadFactory(centro=cusco), persona=persona),
        "personal": PersonalFactory(centro=cusco, persona=persona),
    }


def mostrar(cliente, filas, clase="inscripcion"):
    return cliente.post(reverse("custodia_documento", args=[clase, filas[clase].pk]))


@pytest.mark.parametrize("clase", ["inscripcion", "operador", "personal"])
def test_la_ficha_lo_vela_y_el_boton_lo_muestra_entero(client, coordinadora, filas, clase):
    client.force_login(coordinadora)
    ficha = client.get(reverse(documento.CON_DOCUMENTO[clase].ficha, args=[filas[clase].pk])).text
    assert "****2345" in ficha
    assert NUMERO not in ficha
    assert reverse("custodia_documento", args=[clase, filas[clase].pk]) in ficha
    respuesta = mostrar(client, filas, clase)
    assert NUMERO in respuesta.text
    assert "no-store" in respuesta["Cache-Control"]


def test_queda_quien_lo_miro_y_no_el_numero(client, coordinadora, filas):
    client.force_login(coordinadora)
    mostrar(client, filas)
    huella = Huella.objects.get(accion="ver documento")
    assert (huella.usuario, huella.modelo, huella.objeto) == (
        coordinadora,
        "eventos.inscripcion",
        str(filas["inscripcion"].pk),
    )
    assert NUMERO not in str(huella.detalle)


def test_recargar_la_pagina_o_escribir_su_direccion_lleva_a_la_ficha_que_lo_vela(client, coordinadora, filas):
    client.force_login(coordinadora)
    respuesta = client.get(reverse("custodia_documento", args=["inscripcion", filas["inscripcion"].pk]), follow=True)
    assert respuesta.redirect_chain == [
        (reverse("inscripciones_modeladmin_inspect", args=[filas["inscripcion"].pk]), 302)
    ]
    assert NUMERO not in respuesta.text
    assert not Huella.objects.filter(accion="ver documento").exists()


def test_el_oficial_ve_el_documento_de_quien_pide_al_verificar_su_identidad(client):
    una = solicitud(numero_documento=NUMERO)
    client.force_login(oficial())
    donde = reverse("custodia_documento", args=["solicitud", una.pk])
    paso = reverse("custodia_solicitud_paso", args=[una.pk, "verificar"])
    for pantalla in (reverse("custodia_solicitud", args=[una.pk]), paso):
        texto = client.get(pantalla).text
        assert "****2345" in texto
        assert NUMERO not in texto
        assert f'action="{donde}"' in texto
        assert "Sin copia adjunta" in texto
    assert NUMERO in client.post(donde).text
    huella = Huella.objects.get(accion="ver documento")
    assert (huella.modelo, huella.objeto) == ("custodia.solicituddederechos", str(una.pk))


def test_al_verificar_se_llega_a_la_copia_que_adjunto(client):
    una = adjuntar_documento(solicitud=solicitud(), contenido=b"%PDF-1.4")
    client.force_login(oficial())
    texto = client.get(reverse("custodia_solicitud_paso", args=[una.pk, "verificar"])).text
    assert f'href="{reverse("custodia_solicitud_documento", args=[una.pk])}"' in texto


def test_quien_la_recibio_en_su_centro_no_ve_el_documento_entero(client, coordinadora):
    una = solicitud(numero_documento=NUMERO, centro=coordinadora.centro)
    client.force_login(coordinadora)
    texto = client.get(reverse("custodia_solicitud", args=[una.pk])).text
    assert "****2345" in texto
    assert "Mostrar el documento" not in texto
    assert client.post(reverse("custodia_documento", args=["solicitud", una.pk])).status_code == 403


@pytest.mark.parametrize(
    ("quien", "estado"),
    [
        (None, 403),
        (personas.coordinador_de_arequipa, 404),
        (personas.responsable_de_presupuesto, 403),
        (personas.comunicaciones, 403),
    ],
)
def test_quien_no_trabaja_con_la_fila_no_lo_ve(client, filas, quien, estado):
    if quien:
        client.force_login(quien())
    respuesta = mostrar(client, filas)
    assert respuesta.status_code == estado
    assert NUMERO not in respuesta.text
    assert not Huella.objects.filter(accion="ver documento").exists()


def test_a_quien_solo_la_mira_la_ficha_no_le_ofrece_el_boton(client, filas):
    client.force_login(personas.responsable_de_presupuesto())
    ficha = client.get(reverse("inscripciones_modeladmin_inspect", args=[filas["inscripcion"].pk])).text
    assert "****2345" in ficha
    assert "Mostrar el documento" not in ficha


def test_quien_mira_demasiados_espera(client, coordinadora, filas, monkeypatch):
    monkeypatch.setattr(documento, "TOPE", documento.TOPE._replace(cuantos=2))
    client.force_login(coordinadora)
    assert [mostrar(client, filas).status_code for _ in range(3)] == [200, 200, 429]
    assert NUMERO not in mostrar(client, filas).text
    assert Huella.objects.filter(accion="ver documento").count() == 2


def test_una_clase_que_no_es_o_una_fila_sin_persona_no_existen(client, coordinadora, filas, cusco):
    client.force_login(coordinadora)
    sin_persona = OperadorFactory(entidad=EntidadFactory(centro=cusco))
    assert client.post(reverse("custodia_documento", args=["suscriptor", 1])).status_code == 404
    assert client.post(reverse("custodia_documento", args=["operador", sin_persona.pk])).status_code == 404
    assert (
        "Mostrar el documento"
        not in client.get(reverse("directorio_operador_modeladmin_inspect", args=[sin_persona.pk])).text
    )
