"""El registro de suscriptores y los permisos de Comunicaciones sobre las páginas."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from boletines.models import Suscriptor
from correo.models import Envio, Supresion
from custodia.models import Huella
from tests import personas
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import CentroFactory, SuscriptorFactory

pytestmark = pytest.mark.django_db

LISTA = "boletines_suscriptor_modeladmin_index"
ALTA = "boletines_suscriptor_modeladmin_create"


def test_agregar_un_suscriptor_le_pide_confirmar_desde_su_correo(client, comunicaciones):
    client.force_login(comunicaciones)
    datos = {"correo": "Rosa@Muni.example", "nombre": "Rosa", "centro": ""}
    respuesta = client.post(reverse(ALTA), datos, follow=True)
    assert "Le escribimos a rosa@muni.example" in respuesta.content.decode()
    suscriptor = Suscriptor.objects.get()
    assert (suscriptor.estado, suscriptor.nombre) == ("pendiente", "Rosa")
    assert suscriptor.consentimiento.canal == "personal"
    assert Envio.objects.get().entregas.get().direccion == "rosa@muni.example"
    assert Huella.objects.filter(accion="suscribir", usuario=comunicaciones).exists()


def test_agregar_uno_que_ya_esta_se_explica(client, comunicaciones):
    SuscriptorFactory(correo="rosa@muni.example")
    client.force_login(comunicaciones)
    respuesta = client.post(reverse(ALTA), {"correo": "ROSA@muni.example", "nombre": "", "centro": ""})
    assert "Ya existe" in respuesta.content.decode()
    assert not Envio.objects.exists()


def test_editar_no_cambia_ni_el_correo_ni_el_estado(client, comunicaciones):
    suscriptor = SuscriptorFactory(correo="rosa@muni.example")
    client.force_login(comunicaciones)
    datos = {"correo": "otra@muni.example", "nombre": "Rosa Quispe", "centro": "", "estado": "baja"}
    client.post(reverse("boletines_suscriptor_modeladmin_edit", args=[suscriptor.pk]), datos)
    suscriptor.refresh_from_db()
    assert (suscriptor.correo, suscriptor.nombre, suscriptor.estado) == (
        "rosa@muni.example",
        "Rosa Quispe",
        "confirmado",
    )


def test_dar_de_baja_es_un_boton_que_confirma_y_deja_huella(client, comunicaciones):
    suscriptor = SuscriptorFactory()
    client.force_login(comunicaciones)
    url = reverse("suscriptor_baja", args=[suscriptor.pk])
    assert url in client.get(reverse(LISTA)).content.decode()
    client.get(url)
    assert not Supresion.objects.exists()
    client.post(url)
    suscriptor.refresh_from_db()
    assert suscriptor.estado == "baja"
    assert Huella.objects.filter(accion="dar de baja", usuario=comunicaciones).exists()
    assert url not in client.get(reverse(LISTA)).content.decode()


def test_una_coordinadora_ve_los_de_su_centro_y_no_da_de_baja(client, coordinadora, cusco, arequipa):
    suyo, ajeno = SuscriptorFactory(centro=cusco), SuscriptorFactory(centro=arequipa)
    client.force_login(coordinadora)
    pagina = client.get(reverse(LISTA)).content.decode()
    assert suyo.correo in pagina
    assert ajeno.correo not in pagina
    client.post(reverse("suscriptor_baja", args=[suyo.pk]))
    assert not Supresion.objects.exists()
    assert client.get(reverse("boletines_suscriptor_modeladmin_inspect", args=[ajeno.pk])).status_code == 404


def test_exportar_deja_huella_y_no_ejecuta_formulas(client, comunicaciones):
    SuscriptorFactory(nombre="=HYPERLINK(1)", centro=CentroFactory())
    client.force_login(comunicaciones)
    respuesta = client.post(f"{reverse(LISTA)}?export=csv", PARA_ALGO)
    assert "'=HYPERLINK(1)" in respuesta.content.decode()
    assert Huella.objects.filter(accion="exportar", modelo="boletines.suscriptor").exists()


@pytest.mark.parametrize("consulta", ["q=%00", "p=999999", "centro__id__exact=x", "estado__exact=nada", "o=99"])
def test_una_consulta_disparatada_en_el_registro_no_falla(client, comunicaciones, consulta):
    SuscriptorFactory()
    client.force_login(comunicaciones)
    assert client.get(f"{reverse(LISTA)}?{consulta}", follow=True).status_code == 200


def test_comunicaciones_edita_y_publica_boletines_comunicados_e_inicio(inicio, archivo, lista, ogauc):
    comunicaciones = personas.comunicaciones()
    for pagina in Page.objects.filter(pk__in=[inicio.pk, archivo.pk, lista.pk]):
        permisos = pagina.permissions_for_user(comunicaciones)
        assert permisos.can_edit()
        assert permisos.can_add_subpage()
        assert permisos.can_publish_subpage()
        assert not pagina.permissions_for_user(ogauc).can_edit()


def test_comunicaciones_sube_y_elige_imagenes(client, lista, comunicaciones):
    client.force_login(comunicaciones)
    assert client.get(reverse("wagtailimages:add_multiple")).status_code == 200
    assert client.get(reverse("wagtailimages_chooser:choose")).status_code == 200
    assert client.get(reverse("wagtaildocs:add_multiple")).status_code == 200


def test_el_menu_de_comunicados_aparece_solo_a_quien_los_edita(client, lista, comunicaciones, ogauc):
    client.force_login(comunicaciones)
    assert "/intranet/comunicados/" in menu(client)
    assert client.get(reverse("comunicados_lista")).url == reverse("wagtailadmin_explore", args=[lista.pk])
    client.force_login(ogauc)
    assert "/intranet/comunicados/" not in menu(client)


def menu(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()
