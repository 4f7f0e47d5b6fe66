"""docs/asvs.csv contesta cada requisito de nivel 1 de OWASP ASVS 5.0 con una prueba que existe o una brecha dicha."""

import ast
import csv
from collections import Counter

import pytest
from django import forms
from django.test import Client

from acceso import forms as de_acceso
from tests.acceso.ayudas import con_clave, entrar
from tests.nginx import RAIZ

DOCS = RAIZ / "docs"
# Cuántos requisitos de nivel 1 trae cada capítulo de la norma publicada; los otros tres no traen ninguno.
DE_NIVEL_1 = {1: 8, 2: 4, 3: 8, 4: 2, 5: 4, 6: 13, 7: 6, 8: 4, 9: 4, 10: 5, 11: 3, 12: 3, 13: 1, 14: 2, 15: 3}


def filas() -> list[dict]:
    with (DOCS / "asvs.csv").open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def numeros(fila) -> tuple[int, ...]:
    return tuple(map(int, fila["id"].removeprefix("v5.0.0-").split(".")))


def existe(prueba: str) -> bool:
    archivo, _, nombre = prueba.partition("::")
    ruta = RAIZ / archivo
    if not ruta.is_file():
        return False
    arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    return nombre in {nodo.name for nodo in ast.walk(arbol) if isinstance(nodo, ast.FunctionDef)}


def test_estan_los_setenta_una_vez_y_en_orden():
    hallados = [numeros(fila) for fila in filas()]
    assert hallados == sorted(set(hallados))
    assert Counter(numero[0] for numero in hallados) == DE_NIVEL_1


def test_cada_fila_dice_como_esta_y_con_que_se_ve(record_property):
    faltas = []
    for fila in filas():
        pruebas, falta = fila["pruebas"].split(), fila["qué falta"]
        faltas += [f"{fila['id']}: no existe {prueba}" for prueba in pruebas if not existe(prueba)]
        coherente = {
            "cumple": fila["aplica"] == "sí" and pruebas and not falta,
            "brecha": fila["aplica"] == "sí" and len(falta) > 20,
            "no aplica": fila["aplica"] == "no" and not pruebas and not falta,
        }
        if not coherente.get(fila["estado"]) or not fila["qué pide"] or not fila["cómo se cumple"]:
            faltas.append(f"{fila['id']}: «{fila['estado']}» no cuadra con lo demás de su fila")
    assert faltas == []
    cuenta = Counter(fila["estado"] for fila in filas())
    record_property("medida", f"ASVS 5.0 nivel 1: {', '.join(f'{n} {estado}' for estado, n in cuenta.items())}")


def test_control_una_prueba_inventada_se_nota():
    assert existe("tests/portal/test_asvs.py::test_control_una_prueba_inventada_se_nota")
    assert not existe("tests/portal/test_asvs.py::test_que_no_esta")
    assert not existe("tests/portal/test_que_no_esta.py::test_control_una_prueba_inventada_se_nota")


def test_seguridad_md_dice_lo_que_la_norma_pide_documentar():
    texto = (DOCS / "seguridad.md").read_text(encoding="utf-8")
    for titulo in ("## Entrar", "## Plazos para actualizar", "## Avisar de una vulnerabilidad"):
        assert titulo in texto
    brechas = sum(fila["estado"] == "brecha" for fila in filas())
    assert f"{brechas} brechas" in texto


CLAVES = [
    (de_acceso.EntradaForm, "password", "current-password"),
    (de_acceso.CambiarClaveForm, "oldpassword", "current-password"),
    (de_acceso.CambiarClaveForm, "password1", "new-password"),
    (de_acceso.ElegirClaveForm, "password1", "new-password"),
    (de_acceso.ElegirClaveForm, "password2", "new-password"),
]


@pytest.mark.parametrize(("formulario", "casilla", "que_es"), CLAVES)
def test_las_casillas_de_contrasena_dejan_pegar_y_no_la_cambian(formulario, casilla, que_es):
    campo = formulario().fields[casilla]
    assert isinstance(campo.widget, forms.PasswordInput)
    assert campo.widget.attrs["autocomplete"] == que_es
    assert not {"onpaste", "readonly", "maxlength"} & campo.widget.attrs.keys()
    assert campo.clean(" Papa y Quinua " * 10) == " Papa y Quinua " * 10


@pytest.mark.django_db
def test_al_entrar_la_sesion_es_otra_y_no_se_adivina(coordinadora, settings):
    cliente = Client()
    sesion = cliente.session
    sesion["de"] = "antes"
    sesion.save()
    antes = sesion.session_key
    cliente.cookies[settings.SESSION_COOKIE_NAME] = antes
    entrar(cliente, con_clave(coordinadora))
    despues = cliente.cookies[settings.SESSION_COOKIE_NAME].value
    assert despues != antes
    assert len(despues) == 32
    assert not sesion.exists(antes)
