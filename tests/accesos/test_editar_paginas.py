"""Lo que la cerca deja pasar sirve: quien edita páginas las edita y publica, con sus ventanas y su biblioteca."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from directorio.models import CentroPage
from organizacion.actions import sincronizar_grupos
from organizacion.models import Usuario
from tests import personas

pytestmark = pytest.mark.django_db

SIN_COMENTARIOS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
EDITORES = {
    "comunicaciones": personas.comunicaciones,
    "coordinadora": personas.coordinadora_de_cusco,
}


def entra_como(client, persona):
    """Con los permisos de página que su rol le da ahora que las páginas existen."""
    usuario = persona()
    sincronizar_grupos(usuario)
    client.force_login(Usuario.objects.get(pk=usuario.pk))


def bien(respuesta):
    assert respuesta.status_code == 200, respuesta.get("Location", respuesta.status_code)
    return respuesta


@pytest.fixture
def biblioteca(db):
    return {
        "imagen": Image.objects.create(title="Fachada", file=get_test_image_file()),
        "documento": Document.objects.create(title="Directiva", file=ContentFile(b"%PDF-1.7", name="d.pdf")),
    }


@pytest.mark.parametrize("quien", EDITORES)
def test_quien_edita_la_pagina_de_un_centro_la_mira_la_publica_y_se_lee(client, inicio, cusco, quien):
    entra_como(client, EDITORES[quien])
    pagina = CentroPage.objects.get(centro=cusco)
    url = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    datos = {"title": pagina.title, "aviso": f"Aviso de {quien}", "introduccion": "null", "como_llegar": "null"}
    datos |= SIN_COMENTARIOS
    bien(client.get(url))
    vista = reverse("wagtailadmin_pages:preview_on_edit", args=[pagina.pk])
    assert bien(client.post(vista, datos)).json()["is_valid"]
    client.post(url, datos | {"action-publish": "1"})
    assert f"Aviso de {quien}" in bien(client.get(pagina.url)).content.decode()
    bien(client.get(reverse("wagtailadmin_pages:history", args=[pagina.pk])))


def test_comunicaciones_elige_una_pagina_una_imagen_y_un_documento(client, inicio, biblioteca):
    entra_como(client, personas.comunicaciones)
    assert inicio.title in bien(client.get(reverse("wagtailadmin_choose_page"))).json()["html"]
    for ventana, que in (("wagtailimages_chooser", "imagen"), ("wagtaildocs_chooser", "documento")):
        fila = biblioteca[que]
        assert "html" in bien(client.get(reverse(f"{ventana}:choose"))).json()
        assert fila.title in bien(client.get(reverse(f"{ventana}:choose_results"))).content.decode()
        elegido = bien(client.get(reverse(f"{ventana}:chosen", args=[fila.pk]))).json()
        assert elegido["result"]["id"] == str(fila.pk)


def test_quien_no_lleva_la_biblioteca_no_sube_a_ella(client, inicio):
    """El control: la coordinadora no agrega imágenes."""
    entra_como(client, personas.coordinadora_de_cusco)
    respuesta = client.post(reverse("wagtailimages_chooser:create"), {"image-chooser-upload-title": "x"})
    assert respuesta.status_code == 403
    assert not Image.objects.exists()
