"""Cómo sale un mensaje ya armado: por SMTP, conversando con el servidor, o por lo que diga ``EMAIL_BACKEND``.

Enviar tiene cuatro pasos para que la espera de uno tape el trabajo de otro: ``anunciar`` dice de quién viene sin
esperar la respuesta (mientras, se anota el intento), ``enviar`` manda el contenido, y ``confirmar`` espera que el
servidor lo acepte (mientras, se arma el siguiente). ``retirar`` deshace lo anunciado.
"""

import re
import smtplib

from django.core.mail.backends import smtp

from .fallas import SeCortoAntes
from .molde import MensajeMoldeado

_punto = re.compile(rb"^\.", re.MULTILINE)


class Transporte:
    """Cualquier conexión de correo de Django: el mensaje entero sale en ``enviar``."""

    def __init__(self, conexion):
        self.conexion = conexion

    def anunciar(self, mensaje: MensajeMoldeado) -> None:
        pass

    def retirar(self) -> None:
        pass

    def enviar(self, mensaje: MensajeMoldeado) -> None:
        self.conexion.send_messages([mensaje])

    def confirmar(self) -> None:
        pass


class TransporteSmtp(Transporte):
    """La conversación de RFC 5321, con los mismos errores que ``smtplib.SMTP.sendmail``."""

    def anunciar(self, mensaje: MensajeMoldeado) -> None:
        # Hasta que se manda el contenido nada puede llegar: por eso esto puede ir antes de anotar el intento.
        servidor, (self._de, self._para) = self.conexion.connection, mensaje.sobre
        servidor.ehlo_or_helo_if_needed()
        self._octetos = mensaje.octetos()
        opciones = f" SIZE={len(self._octetos)}" if servidor.has_extn("size") else ""
        opciones += " BODY=8BITMIME" if servidor.has_extn("8bitmime") else ""
        servidor.putcmd("MAIL", f"FROM:<{self._de}>{opciones}")

    def retirar(self) -> None:
        self.conexion.connection.getreply()
        self.conexion.connection.rset()

    def enviar(self, mensaje: MensajeMoldeado) -> None:
        servidor = self.conexion.connection
        try:
            codigo, respuesta = servidor.getreply()
            if codigo != 250:
                self._dejar(codigo)
                raise smtplib.SMTPSenderRefused(codigo, respuesta, self._de)
            codigo, respuesta = servidor.docmd("RCPT", f"TO:<{self._para}>")
            if codigo not in (250, 251):
                self._dejar(codigo)
                raise smtplib.SMTPRecipientsRefused({self._para: (codigo, respuesta)})
            codigo, respuesta = servidor.docmd("DATA")
            if codigo != 354:
                self._dejar(codigo)
                raise smtplib.SMTPDataError(codigo, respuesta)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise
        except OSError as error:
            raise SeCortoAntes("La conexión se cortó antes de mandar el mensaje.") from error
        servidor.send(_punto.sub(b"..", self._octetos).removesuffix(b"\r\n") + b"\r\n.\r\n")

    def confirmar(self) -> None:
        codigo, respuesta = self.conexion.connection.getreply()
        if codigo != 250:
            self._dejar(codigo)
            raise smtplib.SMTPDataError(codigo, respuesta)

    def _dejar(self, codigo: int) -> None:
        if codigo == 421:  # el servidor se despide: no hay más conversación
            self.conexion.connection.close()
        else:
            self.conexion.connection.rset()


def transporte_de(conexion) -> Transporte:
    es_smtp = getattr(type(conexion), "send_messages", None) is smtp.EmailBackend.send_messages
    return TransporteSmtp(conexion) if es_smtp else Transporte(conexion)
