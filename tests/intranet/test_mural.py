"""El mural para quien trabaja en el centro: su registro, su aviso en la bandeja y dónde encontrarlo."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import AvisoDeMural
from home.mural import DIAS_SIN_NOVEDAD
from intranet.bandeja import asuntos_de
from tests import personas
from tests.fabricas import AvisoDeMuralFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
ASUNTO = "El mural del centro pide algo nuevo"
ALTA = reverse("mural_modeladmin_create")


def lineas(usuario):
    return {linea.texto: linea for a in asuntos_de(usuario) if a.titulo == ASUNTO for linea in a.lineas}


def datos(**cambios):
    return {"seccion": "cas", "titulo": "CAS 001", "texto": "", "desde": f"{HOY:%d/%m/%Y}", "enlace": ""} | cambios


def test_una_seccion_vacia_o_vieja_se_avisa_al_coordinador(coordinadora, cusco):
    limite = HOY - dt.timedelta(days=DIAS_SIN_NOVEDAD)
    AvisoDeMuralFactory(seccion="cas", centro=cusco, desde=limite)
    AvisoDeMuralFactory(seccion="tupa", centro=cusco, desde=limite - dt.timedelta(days=1))

    avisadas = lineas(coordinadora)

    assert "Convocatorias CAS" not in avisadas
    assert avisadas["Procedimientos TUPA"].detalle.startswith("Nada nuevo desde el ")
    assert avisadas["Noticias del MEF"].detalle == "Está vacía"


def test_con_todo_al_dia_no_se_avisa_nada_y_a_otros_roles_tampoco(coordinadora, comunicaciones, cusco):
    assert lineas(coordinadora)
    assert not lineas(personas.especialista_de_cusco())
    assert not lineas(comunicaciones)

    for seccion in AvisoDeMural.Seccion:
        AvisoDeMuralFactory(seccion=seccion, centro=None)
    assert not lineas(coordinadora)


def test_el_aviso_de_la_bandeja_abre_el_alta_en_su_seccion(client, coordinadora, inicio):
    client.force_login(coordinadora)

    respuesta = client.get(lineas(coordinadora)["Procedimientos TUPA"].url)

    assert respuesta.context["form"]["seccion"].value() == "tupa"
    assert client.get(f"{ALTA}?seccion=inventada").context["form"]["seccion"].value() == ""


def test_el_del_centro_publica_en_el_suyo_y_no_en_todos(client, coordinadora, cusco, arequipa):
    client.force_login(coordinadora)
    for ajeno in ("", arequipa.pk):
        rechazo = client.post(ALTA, datos(centro=ajeno))
        assert "centro" in rechazo.context["form"].errors
    client.post(ALTA, datos(centro=cusco.pk))

    assert [aviso.centro for aviso in AvisoDeMural.objects.all()] == [cusco]


def test_un_plazo_anterior_a_su_inicio_se_rechaza_con_un_mensaje(client, comunicaciones, inicio):
    client.force_login(comunicaciones)
    ayer = HOY - dt.timedelta(days=1)

    respuesta = client.post(ALTA, datos(centro="", plazo=f"{ayer:%d/%m/%Y}"))

    assert "antes de que el aviso se muestre" in respuesta.content.decode()
    assert not AvisoDeMural.objects.exists()


def test_lo_de_la_sede_el_centro_lo_ve_y_no_lo_cambia(client, coordinadora, comunicaciones, cusco):
    de_la_sede = AvisoDeMuralFactory(titulo="De la sede", centro=None)
    propio = AvisoDeMuralFactory(titulo="Propio", centro=cusco)

    def ruta(accion, aviso):
        return reverse(f"mural_modeladmin_{accion}", args=[aviso.pk])

    client.force_login(coordinadora)
    lista = client.get(reverse("mural_modeladmin_index")).content.decode()
    assert "De la sede" in lista
    assert ruta("edit", propio) in lista
    assert ruta("edit", de_la_sede) not in lista
    for accion in ("edit", "delete"):
        assert client.get(ruta(accion, de_la_sede)).status_code == 302
        assert client.post(ruta(accion, de_la_sede), datos(titulo="Tomado")).status_code == 302
    de_la_sede.refresh_from_db()
    assert de_la_sede.titulo == "De la sede"

    client.force_login(comunicaciones)
    assert client.get(ruta("edit", de_la_sede)).status_code == 200


def test_el_mural_se_encuentra_desde_el_inicio_el_registro_y_la_pagina_del_centro(client, coordinadora, inicio):
    client.force_login(coordinadora)
    for pantalla in ("/intranet/", reverse("mural_modeladmin_index"), "/centros/cusco/"):
        pagina = client.get(pantalla).content.decode()
        assert 'href="/mural/cusco/"' in pagina, pantalla
        assert 'href="/mural/cusco.pdf"' in pagina, pantalla
