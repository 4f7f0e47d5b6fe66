"""La ventana para elegir una entidad o un distrito: busca, y no sale del alcance."""

import pytest
from django.urls import reverse

from organizacion.models import Rol
from tests import personas
from tests.fabricas import DistritoFactory, EntidadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cliente(client, coordinadora):
    client.force_login(coordinadora)
    return client


@pytest.fixture
def propia(cusco):
    return EntidadFactory(nombre="Municipalidad propia", centro=cusco)


@pytest.fixture
def ajena(arequipa):
    return EntidadFactory(nombre="Municipalidad ajena", centro=arequipa)


@pytest.mark.parametrize("pantalla", ["choose", "choose_results"])
@pytest.mark.parametrize("consulta", ["", "municipalidad"])
def test_la_ventana_ofrece_solo_entidades_propias(cliente, propia, ajena, pantalla, consulta):
    respuesta = cliente.get(reverse(f"elegir-entidad:{pantalla}"), {"q": consulta})
    contenido = respuesta.content.decode()
    assert "Municipalidad propia" in contenido
    assert "Municipalidad ajena" not in contenido


def test_elegir_una_entidad_propia_da_su_nombre_y_su_lugar(cliente, propia):
    elegida = cliente.get(reverse("elegir-entidad:chosen", args=[propia.pk])).json()["result"]
    assert elegida["id"] == str(propia.pk)
    assert elegida["title"] == "Municipalidad propia (Cusco, Cusco, Cusco)"


@pytest.mark.parametrize("pk", ["abc", "0", "99999999999999999999", "-1"])
def test_elegir_lo_que_no_existe_da_404(cliente, pk):
    assert cliente.get(reverse("elegir-entidad:chosen", args=[pk])).status_code == 404


def test_elegir_una_entidad_ajena_da_404(cliente, ajena):
    assert cliente.get(reverse("elegir-entidad:chosen", args=[ajena.pk])).status_code == 404


@pytest.mark.parametrize(
    "parametros", [{"p": "abc"}, {"p": "0"}, {"p": "999999999999"}, {"q": "\x00"}, {"q": "x" * 5000}]
)
@pytest.mark.parametrize("pantalla", ["choose", "choose_results"])
def test_una_direccion_absurda_no_rompe_la_ventana(cliente, propia, pantalla, parametros):
    assert cliente.get(reverse(f"elegir-entidad:{pantalla}"), parametros).status_code in (200, 404)


def test_no_se_crea_ni_se_eligen_varias_desde_la_ventana(cliente):
    assert cliente.get("/intranet/elegir-entidad/create/").status_code == 404
    assert cliente.get("/intranet/elegir-entidad/chosen-multiple/", {"id": 1}).status_code == 404


def test_un_distrito_se_busca_por_provincia_y_sin_tildes(cliente):
    DistritoFactory(ubigeo="080104", nombre="San Jerónimo")
    contenido = cliente.get(reverse("elegir-distrito:choose_results"), {"q": "jeronimo cusco"}).content.decode()
    assert "San Jerónimo, Cusco, Cusco" in contenido


def test_sin_entrar_a_la_intranet_no_hay_ventana(client, propia):
    assert client.get(reverse("elegir-entidad:choose")).status_code == 302


@pytest.mark.parametrize("ventana", ["elegir-entidad", "elegir-distrito"])
@pytest.mark.usefixtures("sin_cerca")
def test_a_quien_no_llena_nada_con_entidades_se_le_niega(client, ventana):
    client.force_login(personas.con_rol("comunica", Rol.COMUNICACIONES))
    for direccion in (reverse(f"{ventana}:choose"), reverse(f"{ventana}:choose_results")):
        assert client.get(direccion).status_code in (302, 403)
    assert client.get(reverse(f"{ventana}:chosen", args=["080101"])).status_code in (302, 403)
