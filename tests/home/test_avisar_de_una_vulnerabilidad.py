"""A quién avisa quien halla una vulnerabilidad: /.well-known/security.txt (RFC 9116)."""

import datetime as dt

import pytest
from django.utils import timezone

from organizacion.models import AjustesPortal

RUTA = "/.well-known/security.txt"


@pytest.fixture
def ajustes(db):
    ajustes = AjustesPortal.load()
    ajustes.correo, ajustes.correo_seguridad = "sede@mef.example", "seguridad@mef.example"
    ajustes.save()
    return ajustes


def campos(respuesta) -> dict:
    return dict(linea.split(": ", 1) for linea in respuesta.content.decode().splitlines())


def test_dice_a_quien_hasta_cuando_y_donde_esta(client, ajustes, settings):
    settings.URL_DEL_SITIO = "https://portal.example"
    respuesta = client.get(RUTA)
    dicho = campos(respuesta)
    vence = dt.datetime.fromisoformat(dicho["Expires"])
    assert respuesta["Content-Type"] == "text/plain; charset=utf-8"
    assert dicho["Contact"] == "mailto:seguridad@mef.example"
    assert dicho["Canonical"] == "https://portal.example/.well-known/security.txt"
    assert dt.timedelta(days=30) < vence - timezone.now() < dt.timedelta(days=365)


def test_sin_uno_propio_es_el_de_la_sede(client, ajustes):
    ajustes.correo_seguridad = ""
    ajustes.save()
    assert campos(client.get(RUTA))["Contact"] == "mailto:sede@mef.example"


def test_sin_a_quien_avisar_no_hay_archivo(client, ajustes):
    ajustes.correo = ajustes.correo_seguridad = ""
    ajustes.save()
    assert client.get(RUTA).status_code == 404
