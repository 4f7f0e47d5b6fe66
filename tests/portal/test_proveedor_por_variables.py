"""Cambiar de proveedor de correo es cambiar variables: nada más."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from portal.settings.correo import de_anymail


def test_cada_variable_llega_a_anymail_con_su_nombre():
    entorno = {
        "ANYMAIL_MAILGUN_API_KEY": "key-123",
        "ANYMAIL_POSTMARK_SERVER_TOKEN": "00012",
        "ANYMAIL_IGNORE_UNSUPPORTED_FEATURES": "True",
        "ANYMAIL_SEND_DEFAULTS": '{"track_opens": false, "tags": ["portal"]}',
        "ANYMAIL_REQUESTS_TIMEOUT": "10",
        "ANYMAIL_WEBHOOK_SECRET": "a:uno, b:dos",
        "ANYMAIL_VACIA": " ",
        "PATH": "/bin",
    }
    assert de_anymail(entorno) == {
        "MAILGUN_API_KEY": "key-123",
        "POSTMARK_SERVER_TOKEN": "00012",
        "IGNORE_UNSUPPORTED_FEATURES": True,
        "SEND_DEFAULTS": {"track_opens": False, "tags": ["portal"]},
        "REQUESTS_TIMEOUT": 10.0,
        "WEBHOOK_SECRET": ["a:uno", "b:dos"],
    }


@pytest.mark.parametrize(
    ("nombre", "valor"),
    [
        ("ANYMAIL_SEND_DEFAULTS", "{roto"),
        ("ANYMAIL_REQUESTS_TIMEOUT", "mucho"),
        ("ANYMAIL_WEBHOOK_SECRET", "sin-dos-puntos"),
        ("ANYMAIL_WEBHOOK_SECRET", "usuario:"),
        ("ANYMAIL_WEBHOOK_SECRET", "a:b,,"),
        ("ANYMAIL_WEBHOOK_SECRET", "true"),
    ],
)
def test_una_variable_mal_escrita_se_dice_por_su_nombre(nombre, valor):
    with pytest.raises(ImproperlyConfigured, match=nombre):
        de_anymail({nombre: valor})


@pytest.mark.parametrize(
    ("proveedor", "variables"),
    [
        ("mailgun", {"ANYMAIL_MAILGUN_API_KEY": "x", "ANYMAIL_MAILGUN_SENDER_DOMAIN": "x.example"}),
        ("postmark", {"ANYMAIL_POSTMARK_SERVER_TOKEN": "x"}),
        ("brevo", {"ANYMAIL_BREVO_API_KEY": "x"}),
        ("mailersend", {"ANYMAIL_MAILERSEND_API_TOKEN": "x"}),
        ("mailjet", {"ANYMAIL_MAILJET_API_KEY": "x", "ANYMAIL_MAILJET_SECRET_KEY": "x"}),
        ("sparkpost", {"ANYMAIL_SPARKPOST_API_KEY": "x"}),
    ],
)
def test_con_sus_variables_el_proveedor_arranca(settings, proveedor, variables):
    settings.ANYMAIL = de_anymail(variables)
    assert get_connection(f"anymail.backends.{proveedor}.EmailBackend").esp_name.lower() == proveedor
