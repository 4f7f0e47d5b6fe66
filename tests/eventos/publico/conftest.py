import pytest

from comun.antiabuso import envio_nuevo
from tests.fabricas import EntidadFactory


@pytest.fixture
def entidad(cusco):
    return EntidadFactory(nombre="Municipalidad Distrital de Wanchaq", centro=cusco)


@pytest.fixture
def datos(entidad):
    """``datos(**cambios)``: lo que escribe una tesorera de Wanchaq; cada prueba cambia una cosa."""
    envio = envio_nuevo()

    def armar(**cambios):
        base = {
            "tipo_documento": "dni",
            "numero_documento": "40123456",
            "nombres": "Rosa",
            "apellidos": "Quispe D'Angelo",
            "trabaja_en_entidad": "si",
            "entidad_busqueda": "wanchaq",
            "entidad": str(entidad.pk),
            "cargo": "Tesorera",
            "correo": "rosa@muni.example",
            "telefono": "984123456",
            "acepta_aviso": "on",
            "envio": envio,
        }
        return {nombre: valor for nombre, valor in (base | cambios).items() if valor is not None}

    return armar
