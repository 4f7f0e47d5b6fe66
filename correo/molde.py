"""El molde de un envío: su MIME se arma una vez, con huecos, y cada entrega solo pone lo suyo.

Armar el mensaje entero por persona cuesta más que anotarlo en la base. Los cuerpos viajan en quoted-printable porque
se deja partir: lo fijo se codifica una vez y un salto blando («=», RFC 2045 6.7) lo une con lo que llena cada hueco.
"""

import binascii
import email
import email.policy
import re
import secrets
from email.header import Header
from email.message import Message
from email.utils import formatdate

from django.core.mail import EmailMultiAlternatives

# Lo que el asunto, el texto y el HTML de un envío pueden llevar y cambia en cada entrega.
NOMBRE, URL_BAJA = "%NOMBRE%", "%URL_BAJA%"
_marca = re.compile(f"({NOMBRE}|{URL_BAJA})")
_control = re.compile(r"[\x00-\x1f\x7f]")
_SMTP = email.policy.compat32.clone(linesep="\r\n", mangle_from_=False)
_LARGO_COMODO = 76
# La continuación de una cabecera larga (RFC 5322 2.2.3); es el único salto que puede llevar.
DOBLEZ = "\r\n "


class Huecos:
    """Un texto partido en lo fijo y sus marcas. Se llena de una pasada: un valor que trae una marca queda tal cual."""

    def __init__(self, texto: str):
        self._trozos = _marca.split(texto)
        self._fijos = [_imprimible(trozo) for trozo in self._trozos[::2]]
        self.es_fijo = len(self._trozos) == 1

    def llenar(self, valores: dict[str, str]) -> str:
        return "".join(valores[trozo] if n % 2 else trozo for n, trozo in enumerate(self._trozos))

    def octetos(self, valores: dict[str, str]) -> bytes:
        """Lo mismo que ``llenar``, ya en quoted-printable."""
        if self.es_fijo:
            return self._fijos[0]
        partes = [_imprimible(valores[trozo]) if n % 2 else self._fijos[n // 2] for n, trozo in enumerate(self._trozos)]
        return b"=\r\n".join(parte for parte in partes if parte)


class Molde:
    """``fijas``: las cabeceras que no cambian. ``adjuntos``: partes MIME de Django, ya armadas."""

    def __init__(self, *, texto: Huecos, html: Huecos | None, fijas: dict[str, str], adjuntos=()):
        separador = f"=_{secrets.token_hex(12)}"  # «=_» no aparece en quoted-printable ni en base 64
        self._texto, self._html = texto, html
        self._antes_del_texto = _parte("text/plain")
        self._antes_del_html = self._despues = b""
        if html:
            self._antes_del_texto = _abrir("alternative", separador) + self._antes_del_texto
            self._antes_del_html = f"\r\n--{separador}\r\n".encode() + _parte("text/html")
            self._despues = f"\r\n--{separador}--\r\n".encode()
        if adjuntos:
            self._antes_del_texto = _abrir("mixed", f"{separador}.m") + self._antes_del_texto
            sueltos = b"".join(_adjunto(parte, f"{separador}.m") for parte in adjuntos)
            self._despues += sueltos + f"\r\n--{separador}.m--\r\n".encode()
        self._fijas = b"".join(_cabecera(nombre, valor) for nombre, valor in fijas.items()) + b"MIME-Version: 1.0\r\n"

    def octetos(self, propias: dict[str, str], valores: dict[str, str], valores_html: dict[str, str]) -> bytes:
        """El mensaje entero, con finales de línea de SMTP. Levanta ``ValueError`` si una cabecera abriría otra."""
        partes = [self._fijas, *(_cabecera(nombre, valor) for nombre, valor in propias.items())]
        partes += [_cabecera("Date", formatdate()), self._antes_del_texto, self._texto.octetos(valores)]
        if self._html:
            partes += [self._antes_del_html, self._html.octetos(valores_html)]
        return b"".join([*partes, self._despues])


class MensajeMoldeado(EmailMultiAlternatives):
    """Un mensaje de Django que ya está escrito: ``octetos`` da lo que viaja por SMTP o se guarda en un archivo.

    Sus atributos (``subject``, ``body``, ``alternatives``…) dicen lo mismo: es lo que leen los proveedores por API.
    """

    octetos = None

    def message(self):
        return Escrito(self.octetos())


class Escrito:
    """Lo que Django espera de ``message()``; se lee como mensaje solo si alguien pregunta por una cabecera."""

    def __init__(self, octetos: bytes):
        self._octetos = octetos

    def as_bytes(self, unixfrom=False, linesep="\n") -> bytes:
        return self._octetos if linesep == "\r\n" else self._octetos.replace(b"\r\n", linesep.encode())

    def as_string(self, unixfrom=False, linesep="\n") -> str:
        return self.as_bytes(linesep=linesep).decode("utf-8", "replace")

    def get_charset(self):
        return None

    def __getitem__(self, cabecera):
        return email.message_from_bytes(self._octetos, policy=email.policy.default)[cabecera]


def _imprimible(texto: str) -> bytes:
    lineas = texto.replace("\r\n", "\n").replace("\r", "\n").encode()
    return binascii.b2a_qp(lineas, istext=True).replace(b"\n", b"\r\n")


def _cabecera(nombre: str, valor: str) -> bytes:
    if _control.search(valor.replace(DOBLEZ, " ")):
        raise ValueError(f"La cabecera {nombre} lleva un salto de línea o un carácter de control.")
    if not valor.isascii():
        valor = Header(valor, "utf-8", header_name=nombre).encode(linesep=DOBLEZ[:2])
    elif nombre == "Subject" and len(valor) > _LARGO_COMODO:
        valor = Header(valor, header_name=nombre).encode(linesep=DOBLEZ[:2])
    return f"{nombre}: {valor}\r\n".encode("ascii")


def _abrir(clase: str, separador: str) -> bytes:
    return f'Content-Type: multipart/{clase}; boundary="{separador}"\r\n\r\n--{separador}\r\n'.encode()


def _parte(tipo: str) -> bytes:
    tipo = f'Content-Type: {tipo}; charset="utf-8"\r\n'
    return f"{tipo}Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()


def _adjunto(parte, separador: str) -> bytes:
    return f"\r\n--{separador}\r\n".encode() + Message.as_bytes(parte, policy=_SMTP)
