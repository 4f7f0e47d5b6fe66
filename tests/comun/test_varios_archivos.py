"""Un campo con varios archivos: los que lleguen, ninguno si no hace falta, y lo que un robot invente."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from comun.varios_archivos import CampoDeArchivos


class Formulario(forms.Form):
    opcional = CampoDeArchivos(required=False)
    exigido = CampoDeArchivos()


def con(datos=None, **cuantos):
    archivos = {campo: [SimpleUploadedFile(f"{n}.pdf", b"%PDF") for n in range(c)] for campo, c in cuantos.items()}
    return Formulario(datos or {}, MultiValueDict(archivos))


@pytest.mark.parametrize("cuantos", [1, 2, 20])
def test_llegan_todos_los_que_se_eligieron(cuantos):
    formulario = con(exigido=cuantos)
    assert formulario.is_valid()
    assert len(formulario.cleaned_data["exigido"]) == cuantos
    assert formulario.cleaned_data["opcional"] == []


def test_el_que_hace_falta_se_pide_y_de_mas_se_dice():
    assert list(con().errors) == ["exigido"]
    assert "a lo más 20" in str(con(exigido=21).errors["exigido"])


@pytest.mark.parametrize("con_archivo", [0, 1])
def test_una_casilla_de_quitar_que_la_pagina_no_tiene_no_lo_rompe(con_archivo):
    formulario = con({"opcional-clear": "on", "exigido-clear": "on"}, opcional=con_archivo, exigido=con_archivo)
    assert not formulario.is_valid()
