"""Los enlaces firmados: ninguno alterado vale, y ninguno dice de quién es. La medida larga: ``make bench``."""

import base64
import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boletines import enlaces
from boletines.models import CorreoOficial, Suscriptor
from herramientas.medir import tokens

CLASES = ["confirmar", "baja", "preferencias", "invitación", "oficial"]


def test_se_prueban_todas_las_clases_de_enlace():
    assert list(tokens.clases()) == CLASES


@pytest.mark.parametrize("clase", CLASES)
def test_un_enlace_bueno_vale(clase):
    with tokens.todos_existen():
        assert tokens.vale(clase, tokens.firmado(clase, 8))


@settings(max_examples=400)
@given(
    clase=st.sampled_from(CLASES),
    alteracion=st.sampled_from(list(tokens.ALTERACIONES)),
    semilla=st.integers(0, 2**32),
    pk=st.integers(1, 2**31),
)
def test_ningun_enlace_alterado_vale(clase, alteracion, semilla, pk):
    bueno = tokens.firmado(clase, pk)
    alterado = tokens.ALTERACIONES[alteracion](random.Random(semilla), clase, bueno)
    assume(alterado != bueno)
    with tokens.todos_existen():
        assert not tokens.vale(clase, alterado)


@settings(max_examples=200)
@given(clase=st.sampled_from(CLASES), token=st.text(max_size=80))
def test_ningun_texto_cualquiera_vale(clase, token):
    with tokens.todos_existen():
        assert not tokens.vale(clase, token)


def test_un_enlace_no_lleva_la_direccion(settings):
    correo = "rosa.quispe@muni.example"
    suscriptor, oficial = Suscriptor(pk=7, correo=correo), CorreoOficial(pk=9, correo=correo)
    urls = [enlaces.url_baja(suscriptor), enlaces.url_preferencias(suscriptor), enlaces.url_pausa(suscriptor)]
    urls += [enlaces.url_invitacion(suscriptor), enlaces.url_baja_oficial(oficial)]
    for url in urls:
        assert url.startswith(settings.URL_DEL_SITIO)
        token = url.removeprefix(settings.URL_DEL_SITIO).removesuffix("pausa/").rstrip("/").split("/")[-1]
        datos = token.split(":")[0]
        assert base64.urlsafe_b64decode(datos + "==") in {b"7", b"9"}
        assert "rosa" not in url
