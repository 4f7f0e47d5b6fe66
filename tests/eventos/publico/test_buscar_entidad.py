"""Elegir la propia entidad entre dos mil escribiendo parte de su nombre."""

import pytest
from django.urls import reverse

from tests.fabricas import DistritoFactory, EntidadFactory, ProvinciaFactory

pytestmark = pytest.mark.django_db


def test_la_busqueda_de_entidades_da_solo_lo_publico_y_ordena_por_parecido(client, cusco):
    EntidadFactory(nombre="Municipalidad Provincial de Cusco", centro=cusco, correo="mesa@muni.example")
    EntidadFactory(nombre="Municipalidad Provincial de Canchis y Cusco Unidos", centro=cusco)
    EntidadFactory(nombre="Municipalidad Provincial de Cusco (cerrada)", centro=cusco, esta_activa=False)

    def buscar(texto):
        return client.get(reverse("eventos:entidades"), {"q": texto}).json()["resultados"]

    halladas = buscar("MUNI prov cusco")
    assert [e["nombre"] for e in halladas][0] == "Municipalidad Provincial de Cusco"
    assert len(halladas) == 2
    assert set(halladas[0]) == {"id", "nombre", "distrito"}
    assert buscar("municipalida provinsial cuzco")[0]["nombre"] == "Municipalidad Provincial de Cusco"
    assert buscar("mu") == buscar("zzzzzz") == []
    assert "no-store" not in client.get(reverse("eventos:entidades"), {"q": "cusco"})["Cache-Control"]


def test_los_distritos_con_el_mismo_nombre_se_distinguen_por_su_provincia(client, db):
    DistritoFactory(ubigeo="080104", nombre="San Jerónimo")
    apurimac = ProvinciaFactory(codigo="0302", nombre="Andahuaylas")
    DistritoFactory(ubigeo="030213", nombre="San Jerónimo", provincia=apurimac)

    halladas = client.get(reverse("eventos:distritos"), {"q": "san jeronimo andahuaylas"}).json()["resultados"]

    assert halladas == [{"id": "030213", "nombre": "San Jerónimo", "distrito": "Andahuaylas, Cusco"}]
