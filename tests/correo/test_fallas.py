"""Qué se entiende de cada error de un servidor o de un proveedor."""

import smtplib
import socket
import ssl

import pytest
import requests
from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core.mail import BadHeaderError

from correo.fallas import Falla, clasificar, explicar


def del_proveedor(codigo):
    respuesta = requests.Response()
    respuesta.status_code = codigo
    respuesta.reason = "motivo"
    return AnymailRequestsAPIError("rechazado", response=respuesta)


class ProveedorSinConexion(AnymailRequestsAPIError, requests.ConnectionError):
    """Lo que levanta anymail cuando no alcanza al proveedor."""


@pytest.mark.parametrize(
    ("error", "falla"),
    [
        (smtplib.SMTPRecipientsRefused({"a@x.example": (550, b"no existe")}), Falla.DEFINITIVA),
        (smtplib.SMTPRecipientsRefused({"a@x.example": (452, b"lleno")}), Falla.PASAJERA),
        (smtplib.SMTPDataError(554, b"parece correo no deseado"), Falla.DEFINITIVA),
        (smtplib.SMTPDataError(451, b"luego"), Falla.PASAJERA),
        (smtplib.SMTPSenderRefused(421, b"cerramos", "x@y.example"), Falla.SIN_SALIR),
        (smtplib.SMTPAuthenticationError(535, b"clave"), Falla.SIN_SALIR),
        (smtplib.SMTPServerDisconnected("se corto"), Falla.SIN_RESPUESTA),
        (TimeoutError(), Falla.SIN_RESPUESTA),
        (ConnectionResetError(), Falla.SIN_RESPUESTA),
        (ssl.SSLError("roto"), Falla.SIN_RESPUESTA),
        (ConnectionRefusedError(), Falla.SIN_SALIR),
        (socket.gaierror(-2, "sin DNS"), Falla.SIN_SALIR),
        (BadHeaderError("salto de linea"), Falla.DEFINITIVA),
        (UnicodeEncodeError("ascii", "ñ", 0, 1, "no"), Falla.DEFINITIVA),
        (del_proveedor(400), Falla.DEFINITIVA),
        (del_proveedor(429), Falla.SIN_SALIR),
        (del_proveedor(500), Falla.PASAJERA),
        (del_proveedor(503), Falla.SIN_SALIR),
        (ProveedorSinConexion("sin red"), Falla.SIN_RESPUESTA),
        (AnymailRecipientsRefused(), Falla.DEFINITIVA),
        (AnymailInvalidAddress("mal"), Falla.DEFINITIVA),
    ],
    ids=lambda valor: valor.name if isinstance(valor, Falla) else repr(valor)[:60],
)
def test_cada_error_dice_si_conviene_insistir(error, falla):
    assert clasificar(error) is falla
    assert 0 < len(explicar(error)) <= 300


def test_la_explicacion_es_una_linea_corta_en_espaniol():
    error = smtplib.SMTPDataError(550, b"5.1.1 No\r\nexiste\x00 " + b"x" * 500)
    assert explicar(error).startswith("El servidor de correo respondió 550: 5.1.1 No existe x")
    assert len(explicar(error)) == 300
