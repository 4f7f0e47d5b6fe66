"""Cada servidor avisa a su modo, y un mensaje raro nunca tumba al lector."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correo import dsn
from tests.correo import rebotes_de_muestra as muestras
from tests.correo.rebotes_de_muestra import ANA

ID = "<entrega-7-0123456789abcdef@conectamef.example>"
DEFINITIVOS = [muestras.postfix, muestras.exchange, muestras.gmail, muestras.exim, muestras.qmail]
PASAJEROS = [muestras.buzon_lleno, muestras.por_politica]
TODAS = [*DEFINITIVOS, *PASAJEROS, muestras.demora, muestras.reenviada, muestras.queja, muestras.vacaciones]


def nombre(muestra):
    return muestra.__name__


@pytest.mark.parametrize("muestra", DEFINITIVOS, ids=nombre)
@pytest.mark.parametrize("fin_de_linea", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_una_direccion_que_no_existe_es_un_rebote_definitivo(muestra, fin_de_linea):
    [aviso] = dsn.leer(muestra(ID).replace(b"\n", fin_de_linea))
    assert (aviso.tipo, aviso.direcciones, aviso.message_id) == (dsn.REBOTE, (ANA,), ID)
    assert aviso.detalle


@pytest.mark.parametrize("muestra", PASAJEROS, ids=nombre)
def test_un_buzon_lleno_o_un_bloqueo_no_son_definitivos(muestra):
    [aviso] = dsn.leer(muestra(ID))
    assert (aviso.tipo, aviso.message_id) == (dsn.PASAJERO, ID)


def test_una_queja_dice_de_quien_es_aunque_no_traiga_la_direccion():
    for con_direccion in (True, False):
        [aviso] = dsn.leer(muestras.queja(ID, con_direccion=con_direccion))
        assert (aviso.tipo, aviso.direcciones, aviso.message_id) == (dsn.QUEJA, (ANA,), ID)


@pytest.mark.parametrize("clase", ["not-spam", "auth-failure", "dkim"])
def test_un_informe_que_no_es_una_queja_no_se_anota(clase):
    assert dsn.leer(muestras.queja(ID, clase=clase)) == []


@pytest.mark.parametrize("muestra", [muestras.demora, muestras.vacaciones], ids=nombre)
def test_una_demora_o_unas_vacaciones_se_entienden_y_no_cuentan(muestra):
    assert dsn.leer(muestra(ID)) == []


@pytest.mark.parametrize("octetos", [muestras.de_una_persona(ID), b"", b"\x00", b"hola", b"\xff" * 50], ids=repr)
def test_lo_que_no_es_un_aviso_no_se_entiende(octetos):
    assert dsn.leer(octetos) is None


@pytest.mark.parametrize(
    ("dicho", "tipo"),
    [
        ("smtp; 550 5.1.1 no existe", dsn.REBOTE),
        ("smtp;550 no existe", dsn.REBOTE),
        ("5.1.1.", dsn.REBOTE),
        ("5.0.0", dsn.REBOTE),
        ("smtp; 550 5.7.1 politica 5.0.0", dsn.PASAJERO),
        ("5.2.2", dsn.PASAJERO),
        ("smtp; 552 lleno", dsn.PASAJERO),
        ("450 4.2.1 espere", dsn.PASAJERO),
        ("421 luego", dsn.PASAJERO),
        ("2.0.0 bien", None),
        ("host mx[4.5.6.7] de 2026", None),
        ("", None),
    ],
)
def test_el_codigo_mas_preciso_decide(dicho, tipo):
    assert dsn.tipo_de_rebote(dicho) == tipo


def es_valido(avisos):
    assert avisos is None or all(
        a.tipo in {dsn.REBOTE, dsn.PASAJERO, dsn.QUEJA} and all(len(d) <= 254 for d in a.direcciones) for a in avisos
    )


@given(st.binary(max_size=600))
def test_octetos_al_azar_nunca_lo_tumban(octetos):
    es_valido(dsn.leer(octetos))
    assert all("@" in sobre for sobre in dsn.sobres(octetos))


@given(st.sampled_from(TODAS), st.randoms(use_true_random=False), st.integers(1, 40))
def test_un_aviso_estropeado_nunca_lo_tumba(muestra, azar: random.Random, cuantos):
    octetos = bytearray(muestra(ID))
    for _ in range(cuantos):
        lugar = azar.randrange(len(octetos))
        if azar.random() < 0.5:
            octetos[lugar] = azar.randrange(256)
        else:
            del octetos[lugar : lugar + azar.randrange(30)]
            octetos = octetos or bytearray(b" ")
    es_valido(dsn.leer(bytes(octetos)))


@given(
    st.sampled_from(["Final-Recipient", "Status", "Action", "Diagnostic-Code", "X-Failed-Recipients", "Feedback-Type"]),
    st.binary(max_size=80),
)
def test_una_cabecera_rara_nunca_lo_tumba(cabecera, valor):
    for muestra in (muestras.postfix, muestras.exim, muestras.queja):
        es_valido(dsn.leer(cabecera.encode() + b": " + valor + b"\n" + muestra(ID)))


def test_mil_partes_anidadas_no_lo_tumban():
    partes = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    es_valido(dsn.leer(partes.encode()))
    es_valido(dsn.leer(("Content-Type: message/rfc822\n\n" * 3000).encode()))


def test_una_expresion_hostil_no_lo_demora():
    texto = "Content-Type: text/plain\n\nqmail-send\n" + "<a@b>:\n" + "x" * 100_000 + "\n" + "<" * 100_000
    es_valido(dsn.leer(texto.encode()))
