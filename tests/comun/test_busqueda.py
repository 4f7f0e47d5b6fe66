"""La búsqueda de los registros: por todas las palabras, sin tildes y sin romperse."""

import pytest

from comun.busqueda import palabras_de
from directorio.models import Entidad
from organizacion.models import Distrito
from tests.fabricas import DistritoFactory, EntidadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def san_jeronimo(db):
    distrito = DistritoFactory(ubigeo="080104", nombre="San Jerónimo")
    return EntidadFactory(nombre="Municipalidad Distrital de San Jerónimo", distrito=distrito)


@pytest.mark.parametrize(
    "consulta",
    ["municipalidad distrital san jeronimo cusco", "SAN JERÓNIMO", "080104", "muni jeron", "jeronimo, cusco."],
)
def test_una_entidad_se_halla_por_su_nombre_su_lugar_o_su_ubigeo(san_jeronimo, consulta):
    EntidadFactory(nombre="Municipalidad Provincial de Cusco")
    assert list(Entidad.objects.buscar(consulta)) == [san_jeronimo]


@pytest.mark.parametrize("consulta", ["san jeronimo puno", "%", "_", "\x00%\x00"])
def test_lo_que_no_esta_no_se_halla(san_jeronimo, consulta):
    assert not Entidad.objects.buscar(consulta).exists()


def test_los_signos_de_los_bordes_y_los_nulos_no_cuentan():
    assert palabras_de(" «Áncash», \x00 (Perú). ,") == ["ancash", "peru"]


@pytest.mark.parametrize("consulta", ["san jeronimo", "080104", "jeronimo cusco"])
def test_un_distrito_se_halla_por_su_nombre_o_su_ubigeo(san_jeronimo, consulta):
    assert [distrito.pk for distrito in Distrito.objects.buscar(consulta)] == ["080104"]


def test_guardar_pocos_campos_tambien_refresca_la_busqueda(san_jeronimo):
    san_jeronimo.nombre = "Municipalidad nueva"
    san_jeronimo.save(update_fields=["nombre"])
    assert Entidad.objects.buscar("nueva").exists()
