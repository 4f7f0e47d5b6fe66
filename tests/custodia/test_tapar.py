"""En el texto del rastro no entra ningún documento, correo ni teléfono."""

import hashlib
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodia import tapar
from custodia.actions import anotar
from custodia.tapar import TAPADO, tapar_texto

pytestmark = pytest.mark.django_db


@pytest.fixture
def avisos(monkeypatch):
    """Lo que se avisó; sin esto, la suite reprueba a quien anota un dato personal."""
    dados = []
    monkeypatch.setattr(tapar, "avisar", lambda accion, llave: dados.append((accion, llave)))
    return dados


@pytest.mark.parametrize(
    "texto",
    ["DNI 40123456", "(40123456)", "ana@muni.example", "Llamé al 987654321", "al 987 654 321", "+51 987-654-321"],
)
def test_lo_personal_se_guarda_tapado_y_se_avisa(texto, avisos):
    huella = anotar(accion="publicar", detalle={"nota": texto, "dentro": [{"otra": texto}]}, motivo=texto)
    guardado = json.dumps(huella.detalle) + huella.motivo
    assert guardado.count(TAPADO) == 3
    assert not re.search(r"40123456|987.?654.?321|ana@", guardado)
    assert avisos == [("publicar", "nota"), ("publicar", "otra")]


COMO_SE_ESCRIBE = [
    *("DNI{0}", "dni-{0}", "DNI_{0}", "dni:{0}", "DNI N.° {0}", "{0}-7"),
    *("{1}.{2}.{3}", "{1} {2} {3}", "DNI {4} {5}"),
]


@settings(max_examples=60)
@given(numero=st.integers(0, 10**8 - 1).map("{:08}".format), forma=st.sampled_from(COMO_SE_ESCRIBE))
def test_ningun_dni_sobrevive_se_escriba_como_se_escriba(numero, forma):
    grupos = numero[:2], numero[2:5], numero[5:], numero[:4], numero[4:]
    tapado = tapar_texto(f"Pedido de {forma.format(numero, *grupos)}, hoy")
    assert tapado.startswith("Pedido de ")
    assert not re.search(r"\d\d", tapado)


@pytest.mark.parametrize("texto", ["4567 8912", "vino 45.678.912.", "(45 678 912)"])
def test_en_grupos_tambien_se_tapa(texto):
    assert not re.search(r"\d", tapar_texto(texto))


@settings(max_examples=60)
@given(llave=st.uuids(), n=st.integers(1, 9999))
def test_lo_que_identifica_a_una_fila_y_no_a_una_persona_se_sigue_leyendo(llave, n):
    suma = hashlib.sha256(llave.bytes).hexdigest()
    texto = f"SDP-2026-{n:04}, {llave} {n}:{suma}, 10.123.145.22, años 2025 2026, 12:30 del 26/11/2026, S/ 1,234,567.00"
    assert tapar_texto(texto) == texto


@pytest.mark.parametrize(
    "valor",
    [
        "2026-11-26",
        "9:00 a. m.",
        "SIAF 000123",
        "Ubigeo 080101",
        "R.D. N.° 550-2013-EF/43.01",
        "00000000-1234-4321-8888-123456789012",
        "a" * 20 + "12345678901234567890" + "b" * 24,
        12,
        True,
        None,
    ],
)
def test_lo_que_no_es_de_nadie_queda_igual(valor, avisos):
    assert anotar(accion="publicar", detalle={"dato": valor}).detalle == {"dato": valor}
    assert avisos == []


def test_un_campo_con_nombre_de_dato_personal_se_tapa_aunque_sea_corto(avisos):
    assert anotar(accion="publicar", detalle={"telefono": "084 1"}).detalle == {"telefono": TAPADO}
    assert avisos


def test_control_en_la_suite_anotar_un_documento_hace_fallar_la_prueba():
    with pytest.raises(AssertionError, match="dato personal en «dni»"):
        anotar(accion="publicar", detalle={"dni": 40123456})


@settings(max_examples=60)
@given(antes=st.text(" .,:()", max_size=4), numero=st.integers(10**7, 10**11), despues=st.text(" .,:()", max_size=4))
def test_ningun_numero_de_ocho_cifras_sobrevive(antes, numero, despues):
    assert str(numero) not in tapar_texto(f"{antes}{numero}{despues}")
