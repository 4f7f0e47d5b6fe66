"""Cómo se escribe un teléfono en el Perú, y qué no es un teléfono."""

import pytest
from django.core.exceptions import ValidationError

from comun.validadores import validar_telefono


@pytest.mark.parametrize("telefono", ["984123456", "984 123 456", "084 234567", "(084) 234567", "+51 984-123-456"])
def test_se_escribe_como_se_acostumbra(telefono):
    validar_telefono(telefono)


@pytest.mark.parametrize("telefono", ["12345", "984x123456", "984123456\n", "()123456", "+", "(084", "٩٨٤١٢٣٤٥٦"])
def test_lo_que_no_es_un_telefono_no_pasa(telefono):
    with pytest.raises(ValidationError):
        validar_telefono(telefono)
