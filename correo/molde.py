"""El molde de un envío: su MIME se arma una vez, con huecos, y cada entrega solo pone lo suyo.

Armar el mensaje entero por persona cuesta más que anotarlo en la base. Los cuerpos viajan tal cual, en UTF-8 de 8 bits,
como los manda Django; si alguna línea pasa de lo que admite SMTP, en quoted-printable: lo fijo se codifica una vez y un
salto blando («=», RFC 2045, 6.7) lo une con lo que llena cada hueco.
"""

import binascii
import email
import email.policy
import re
import secrets
from email.header import Header
from email.message import Message
from email.utils import formatdate
from itertools import zip_longest

from django.core.mail import EmailMultiAlternatives

# Lo que el asunto, el texto y el HTML de un envío pueden llevar y cambia en cada entrega.
NOMBRE, URL_BAJA = "%NOMBRE%", "%URL_BAJA%"
_marca = re.compile(f"({NOMBRE}|{URL_BAJA})")
_control = re.compile(r"[\x00-\x1f\x7f]")
_SMTP = email.policy.compat32.clone(linesep="\r\n", mangle_from_=False)
_LARGO_COMODO = 76
LINEA_MAXIMA = 998  # octetos (RFC 5321, 4.5.3.1.6)
LARGO_DE_UN_HUECO = 250
# La continuación de una cabecera larga (RFC 5322 2.2.3); es el único salto que puede llevar.
DOBLEZ = "\r\n "


class Huecos:
    """Un texto partido en lo fijo y sus marcas. Se llena de una pasada: un valor que trae una marca queda tal cual."""

    def __init__(self, texto: str):
        self._trozos = _marca.split(texto)
        self.es_fijo = len(self._trozos) == 1
        self._cabe_en_8_bits = all(_largo(linea) <= LINEA_MAXIMA for linea in texto.splitlines())
        codificar = _octetos if self._cabe_en_8_bits else _imprimible
        self._fijos = [codificar(trozo) for trozo in self._trozos[::2]]

    def llenar(self, valores: dict[str, str]) -> str:
        return "".join(valores[trozo] if n % 2 else trozo for n, trozo in enumerate(self._trozos))

    def parte(self, valores: dict[str, str]) -> tuple[bytes, bytes]:
        """Con qué codificación viaja y sus octetos."""
        llenos = [_octetos(valores[marca]) for marca in self._trozos[1::2]]
        if not self._cabe_en_8_bits:
            partes = _intercalar(self._fijos, [_imprimible(valores[marca]) for marca in self._trozos[1::2]])
            return b"quoted-printable", b"=\r\n".join(parte for parte in partes if parte)
        if any(len(lleno) > LARGO_DE_UN_HUECO for lleno in llenos):
            return b"quoted-printable", _imprimible(self.llenar(valores))
        return b"8bit", b"".join(_intercalar(self._fijos, llenos))


class Molde:
    """``fijas``: las cabeceras que no cambian. ``adjuntos``: partes MIME de Django, ya armadas."""

    def __init__(self, *, texto: Huecos, html: Huecos | None, fijas: dict[str, str], adjuntos=()):
        separador = f"=_{secrets.token_hex(12)}"
        self._texto, self._html = texto, html
        self._apertura = self._entre = self._cierre = b""
        if html:
            self._apertura = _abrir("alternative", separador)
            self._entre = f"\r\n--{separador}\r\n".encode()
            self._cierre = f"\r\n--{separador}--\r\n".encode()
        if adjuntos:
            afuera = f"{separador}.m"
            self._apertura = _abrir("mixed", afuera) + self._apertura
            self._cierre += b"".join(_adjunto(parte, afuera) for parte in adjuntos)
            self._cierre += f"\r\n--{afuera}--\r\n".encode()
        self._fijas = b"".join(_cabecera(nombre, valor) for nombre, valor in fijas.items()) + b"MIME-Version: 1.0\r\n"

    def octetos(self, propias: dict[str, str], valores: dict[str, str], valores_html: dict[str, str]) -> bytes:
        """El mensaje entero, con finales de línea de SMTP. Levanta ``ValueError`` si una cabecera abriría otra."""
        trozos = [self._fijas, *(_cabecera(nombre, valor) for nombre, valor in propias.items())]
        trozos += [_cabecera("Date", formatdate()), self._apertura, *_parte(b"plain", *self._texto.parte(valores))]
        if self._html:
            trozos += [self._entre, *_parte(b"html", *self._html.parte(valores_html))]
        return b"".join([*trozos, self._cierre])


class MensajeMoldeado(EmailMultiAlternatives):
    """Un mensaje de Django que ya está escrito: ``octetos`` da lo que viaja por SMTP o se guarda en un archivo.

    Sus atributos (``subject``, ``body``, ``alternatives``…) dicen lo mismo: es lo que leen los proveedores por API.
    """

    octetos = None
    escrito = b""  # sus octetos, ya calculados
    sobre = ("", "")  # remitente y destinatario de SMTP

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
        return self._leido()[cabecera]

    def __contains__(self, cabecera) -> bool:
        return cabecera in self._leido()

    def __iter__(self):
        return iter(self._leido())

    def _leido(self):
        return email.message_from_bytes(self._octetos, policy=email.policy.default)


def _octetos(texto: str) -> bytes:
    return texto.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()


def _imprimible(texto: str) -> bytes:
    lineas = _octetos(texto).replace(b"\r\n", b"\n")
    return binascii.b2a_qp(lineas, istext=True).replace(b"\n", b"\r\n")


def _largo(linea: str) -> int:
    """Los octetos que puede llegar a tener, con sus huecos llenos."""
    return len(linea.encode()) + LARGO_DE_UN_HUECO * len(_marca.findall(linea))


def _intercalar(fijos: list[bytes], llenos: list[bytes]) -> list[bytes]:
    return [trozo for par in zip_longest(fijos, llenos, fillvalue=b"") for trozo in par]


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


def _parte(subtipo: bytes, codificacion: bytes, octetos: bytes) -> tuple[bytes, bytes]:
    cabeceras = b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: %b\r\n\r\n'
    return cabeceras % (subtipo, codificacion), octetos


def _adjunto(parte, separador: str) -> bytes:
    return f"\r\n--{separador}\r\n".encode() + Message.as_bytes(parte, policy=_SMTP)
