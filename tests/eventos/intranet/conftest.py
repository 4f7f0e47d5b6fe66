import pytest

from tests import personas


@pytest.fixture
def asistente(db):
    return personas.asistente_de_cusco()


@pytest.fixture
def cliente(client, asistente):
    """Navegador con la sesión de la asistente de Cusco."""
    client.force_login(asistente)
    return client
