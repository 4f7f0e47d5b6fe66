"""Las páginas públicas de los centros y quién las edita."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from comun.registros import secciones_de_centro
from directorio.busqueda import buscar_centros, buscar_personal
from directorio.carga import cargar_paginas_de_centros, completar_paginas_de_centros
from directorio.models import CentroPage, CentrosIndexPage
from organizacion.actions import sincronizar_grupos
from organizacion.models import Jurisdiccion, Rol, Usuario
from tests import personas
from tests.fabricas import CentroFactory, PersonalFactory, ProvinciaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def indice(cusco, arequipa):
    sitio = Site.objects.get(is_default_site=True)
    indice = sitio.root_page.add_child(instance=CentrosIndexPage(title="Centros", slug="centros"))
    Jurisdiccion.objects.create(centro=cusco, provincia=ProvinciaFactory())
    cargar_paginas_de_centros(indice)
    return indice


@pytest.fixture
def pagina(indice, cusco):
    return CentroPage.objects.get(centro=cusco)


def leer(client, url="/centros/cusco/"):
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def con_grupos(usuario):
    sincronizar_grupos(usuario)
    return Usuario.objects.get(pk=usuario.pk)


def test_hay_una_pagina_por_centro_y_repetir_no_agrega(indice):
    assert CentroPage.objects.count() == 2
    assert cargar_paginas_de_centros(indice) == 0


def test_la_lista_dice_que_departamento_atiende_cada_centro(client, indice):
    contenido = leer(client, "/centros/")
    assert "CONECTAMEF Cusco" in contenido
    assert '<p class="centros-departamento">Cusco</p>' in contenido


def test_la_pagina_dice_donde_esta_y_como_llamar(client, pagina, cusco):
    cusco.direccion = "Av. El Sol 123"
    cusco.save()
    contenido = leer(client)
    assert "Av. El Sol 123" in contenido
    assert 'href="tel:084123456"' in contenido
    assert "openstreetmap.org/search?query=Av.+El+Sol+123" in contenido


def test_un_centro_sin_direccion_no_enlaza_a_un_mapa(client, pagina):
    assert "openstreetmap" not in leer(client)


def test_la_pagina_no_deja_cookies_ni_guiones_en_linea(client, pagina):
    respuesta = client.get("/centros/cusco/")
    assert not respuesta.cookies
    assert "<script>" not in respuesta.content.decode()


def test_el_personal_publico_sale_con_sus_datos_publicos(client, pagina, cusco):
    PersonalFactory(nombres="Julia", apellidos="Huamán", centro=cusco, correo="julia@mef.example", anexo="101")
    PersonalFactory(nombres="Reservado", centro=cusco, es_publico=False)
    PersonalFactory(nombres="Cesado", centro=cusco, hasta=dt.date(2021, 1, 1))
    contenido = leer(client)
    assert "Julia Huamán" in contenido
    assert "anexo 101" in contenido
    assert "Reservado" not in contenido
    assert "Cesado" not in contenido


def test_el_personal_va_en_orden_de_cargo(client, pagina, cusco):
    PersonalFactory(apellidos="Aaa", cargo="asistente", centro=cusco)
    PersonalFactory(apellidos="Zzz", cargo="coordinador", centro=cusco)
    contenido = leer(client)
    assert contenido.index("Zzz") < contenido.index("Aaa")


def test_un_aviso_y_un_centro_cerrado_se_dicen_arriba(client, pagina, cusco):
    pagina.aviso = "El viernes atendemos hasta la una."
    pagina.save()
    cusco.esta_activo = False
    cusco.save()
    contenido = leer(client)
    assert "El viernes atendemos hasta la una." in contenido
    assert "Este centro no está atendiendo" in contenido


def test_un_piso_alto_agrega_su_bloque(client, pagina, monkeypatch, cusco):
    def bloque(centro):
        ficha = {"tipo": "info", "texto": f"Bloque de {centro}"}
        return {"titulo": "Novedades", "plantilla": "components/aviso.html", "contexto": ficha}

    monkeypatch.setattr("directorio.models.paginas.secciones_de_centro", [*secciones_de_centro, bloque, lambda c: None])
    contenido = leer(client)
    assert "<h2>Novedades</h2>" in contenido
    assert "Bloque de Cusco" in contenido


def test_mas_centros_no_son_mas_consultas(client, indice, django_assert_max_num_queries):
    client.get("/centros/")
    with django_assert_max_num_queries(100) as pocas:
        client.get("/centros/")
    for nombre in ("Puno", "Tacna", "Ica", "Piura"):
        CentroFactory(nombre=nombre)
    cargar_paginas_de_centros(CentrosIndexPage.objects.get())
    with django_assert_max_num_queries(len(pocas)):
        client.get("/centros/")


def test_una_coordinadora_edita_y_publica_solo_la_pagina_de_su_centro(pagina, coordinadora, arequipa):
    coordinadora = con_grupos(coordinadora)
    propia = pagina.permissions_for_user(coordinadora)
    assert propia.can_edit()
    assert propia.can_publish()
    ajena = CentroPage.objects.get(centro=arequipa).permissions_for_user(coordinadora)
    assert not ajena.can_edit()
    assert not pagina.get_parent().permissions_for_user(coordinadora).can_edit()


def test_la_sede_edita_todas_las_paginas_de_centros(pagina, ogauc, comunicaciones):
    for usuario in (ogauc, comunicaciones):
        usuario = con_grupos(usuario)
        assert pagina.permissions_for_user(usuario).can_publish()
        assert pagina.get_parent().permissions_for_user(usuario).can_edit()


def test_una_coordinadora_redacta_pero_no_cambia_el_centro_ni_la_direccion(client, pagina, coordinadora):
    client.force_login(con_grupos(coordinadora))
    campos = client.get(reverse("wagtailadmin_pages:edit", args=[pagina.pk])).context["form"].fields
    assert "aviso" in campos
    assert "centro" not in campos
    assert "slug" not in campos


def test_al_publicar_sigue_en_la_pagina_y_no_en_un_explorador_vacio(client, pagina, coordinadora):
    client.force_login(con_grupos(coordinadora))
    url = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    datos = {"title": pagina.title, "aviso": "Cerrado el viernes", "introduccion": "null", "como_llegar": "null"}
    datos |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-publish": "1"}
    assert client.post(url, datos).url == url
    assert "Cerrado el viernes" in leer(client)


def test_un_centro_nuevo_recibe_su_pagina_y_su_coordinador_el_permiso(indice):
    tacna = CentroFactory(nombre="Tacna")
    coordinador = personas.con_rol("coordinador.tacna", Rol.COORDINADOR, centro=tacna)
    assert completar_paginas_de_centros() == "páginas de centros creadas: 1"
    assert CentroPage.objects.get(centro=tacna).permissions_for_user(coordinador).can_edit()
    assert completar_paginas_de_centros() == ""


@pytest.mark.parametrize("cual", ["centro", "indice", "inicio"])
def test_un_centro_no_se_borra_ni_con_lo_que_lo_contiene(admin_client, pagina, cual):
    victima = {"centro": pagina, "indice": pagina.get_parent(), "inicio": pagina.get_parent().get_parent()}[cual]
    url = reverse("wagtailadmin_pages:delete", args=[victima.pk])
    respuesta = admin_client.post(url, follow=True)
    assert Page.objects.filter(pk=pagina.pk).exists()
    assert "Los centros y su lista no se borran" in respuesta.content.decode()


def test_un_centro_tampoco_se_borra_en_bloque(admin_client, pagina):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={pagina.pk}"
    admin_client.post(url, {"next": "/intranet/"})
    assert Page.objects.filter(pk=pagina.pk).exists()


def test_otra_pagina_si_se_borra(admin_client, pagina):
    from home.models import PaginaEstandar

    raiz = pagina.get_parent().get_parent()
    otra = raiz.add_child(instance=PaginaEstandar(title="Otra", slug="otra", cuerpo="x"))
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[otra.pk]))
    assert not Page.objects.filter(pk=otra.pk).exists()


def test_el_buscador_halla_centros_y_personal_publico(pagina, cusco):
    PersonalFactory(nombres="Julia", apellidos="Huamán", centro=cusco)
    PersonalFactory(nombres="Julia", apellidos="Reservada", centro=cusco, es_publico=False)
    assert [ficha["titulo"] for ficha in buscar_centros("cusco", 5)][:1] == ["CONECTAMEF Cusco"]
    hallados = buscar_personal("julia huaman", 5)
    assert [ficha["titulo"] for ficha in hallados] == ["Julia Huamán"]
    assert hallados[0]["url"].endswith("/centros/cusco/#personal")
