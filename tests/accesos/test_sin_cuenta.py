"""Sin cuenta, o con la cuenta ya cerrada, no se abre nada de la intranet; lo público sí."""

import pytest
from django.test import Client

from organizacion.models import Rol, Usuario
from tests import personas

from .direcciones import argumentos_de, de_relleno, direcciones, es_nuestra, es_publica
from .pedidos import SIN_CERCA, pedir, se_nego

pytestmark = pytest.mark.django_db


def cerradas():
    return [(nombre, ruta, patron) for nombre, ruta, patron in direcciones() if not es_publica(nombre)]


@pytest.fixture
def cesado(cusco):
    """Fue coordinador; su cuenta se cerró con la sesión abierta."""
    usuario = personas.con_rol("cesado", Rol.COORDINADOR, centro=cusco)
    cliente = Client()
    cliente.force_login(usuario)
    Usuario.objects.update(is_active=False)
    return cliente


@pytest.mark.parametrize("metodo", ["GET", "POST"])
def test_quien_ya_no_trabaja_no_abre_nada(cesado, metodo):
    abiertas = [nombre for nombre, ruta, _ in cerradas() if not se_nego(pedir(cesado, metodo, de_relleno(ruta)))]
    assert abiertas == []


@pytest.mark.parametrize("metodo", ["GET", "POST"])
def test_sin_cuenta_cada_vista_se_niega_sola(como, metodo):
    """Las nuestras, también con la cerca apartada."""
    abiertas, cliente = [], como(None)
    for nombre, ruta, patron in cerradas():
        cabeceras = SIN_CERCA if es_nuestra(patron) else {}
        respuesta = pedir(cliente, metodo, de_relleno(ruta), **cabeceras)
        if not se_nego(respuesta) and respuesta.status_code != 405:  # por ese método no la abre nadie
            abiertas.append(nombre)
    assert abiertas == []


def test_lo_publico_se_abre_sin_cuenta(client, inicio):
    """El control: la cerca no cierra el sitio."""
    for nombre, ruta, _ in direcciones():
        if (
            es_publica(nombre)
            and "login" not in nombre
            and not nombre.startswith("ruta:intranet")
            and not argumentos_de(ruta)
            and "(" not in ruta
        ):
            respuesta = pedir(client, "GET", de_relleno(ruta))
            assert respuesta.status_code in {200, 301, 302, 404, 405}, nombre
            assert "login" not in respuesta.get("Location", ""), nombre
