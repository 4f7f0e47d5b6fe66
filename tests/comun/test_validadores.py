"""Cómo se escribe un teléfono o un documento en el Perú, y qué no lo es."""

import pytest
from django.core.exceptions import ValidationError

from comun.validadores import validar_documento, validar_telefono


@pytest.mark.parametrize("telefono", ["984123456", "984 123 456", "084 234567", "(084) 234567", "+51 984-123-456"])
def test_se_escribe_como_se_acostumbra(telefono):
    validar_telefono(telefono)


@pytest.mark.parametrize("telefono", ["12345", "984x123456", "984123456\n", "()123456", "+", "(084", "٩٨٤١٢٣٤٥٦"])
def test_lo_que_no_es_un_telefono_no_pasa(telefono):
    with pytest.raises(ValidationError):
        validar_telefono(telefono)


def test_el_decimal_que_pone_excel_no_es_una_cifra_del_documento():
    assert validar_documento("dni", "41414141.0") == validar_documento("dni", "41.414.141") == "41414141"
    with pytest.raises(ValidationError, match="8 dígitos"):
        validar_documento("dni", "1234567.0")
