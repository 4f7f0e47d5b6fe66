"""Centros y entidades cambian de nombre: se encuentran por el de antes y sus direcciones de antes llegan."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directorio.actions import CambioImposible, renombrar_centro, renombrar_entidad
from directorio.models import CentroPage, Entidad, Operador
from organizacion.actions import asignar_rol
from organizacion.models import Centro, NombreDeCentro, Rol
from tests import personas
from tests.fabricas import EntidadFactory, OperadorFactory, UsuarioFactory

pytestmark = pytest.mark.django_db


def hoy(dias=0):
    return timezone.localdate() + dt.timedelta(days=dias)


@pytest.fixture
def qosqo(inicio, cusco, ogauc, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        renombrar_centro(centro=cusco, nombre="Qosqo", slug="qosqo", desde=hoy(), por=ogauc)
    return Centro.objects.get(pk=cusco.pk)


def test_el_centro_toma_su_nombre_y_guarda_el_de_antes(qosqo):
    antes = NombreDeCentro.objects.get()
    assert (qosqo.nombre, qosqo.slug, antes.nombre, antes.slug, antes.hasta) == (
        "Qosqo",
        "qosqo",
        "Cusco",
        "cusco",
        hoy(-1),
    )
    pagina = CentroPage.objects.get(centro=qosqo)
    assert (pagina.title, pagina.slug) == ("CONECTAMEF Qosqo", "qosqo")


@pytest.mark.parametrize(
    ("vieja", "nueva"),
    [
        ("/centros/cusco/", "/centros/qosqo/"),
        ("/mural/cusco/", "/mural/qosqo/"),
        ("/mural/cusco.pdf", "/mural/qosqo.pdf"),
        ("/boletines/rss/cusco/", "/boletines/rss/qosqo/"),
        ("/capacitaciones/incrustar/cusco/", "/capacitaciones/incrustar/qosqo/"),
        ("/capacitaciones/?centro=cusco&q=tesoro", "/capacitaciones/?centro=qosqo&q=tesoro"),
        ("/capacitaciones.ics?centro=cusco", "/capacitaciones.ics?centro=qosqo"),
        ("/preguntar/?centro=cusco", "/preguntar/?centro=qosqo"),
    ],
)
def test_las_direcciones_de_antes_llevan_a_las_de_hoy(client, qosqo, vieja, nueva):
    respuesta = client.get(vieja)
    assert (respuesta.status_code, respuesta.url) == (301, nueva)
    assert client.get(nueva).status_code in (200, 302)


@pytest.mark.parametrize(("ruta", "consulta"), [("//otro.example/cusco", ""), ("//otro.example/", "centro=cusco")])
def test_una_direccion_de_antes_no_lleva_a_otro_sitio(client, qosqo, ruta, consulta):
    respuesta = client.generic("GET", "/", PATH_INFO=ruta, QUERY_STRING=consulta)
    assert respuesta.status_code == 301
    assert respuesta.url.startswith("/%2Fotro.example/")


def test_otra_direccion_que_no_existe_sigue_sin_existir(client, qosqo):
    assert client.get("/noticias/feria-cusco/").status_code == 404
    assert client.post("/mural/cusco/").status_code in (403, 404, 405)


def test_el_publico_y_el_personal_lo_encuentran_por_el_nombre_de_antes(client, qosqo, ogauc):
    assert "CONECTAMEF Qosqo" in client.get("/buscar/", {"q": "cusco"}).content.decode()
    assert "Antes: CONECTAMEF Cusco" in client.get("/centros/qosqo/").content.decode()
    client.force_login(ogauc)
    lista = client.get(reverse("organizacion_centro_modeladmin_index"), {"q": "cusco"})
    assert list(lista.context["object_list"]) == [qosqo]


def test_quien_edita_la_pagina_del_centro_no_deja_de_poder(inicio, cusco, ogauc):
    coordinador = UsuarioFactory(username="coordina")
    asignar_rol(usuario=coordinador, rol=Rol.COORDINADOR, centro=cusco)
    renombrar_centro(centro=cusco, nombre="Qosqo", slug="qosqo", desde=hoy(), por=ogauc)
    assert coordinador.groups.filter(name="Coordinador de Centro – Qosqo").exists()


def test_volver_al_nombre_de_antes_no_da_vueltas(client, qosqo, ogauc, django_capture_on_commit_callbacks):
    NombreDeCentro.objects.update(hasta=hoy(-10))
    with django_capture_on_commit_callbacks(execute=True):
        renombrar_centro(centro=qosqo, nombre="Cusco", slug="cusco", desde=hoy(), por=ogauc)
    assert client.get("/centros/cusco/").status_code == 200
    assert client.get("/centros/qosqo/").url == "/centros/cusco/"


def test_ningun_nombre_de_un_centro_se_pierde_aunque_repita_identificador(inicio, cusco, ogauc, client):
    lleva = [("Cuzco", "cusco"), ("Qosqo", "cusco"), ("Cusco", "cusco"), ("Qosqo", "qosqo")]
    for dia, (nombre, slug) in enumerate(lleva, start=-20):
        renombrar_centro(centro=cusco, nombre=nombre, slug=slug, desde=hoy(dia), por=ogauc)
    cusco.refresh_from_db()
    assert [(una.nombre, una.desde, una.hasta) for una in cusco.nombres_anteriores.all()] == [
        ("Cusco", hoy(-18), hoy(-18)),
        ("Qosqo", hoy(-19), hoy(-19)),
        ("Cuzco", hoy(-20), hoy(-20)),
        ("Cusco", None, hoy(-21)),
    ]
    assert Centro.objects.buscar("cuzco").get() == cusco
    assert cusco.nombres_de_antes == ["Cusco", "Cuzco"]
    assert client.get("/centros/cusco/").url == "/centros/qosqo/"


def test_un_identificador_que_fue_de_otro_centro_no_se_toma(qosqo, arequipa, ogauc, client):
    with pytest.raises(CambioImposible, match="fue de otro centro"):
        renombrar_centro(centro=arequipa, nombre="Cusco", slug="cusco", desde=hoy(), por=ogauc)
    client.force_login(ogauc)
    datos = {"nombre": "Cusco", "slug": "cusco", "esta_activo": "on"}
    alta = client.post(reverse("organizacion_centro_modeladmin_create"), datos)
    assert "slug" in alta.context["form"].errors


def test_la_entidad_y_su_gente_se_encuentran_por_los_dos_nombres(cusco, ogauc):
    entidad = EntidadFactory(nombre="Municipalidad de Anta", centro=cusco)
    OperadorFactory(entidad=entidad)
    renombrar_entidad(entidad=entidad, nombre="Gobierno Local de Zurite", desde=hoy(), por=ogauc)
    for nombre in ("municipalidad anta", "zurite"):
        assert Entidad.objects.buscar(nombre).get() == entidad
    assert "zurite" in Operador.objects.get().texto_busqueda


def test_desde_la_ficha_se_cambia_el_nombre_y_se_ve_el_de_antes(client, coordinadora, cusco):
    entidad = EntidadFactory(nombre="Municipalidad de Anta", centro=cusco)
    client.force_login(coordinadora)
    url = reverse("entidad_cambiar_nombre", args=[entidad.pk])
    assert "no puede ser futura" in client.post(url, {"nombre": "Otro", "desde": hoy(1).isoformat()}).content.decode()
    assert "Revise el año." in client.post(url, {"nombre": "Otro", "desde": "0001-01-01"}).content.decode()
    assert client.post(url, {"nombre": "Otro", "desde": hoy().isoformat()}).status_code == 302
    ficha = client.get(reverse("directorio_entidad_modeladmin_inspect", args=[entidad.pk])).content.decode()
    assert "Municipalidad de Anta (hasta el" in ficha


def test_el_administrador_tecnico_tambien_les_cambia_el_nombre(inicio, client, cusco):
    client.force_login(personas.con_rol("tecnico", Rol.ADMINISTRADOR))
    datos = {"nombre": "Qosqo", "slug": "qosqo", "desde": hoy().isoformat()}
    assert client.post(reverse("centro_cambiar_nombre", args=[cusco.pk]), datos).status_code == 302
    assert CentroPage.objects.live().get(centro=cusco).slug == "qosqo"


def test_solo_quien_lleva_los_centros_les_cambia_el_nombre(client, coordinadora, cusco):
    client.force_login(coordinadora)
    assert client.get(reverse("centro_cambiar_nombre", args=[cusco.pk])).status_code in (302, 403)
