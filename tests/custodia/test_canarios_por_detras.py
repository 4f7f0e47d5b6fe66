"""Lo que no se ve en pantalla tampoco lleva a nadie: registros, informes de fallas, correos, huellas y caché."""

import io
import json
import logging

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from django.utils.module_loading import import_string

from comun.antiabuso import envio_nuevo
from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos.actions import grupo
from organizacion.models import Persona
from tests.fabricas import CapacitacionFactory, EntidadFactory, PersonaFactory

pytestmark = pytest.mark.django_db
CANARIOS = {"dni": "07723456", "ce": "000772345", "pasaporte": "QX7723456"}
CORREO, TELEFONO = "canario@canario.example", "900007723"


@pytest.fixture
def escrito():
    """Lo que el servidor escribe, con el formato de producción, y lo que manda a los administradores."""
    formato = dict(settings.LOGGING["formatters"]["sin_datos"])
    salida = io.StringIO()
    consola = logging.StreamHandler(salida)
    consola.setFormatter(import_string(formato["()"])(formato["format"]))
    informe = AdminEmailHandler(include_html=True)
    informe.setLevel(logging.ERROR)
    raiz, de_django = logging.getLogger(), logging.getLogger("django")
    raiz.addHandler(consola)
    de_django.addHandler(informe)
    yield salida
    raiz.removeHandler(consola)
    de_django.removeHandler(informe)


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable")


def datos(curso, tipo="dni", **cambios):
    return {
        "tipo_documento": tipo,
        "numero_documento": CANARIOS[tipo],
        "nombres": "Alba",
        "apellidos": "Canaria",
        "trabaja_en_entidad": "si",
        "entidad": str(EntidadFactory(centro=curso.centro).pk),
        "cargo": "Tesorera",
        "correo": CORREO,
        "telefono": TELEFONO,
        "acepta_aviso": "on",
        "envio": envio_nuevo(),
    } | cambios


def url(curso):
    return reverse("eventos:inscripcion-crear", args=[curso.slug])


def sin_canarios(texto, *mas, de=""):
    for canario in (*CANARIOS.values(), *mas):
        assert canario not in texto, f"{canario} en {de or texto[:500]}"


@pytest.mark.parametrize("tipo", CANARIOS)
def test_inscribirse_no_deja_el_documento_en_ninguna_parte(client, curso, escrito, tipo):
    respuesta = client.post(url(curso), datos(curso, tipo))
    assert respuesta.status_code == 302
    sin_canarios(respuesta["Location"], CORREO, de="la dirección")
    assert Envio.objects.exists()
    for mensaje in mail.outbox:
        entero = mensaje.message().as_string() + mensaje.body + str(mensaje.alternatives)
        sin_canarios(entero, TELEFONO, de=f"el correo «{mensaje.subject}»")
    for fila in (*Envio.objects.values(), *Entrega.objects.values()):
        sin_canarios(str(fila), TELEFONO, de="la bandeja de salida")
    sin_canarios(str(list(Huella.objects.values("accion", "detalle", "motivo"))), CORREO, TELEFONO, de="una huella")
    sin_canarios(str(list(cache._cache)), CORREO, TELEFONO, de="una llave de la caché")
    sesiones = [sesion.get_decoded() for sesion in Session.objects.all()] + [dict(client.session)]
    sin_canarios(json.dumps(sesiones, default=str), CORREO, TELEFONO, de="una sesión")
    sin_canarios(str(client.cookies), CORREO, TELEFONO, de="una galleta")
    sin_canarios(escrito.getvalue(), CORREO, TELEFONO, de="el registro")


def test_lo_que_se_escribe_mal_no_queda_en_el_registro(client, curso, escrito):
    respuesta = client.post(url(curso), datos(curso, numero_documento="0772345", correo="canario@@canario.example"))
    assert respuesta.status_code == 200
    sin_canarios(escrito.getvalue(), "0772345", CORREO, TELEFONO)


def test_una_falla_se_anota_y_se_informa_sin_los_datos_de_nadie(client, curso, escrito, settings, monkeypatch):
    """La peor: la excepción los trae en su texto, como la de un documento repetido en PostgreSQL."""

    def fallar(**kwargs):
        raise RuntimeError(f"Key (numero_documento)=({CANARIOS['dni']}) already exists: {CORREO}, {TELEFONO}")

    settings.ADMINS = [("Guardia", "guardia@conectamef.example")]
    monkeypatch.setattr(grupo, "inscribir", fallar)
    client.raise_request_exception = False
    mail.outbox.clear()
    respuesta = client.post(url(curso), datos(curso))
    assert respuesta.status_code == 500
    sin_canarios(respuesta.text, CORREO, TELEFONO, de="la página de la falla")
    anotado = escrito.getvalue()
    assert "Traceback" in anotado
    assert "RuntimeError" in anotado
    sin_canarios(anotado, CORREO, TELEFONO, de="el registro")
    entero = "".join(informe.body + str(informe.alternatives) for informe in mail.outbox)
    assert "fallar" in entero
    sin_canarios(entero, CORREO, TELEFONO, de="el informe de la falla")


@pytest.mark.parametrize("tipo", CANARIOS)
def test_un_documento_repetido_no_queda_en_el_registro(escrito, tipo):
    """Con la base de verdad: PostgreSQL dice en su mensaje el valor que se repite."""
    repetida = {"tipo_documento": tipo, "numero_documento": CANARIOS[tipo]}
    PersonaFactory(**repetida)
    try:
        with transaction.atomic():
            Persona.objects.create(**repetida, nombres="Alba", apellidos="Canaria")
    except IntegrityError:
        logging.getLogger("django.request").exception("Falló al guardar una persona")
    assert "IntegrityError" in escrito.getvalue()
    sin_canarios(escrito.getvalue())
