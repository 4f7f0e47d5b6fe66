"""Las 1,918 entidades públicas que se siguen del territorio."""

import pytest

from directorio.carga import SinCentro, cargar_entidades
from directorio.models import Entidad
from organizacion.carga import cargar_centros, cargar_territorio
from organizacion.models import Jurisdiccion

pytestmark = pytest.mark.django_db


@pytest.fixture
def territorio(db):
    cargar_territorio()
    cargar_centros()


@pytest.fixture
def entidades(territorio):
    cargar_entidades()
    return {entidad.codigo: entidad for entidad in Entidad.objects.select_related("centro")}


def test_son_25_regionales_196_provinciales_y_1697_distritales(entidades):
    assert len(entidades) == 1918
    for prefijo, cuantas in (("GR", 25), ("MP", 196), ("MD", 1697)):
        assert sum(codigo.startswith(prefijo) for codigo in entidades) == cuantas


@pytest.mark.parametrize(
    ("codigo", "nombre", "ubigeo", "centro"),
    [
        ("GR-08", "Gobierno Regional de Cusco", "080101", "cusco"),
        ("GR-07", "Gobierno Regional del Callao", "070101", "lima"),
        ("GR-15", "Gobierno Regional de Lima", "150801", "lima"),
        ("MP-1501", "Municipalidad Metropolitana de Lima", "150101", "lima"),
        ("MP-0701", "Municipalidad Provincial del Callao", "070101", "lima"),
        ("MP-0801", "Municipalidad Provincial de Cusco", "080101", "cusco"),
        ("MD-080104", "Municipalidad Distrital de San Jerónimo", "080104", "cusco"),
    ],
)
def test_cada_una_lleva_su_nombre_su_sede_y_su_centro(entidades, codigo, nombre, ubigeo, centro):
    entidad = entidades[codigo]
    assert (entidad.nombre, entidad.distrito_id, entidad.centro.slug) == (nombre, ubigeo, centro)


def test_una_capital_de_provincia_no_tiene_municipalidad_distrital(entidades):
    assert "MD-080101" not in entidades


def test_se_hallan_por_su_lugar(entidades):
    halladas = Entidad.objects.buscar("municipalidad distrital san jeronimo cusco")
    assert list(halladas) == [entidades["MD-080104"]]
    assert list(Entidad.objects.buscar("080104")) == [entidades["MD-080104"]]


def test_repetir_la_carga_solo_repone_lo_que_falta(entidades):
    Entidad.objects.filter(codigo="GR-08").update(nombre="Gobierno Regional Cusco")
    entidades["MD-080104"].delete()
    assert cargar_entidades() == 1
    assert Entidad.objects.get(codigo="GR-08").nombre == "Gobierno Regional Cusco"


def test_una_provincia_sin_centro_se_nombra_y_no_se_carga_nada(territorio):
    Jurisdiccion.objects.filter(provincia="0801").delete()
    with pytest.raises(SinCentro, match=r"Cusco \(0801\)"):
        cargar_entidades()
    assert not Entidad.objects.exists()
