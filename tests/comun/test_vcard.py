"""Las tarjetas cumplen la RFC 6350: escapadas, plegadas y en UTF-8."""

from hypothesis import given
from hypothesis import strategies as st

from comun.vcard import escapar, plegar, tarjeta, telefono


def test_lo_que_separa_va_escapado():
    assert escapar("Av. Sol 1, piso 2; of. 3\\4\r\nCusco") == "Av. Sol 1\\, piso 2\\; of. 3\\\\4\\nCusco"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_ninguna_linea_pasa_de_75_octetos_y_al_desplegar_vuelve_lo_mismo(texto):
    plegada = plegar(texto)
    assert all(len(tramo.encode()) <= 75 for tramo in plegada.split("\r\n"))
    assert plegada.replace("\r\n ", "") == texto


def test_empieza_con_la_version_y_no_escribe_lo_vacio():
    propiedades = [("FN", "Rosa Ñahui"), ("N", ("Ñahui", "Rosa", "", "", "")), ("EMAIL", ""), ("ADR", ("", ""))]
    lineas = tarjeta(propiedades).split("\r\n")
    assert lineas == ["BEGIN:VCARD", "VERSION:4.0", "FN:Rosa Ñahui", "N:Ñahui;Rosa;;;", "END:VCARD", ""]


def test_los_telefonos_son_del_peru():
    assert telefono("(084) 234567") == "tel:+5184234567"
    assert telefono("984123456", "12") == "tel:+51984123456;ext=12"
    assert telefono("+56 2 2345 6789") == "tel:+56223456789"
