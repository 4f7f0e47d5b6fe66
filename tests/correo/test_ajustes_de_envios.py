"""Lo que frena un envío (segunda firma, reposo, enviar por todos) no lo afloja quien los prepara (ADR 0020)."""

import pytest
from django.urls import reverse

from organizacion.models import AjustesPortal
from tests import personas

pytestmark = pytest.mark.django_db
FRENOS = {"tope_sin_segunda_firma": 1_000_000, "minutos_de_reposo": 0, "boletin_por_todos": "on"}


def guardar(client, usuario):
    """Manda todo el formulario de los ajustes, con los frenos sueltos."""
    client.force_login(usuario)
    url = reverse("wagtailsettings:edit", args=["organizacion", "ajustesportal"])
    pagina = client.get(url, follow=True)
    form = pagina.context["form"]
    datos = {nombre: form[nombre].value() or "" for nombre in form.fields}
    return client.post(pagina.request["PATH_INFO"], datos | FRENOS | {"nombre_sitio": "Portal"}, follow=True)


def frenos():
    ajustes = AjustesPortal.objects.get()
    assert ajustes.nombre_sitio == "Portal", "lo demás sí se guardó"
    return ajustes.tope_sin_segunda_firma, ajustes.minutos_de_reposo, ajustes.boletin_por_todos


def test_comunicaciones_cambia_los_demas_ajustes_pero_no_los_frenos(client, db):
    guardar(client, personas.comunicaciones())
    assert frenos() == (1000, 10, False)


def test_la_ogauc_los_mueve(client, db):
    guardar(client, personas.directora_de_ogauc())
    assert frenos() == (1_000_000, 0, True)
