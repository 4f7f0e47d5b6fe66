import pytest

from tests.acceso.ayudas import con_clave


@pytest.fixture
def inicio(db):
    """Aquí basta la intranet: cargar las páginas públicas en cada prueba costaría más que la prueba."""


@pytest.fixture
def obligatorio(settings):
    settings.SEGUNDO_FACTOR = "obligatorio"


@pytest.fixture
def rosa(coordinadora):
    """La coordinadora de Cusco, con su contraseña y su correo."""
    coordinadora.first_name, coordinadora.last_name = "Rosa", "Quispe"
    coordinadora.email = "rosa@mef.example"
    return con_clave(coordinadora)


@pytest.fixture
def jefa(ogauc):
    ogauc.email = "jefa@mef.example"
    return con_clave(ogauc)
