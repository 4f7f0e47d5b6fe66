import pytest
from django.core.cache import cache

from tests import personas


@pytest.fixture(autouse=True)
def cache_limpia():
    """La caché en memoria vive entre pruebas: se vacía para que ninguna herede la de otra."""
    cache.clear()


@pytest.fixture
def cusco(db):
    return personas.cusco()


@pytest.fixture
def arequipa(db):
    return personas.arequipa()


@pytest.fixture
def coordinadora(db):
    """Coordinadora del centro de Cusco."""
    return personas.coordinadora_de_cusco()


@pytest.fixture
def ogauc(db):
    return personas.directora_de_ogauc()


@pytest.fixture
def comunicaciones(db):
    return personas.comunicaciones()
