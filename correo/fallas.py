"""Qué quiere decir un error al enviar: si conviene insistir, y cómo se le cuenta a una persona."""

import enum
import smtplib
import socket

from anymail.exceptions import AnymailError


class Falla(enum.Enum):
    """``DEFINITIVA``: insistir no sirve. ``PASAJERA``: el servidor pide volver luego. ``SIN_SALIR``: no hubo con quién
    hablar y el mensaje no salió. ``SIN_RESPUESTA``: la conexión se cortó y no se sabe si llegó."""

    DEFINITIVA = enum.auto()
    PASAJERA = enum.auto()
    SIN_SALIR = enum.auto()
    SIN_RESPUESTA = enum.auto()


# Todo lo que un servidor SMTP, un proveedor o un mensaje mal hecho pueden levantar (los de smtplib son OSError).
ERRORES = (OSError, ValueError, AnymailError)
# «Ahora no atiendo»: 421 de SMTP (RFC 5321); 429 y 503 de un proveedor por HTTP.
OCUPADO = {421, 429, 503}


class SeCortoAntes(ConnectionError):
    """El servidor se fue antes de recibir el contenido: el mensaje no salió."""


SIN_CONEXION = (
    ConnectionRefusedError,
    SeCortoAntes,
    socket.gaierror,
    smtplib.SMTPConnectError,
    smtplib.SMTPAuthenticationError,
)


def clasificar(error: Exception) -> Falla:
    codigo = codigo_de(error)
    if isinstance(error, SIN_CONEXION) or codigo in OCUPADO:
        return Falla.SIN_SALIR
    if codigo:
        return Falla.PASAJERA if _es_pasajero(error, codigo) else Falla.DEFINITIVA
    if isinstance(error, OSError) and not isinstance(error, ValueError):
        return Falla.SIN_RESPUESTA
    return Falla.DEFINITIVA


def codigo_de(error: Exception) -> int | None:
    """El código con que respondió el servidor, si respondió."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((codigo for codigo, _ in error.recipients.values()), None)
    return getattr(error, "smtp_code", None) or getattr(error, "status_code", None)


def _es_pasajero(error: Exception, codigo: int) -> bool:
    # En SMTP los 4xx son pasajeros y los 5xx definitivos; en HTTP, al revés.
    return codigo >= 500 if isinstance(error, AnymailError) else codigo < 500


def explicar(error: Exception) -> str:
    """Una línea para quien mira el envío: «El servidor de correo respondió 550: buzón inexistente»."""
    codigo = codigo_de(error)
    if not codigo:
        return _una_linea(f"{type(error).__name__}: {error}")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        detalle = next(texto for _, texto in error.recipients.values())
    else:
        detalle = getattr(error, "smtp_error", None) or str(error)
    detalle = detalle.decode("utf-8", "replace") if isinstance(detalle, bytes) else detalle
    return _una_linea(f"El servidor de correo respondió {codigo}: {detalle}")


def _una_linea(texto: str) -> str:
    return " ".join(texto.replace("\x00", "").split())[:300]
