"""Cómo sale un mensaje ya armado: por SMTP, conversando con el servidor, o por lo que diga ``EMAIL_BACKEND``.

Enviar tiene pasos para que la espera de uno tape el trabajo de otro: ``anunciar`` dice de quién y para quién es, en
otro hilo (mientras, la base anota el intento); ``enviar`` manda el contenido, y ``confirmar`` espera que el servidor lo
acepte (mientras, se arma y se ``prepara`` el siguiente). ``retirar`` deshace lo anunciado.
"""

import contextlib
import re
import smtplib
from concurrent.futures import ThreadPoolExecutor

from django.core.mail.backends import smtp

from .fallas import SeCortoAntes
from .molde import MensajeMoldeado

_punto = re.compile(rb"^\.", re.MULTILINE)


class Transporte:
    """Cualquier conexión de correo de Django: el mensaje entero sale en ``enviar``."""

    def __init__(self, conexion):
        self.conexion = conexion

    def preparar(self, mensaje: MensajeMoldeado) -> None:
        pass

    def anunciar(self, mensaje: MensajeMoldeado) -> None:
        pass

    def retirar(self) -> None:
        pass

    def enviar(self, mensaje: MensajeMoldeado) -> None:
        self.conexion.send_messages([mensaje])

    def confirmar(self) -> None:
        pass

    def cerrar(self) -> None:
        with contextlib.suppress(OSError):
            self.conexion.close()


class TransporteSmtp(Transporte):
    """La conversación de RFC 5321, con los mismos errores que ``smtplib.SMTP.sendmail``."""

    def __init__(self, conexion):
        super().__init__(conexion)
        self._hilo = ThreadPoolExecutor(1)

    def preparar(self, mensaje: MensajeMoldeado) -> None:
        mensaje.escrito = mensaje.octetos()

    def anunciar(self, mensaje: MensajeMoldeado) -> None:
        # Hasta que se manda el contenido nada puede llegar: por eso esto puede ir a la vez que se anota el intento.
        self._anunciado = self._hilo.submit(self._decir_sobre, *mensaje.sobre, len(mensaje.escrito))

    def _decir_sobre(self, de: str, para: str, octetos: int) -> None:
        servidor = self.conexion.connection
        try:
            servidor.ehlo_or_helo_if_needed()
            opciones = [f"SIZE={octetos}"] if servidor.has_extn("size") else []
            opciones += ["BODY=8BITMIME"] if servidor.has_extn("8bitmime") else []
            codigo, respuesta = servidor.docmd("MAIL", " ".join([f"FROM:<{de}>", *opciones]))
            if codigo != 250:
                self._dejar(codigo)
                raise smtplib.SMTPSenderRefused(codigo, respuesta, de)
            codigo, respuesta = servidor.docmd("RCPT", f"TO:<{para}>")
            if codigo not in (250, 251):
                self._dejar(codigo)
                raise smtplib.SMTPRecipientsRefused({para: (codigo, respuesta)})
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise
        except OSError as error:
            raise SeCortoAntes("La conexión se cortó antes de mandar el mensaje.") from error

    def retirar(self) -> None:
        with contextlib.suppress(OSError):  # si se cortó, lo dirá el siguiente
            self._anunciado.result()
            self.conexion.connection.rset()

    def enviar(self, mensaje: MensajeMoldeado) -> None:
        self._anunciado.result()
        servidor = self.conexion.connection
        try:
            codigo, respuesta = servidor.docmd("DATA")
        except OSError as error:
            raise SeCortoAntes("La conexión se cortó antes de mandar el mensaje.") from error
        if codigo != 354:
            self._dejar(codigo)
            raise smtplib.SMTPDataError(codigo, respuesta)
        servidor.send(_punto.sub(b"..", mensaje.escrito).removesuffix(b"\r\n") + b"\r\n.\r\n")

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

    def cerrar(self) -> None:
        self._hilo.shutdown()
        super().cerrar()


def transporte_de(conexion) -> Transporte:
    es_smtp = getattr(type(conexion), "send_messages", None) is smtp.EmailBackend.send_messages
    return TransporteSmtp(conexion) if es_smtp else Transporte(conexion)
