"""Ningún dato personal sin declarar: para qué, con qué base y hasta cuándo (Ley 29733)."""

import pytest
from django.conf import settings
from django.db import models
from django.urls import reverse

from custodia import inventario
from eventos.models import Capacitacion, Inscripcion


def test_todo_campo_que_parece_personal_esta_declarado():
    assert inventario.sin_declarar() == []


def test_no_se_declara_lo_que_ya_no_existe():
    assert inventario.declarados_que_no_existen() == []


def test_control_lo_que_nadie_declara_se_descubre(monkeypatch):
    monkeypatch.delitem(inventario.DECLARADOS, "correo.supresion")
    assert inventario.sin_declarar() == ["correo.supresion.direccion"]
    monkeypatch.setitem(inventario.DECLARADOS, "correo.supresion", ("envios", "direccion domicilio"))
    assert inventario.declarados_que_no_existen() == ["correo.supresion.domicilio"]


@pytest.mark.parametrize(
    "nombre", ["correo", "correo_personal", "dni", "numero_documento", "telefono", "apellidos", "ip", "foto", "firma"]
)
def test_se_reconoce_por_su_nombre(nombre):
    campo = models.CharField(max_length=9)
    campo.set_attributes_from_name(nombre)
    assert inventario.parece_personal(campo)


@pytest.mark.parametrize("tipo", [models.EmailField, models.GenericIPAddressField, models.ImageField])
def test_se_reconoce_por_su_tipo(tipo):
    campo = tipo()
    campo.set_attributes_from_name("dato")
    assert inventario.parece_personal(campo)


@pytest.mark.parametrize("nombre", ["titulo", "cupos", "ipso", "confirmado_en"])
def test_lo_demas_no_se_acusa(nombre):
    campo = models.CharField(max_length=9)
    campo.set_attributes_from_name(nombre)
    assert not inventario.parece_personal(campo)


def test_cada_tratamiento_dice_para_que_con_que_base_y_hasta_cuando():
    for tratamiento, tablas in inventario.por_tratamiento():
        assert tratamiento.finalidad
        assert tratamiento.base
        assert tratamiento.plazo
        assert tablas, f"{tratamiento.nombre} no tiene ninguna tabla"


def test_exportar_lo_declarado_pide_motivo_y_lo_demas_no():
    assert inventario.es_personal(Inscripcion)
    assert not inventario.es_personal(Capacitacion)


def test_la_pagina_de_la_documentacion_esta_al_dia():
    pagina = settings.BASE_DIR / "docs" / "datos-personales.md"
    assert pagina.read_text(encoding="utf-8") == inventario.a_markdown(), "Corra manage.py inventario_de_datos."


@pytest.mark.django_db
def test_la_pagina_de_la_intranet_dice_lo_mismo(client, ogauc):
    client.force_login(ogauc)
    texto = client.get(reverse("custodia_datos_personales")).text
    for tratamiento in inventario.TRATAMIENTOS.values():
        assert tratamiento.finalidad in texto
    assert "número de documento" in texto
