import pytest

from home.carga import cargar_paginas


@pytest.fixture
def inicio(db, cusco):
    """El inicio del portal, con sus secciones y la página de Cusco."""
    return cargar_paginas()
