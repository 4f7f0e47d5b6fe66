"""Producción se niega a arrancar con lo que la haría insegura, y lo dice en una línea que se entiende."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.nginx import RAIZ

BUENO = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "portal.example, www.portal.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "URL_DEL_SITIO": "https://portal.example",
}
LO_QUE_SE_MIRA = """
from portal.settings import produccion as p
print(p.DEBUG, p.SEGUNDO_FACTOR, *p.ALLOWED_HOSTS, p.SESSION_COOKIE_NAME, p.CSRF_COOKIE_NAME, p.SESSION_COOKIE_SECURE)
"""


def arrancar(*orden, **cambios):
    """El proceso que lee los ajustes de producción con ``BUENO`` y ``cambios``; ``None`` quita una variable."""
    entorno = {"PATH": os.environ["PATH"], **BUENO, **cambios, "DJANGO_SETTINGS_MODULE": "portal.settings.produccion"}
    entorno = {nombre: valor for nombre, valor in entorno.items() if valor is not None}
    orden = orden or ("-c", LO_QUE_SE_MIRA)
    return subprocess.run([sys.executable, *orden], cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)


def test_con_lo_necesario_arranca_cerrada():
    proceso = arrancar()
    assert proceso.returncode == 0, proceso.stderr
    dominios = "portal.example www.portal.example"
    assert proceso.stdout.split("\n")[0] == f"False obligatorio {dominios} __Host-sesion __Host-csrftoken True"


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"SECRET_KEY": None}, "Falta la variable de entorno SECRET_KEY"),
        ({"SECRET_KEY": "   "}, "Falta la variable de entorno SECRET_KEY"),
        ({"SECRET_KEY": "solo-para-pruebas"}, "SECRET_KEY es la de un ejemplo"),
        ({"SECRET_KEY": "django-insecure-" + secrets.token_urlsafe(60)}, "SECRET_KEY es la de un ejemplo"),
        ({"SECRET_KEY": "…"}, "SECRET_KEY es corta: lleva 1 caracteres y hacen falta 50"),
        ({"SECRET_KEY": "Zx9" * 16 + "Z"}, "SECRET_KEY es corta: lleva 49 caracteres"),
        ({"SECRET_KEY": "Zx9" * 30}, "SECRET_KEY se adivina: solo 3 caracteres distintos"),
        ({"SECRET_KEY_ANTERIORES": "corta"}, "SECRET_KEY_ANTERIORES es corta"),
        ({"ALLOWED_HOSTS": None}, "Falta la variable de entorno ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "  "}, "Falta la variable de entorno ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS no nombra ningún dominio"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS no puede llevar «*»"),
        ({"ALLOWED_HOSTS": "portal.example, *"}, "ALLOWED_HOSTS no puede llevar «*»"),
        ({"DATABASE_URL": ""}, "Falta la variable de entorno DATABASE_URL"),
        ({"URL_DEL_SITIO": "http://portal.example"}, "URL_DEL_SITIO tiene que empezar con https://"),
        ({"URL_DEL_SITIO": "https://"}, "URL_DEL_SITIO tiene que empezar con https://"),
        ({"DEBUG": "1"}, "DEBUG está puesta"),
        ({"DEBUG": "True"}, "DEBUG está puesta"),
        ({"DEBUG": "no lo sé"}, "DEBUG está puesta"),
        ({"SEGUNDO_FACTOR": "no"}, "SEGUNDO_FACTOR es «obligatorio» u «opcional»"),
    ],
)
def test_no_arranca_y_dice_por_que(cambios, mensaje):
    proceso = arrancar(**cambios)
    assert proceso.returncode != 0
    assert f"ImproperlyConfigured: {mensaje}" in proceso.stderr


def test_sin_segundo_factor_solo_si_se_dice():
    assert "False opcional" in arrancar(SEGUNDO_FACTOR="opcional").stdout
    assert "False obligatorio" in arrancar(SEGUNDO_FACTOR="").stdout


def test_el_motivo_no_repite_la_llave():
    assert "solo-para-pruebas" not in arrancar(SECRET_KEY="solo-para-pruebas-mias").stderr.rpartition("Error")[2]


def test_las_ordenes_tampoco_corren():
    proceso = arrancar("manage.py", "check", ALLOWED_HOSTS="*")
    assert proceso.returncode != 0
    assert "ALLOWED_HOSTS no puede llevar «*»" in proceso.stderr
