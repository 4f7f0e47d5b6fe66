"""El editor de texto con formato no se cae con lo que no salió de él."""

import pytest
from django.urls import reverse

from eventos.models import Capacitacion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("contenido", ["no es JSON", "1", "null", "{}", "[]", '{"blocks": [{}]}', '{"blocks": 3}'])
def test_un_contenido_armado_a_mano_no_rompe_la_pantalla(client, coordinadora, contenido):
    client.force_login(coordinadora)

    respuesta = client.post(reverse("eventos_intranet:crear"), {"titulo": "Cierre", "descripcion": contenido})

    assert respuesta.status_code in {200, 400}  # el formulario con sus errores, o un pedido mal hecho
    assert not Capacitacion.objects.exists()
