"""/salud/ dice la verdad en dos palabras: 200 o 503, sin datos de nadie."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from comun.registros import comprobaciones
from home import salud
from organizacion.models import Latido

pytestmark = pytest.mark.django_db


def latido_de_hace(minutos):
    Latido.objects.create(nombre=salud.TAREAS, ocurrido_en=timezone.now() - dt.timedelta(minutes=minutos))


@pytest.fixture
def comprobar(monkeypatch):
    """Registra una comprobación solo para esta prueba."""
    monkeypatch.setattr(salud, "comprobaciones", list(comprobaciones))
    return salud.comprobaciones.append


def test_un_portal_recien_instalado_esta_sano(client):
    respuesta = client.get("/salud/")

    assert respuesta.status_code == 200
    assert respuesta.json()["bien"]
    assert "no-store" in respuesta["Cache-Control"]
    assert not respuesta.cookies


def test_un_latido_reciente_es_salud(client):
    latido_de_hace(4)

    assert client.get("/salud/").status_code == 200


def test_un_latido_viejo_es_enfermedad(client):
    latido_de_hace(6)

    respuesta = client.get("/salud/")

    assert respuesta.status_code == 503
    assert [fila["nombre"] for fila in respuesta.json()["comprobaciones"] if not fila["bien"]] == ["tareas periódicas"]


def test_una_comprobacion_de_otra_app_cuenta(client, comprobar):
    comprobar(lambda: ("correo", False, "hay entregas de ayer"))

    respuesta = client.get("/salud/")

    assert respuesta.status_code == 503
    assert {"nombre": "correo", "bien": False, "detalle": "hay entregas de ayer"} in respuesta.json()["comprobaciones"]


def test_una_comprobacion_que_se_rompe_no_cuenta_su_secreto(client, comprobar):
    def buzon():
        raise DatabaseError("clave=secreta")

    comprobar(buzon)
    respuesta = client.get("/salud/")

    assert respuesta.status_code == 503
    assert "secreta" not in respuesta.content.decode()


def test_sin_migrar_no_esta_lista(client, monkeypatch):
    monkeypatch.setattr(salud, "_vistas", {"al_dia": False})
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'home'")

    respuesta = client.get("/salud/")

    assert respuesta.status_code == 503
    assert "sin aplicar" in respuesta.content.decode()


def test_sin_base_de_datos_contesta_503(client, monkeypatch):
    def caida():
        raise DatabaseError("no hay nadie")

    monkeypatch.setattr(salud.connection, "cursor", caida)

    assert client.get("/salud/").status_code == 503
