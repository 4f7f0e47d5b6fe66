"""Leer el CSV que alguien sube, con lo que su programa le haya puesto delante."""

import pytest

from comun.tablas import leer_tabla


@pytest.mark.parametrize(
    ("delante", "numero"), [("", 2), ("sep=;\r\n", 3), ("\r\n;;\r\n", 4), ("\ufeffSEP=;\r\n\r\n", 4), ("\n\n", 4)]
)
def test_se_salta_lo_que_hay_antes_de_los_encabezados(delante, numero):
    texto = f"{delante}Nombre;Cargo, área\r\nAna;Jefa\r\n"
    encabezados, [fila] = leer_tabla(texto.encode(), "lista.csv", maximo=10)
    assert encabezados == ["Nombre", "Cargo, área"]
    assert (fila.numero, fila.valores) == (numero, {"Nombre": "Ana", "Cargo, área": "Jefa"})
