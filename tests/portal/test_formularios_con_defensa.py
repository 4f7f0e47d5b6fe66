"""Todo formulario llega con su defensa contra CSRF.

«include … only» deja fuera «csrf_token» y el navegador recibe un 403. El cliente de pruebas no lo nota, porque no
exige la defensa; por eso se lee en las plantillas.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

RAIZ = Path(settings.BASE_DIR) / "templates"
PLANTILLAS = sorted(str(ruta.relative_to(RAIZ)) for ruta in RAIZ.rglob("*.html"))
INCLUYE = re.compile(r"{%\s*include\s+\"([^\"]+)\"([^%]*)%}")


@cache
def texto_de(plantilla: str) -> str:
    ruta = RAIZ / plantilla
    return ruta.read_text(encoding="utf-8") if ruta.exists() else ""  # las de Wagtail no son nuestras


def necesita_defensa(texto: str) -> bool:
    """Si la plantilla, o una que incluye sin aislar, escribe ``csrf_token``."""
    if "{% csrf_token %}" in texto:
        return True
    return any(
        necesita_defensa(texto_de(incluida)) for incluida, resto in INCLUYE.findall(texto) if "only" not in resto
    )


def aisladas_sin_defensa(texto: str) -> list[str]:
    return [
        incluida
        for incluida, resto in INCLUYE.findall(texto)
        if re.search(r"\bonly\b", resto) and "csrf_token" not in resto and necesita_defensa(texto_de(incluida))
    ]


@pytest.mark.parametrize("plantilla", PLANTILLAS)
def test_lo_incluido_con_only_recibe_la_defensa_de_su_formulario(plantilla):
    assert aisladas_sin_defensa(texto_de(plantilla)) == []


def test_control_un_formulario_aislado_se_nota():
    assert aisladas_sin_defensa('{% include "correo/_mandos.html" with envio=envio only %}') == ["correo/_mandos.html"]
