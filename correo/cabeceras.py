"""Las cabeceras de un mensaje y las direcciones que llevan; nada que alguien escriba abre otra cabecera."""

import re
from email.header import Header
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import iri_to_uri, punycode
from django.utils.text import slugify

from organizacion.models import AjustesPortal

from .models import Entrega, Envio
from .molde import DOBLEZ

LARGO_MAXIMO = 254  # RFC 5321: 256 con los ángulos
_control = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_HUECO = "{entrega}"


def una_linea(texto: str) -> str:
    """Sin saltos, caracteres de control ni «=?…?=» (RFC 2047): lo que va en una cabecera no puede abrir otra."""
    return " ".join(_control.sub(" ", texto).replace("=?", "= ?").split())


def revisar_direccion(direccion: str) -> None:
    """Levanta ``ValueError``, con el motivo, si a ``direccion`` no se le puede escribir.

    El dominio puede llevar tildes y eñes: viaja en su forma ASCII (IDNA). Lo de antes de la arroba, no: pide SMTPUTF8
    en cada servidor del camino, y el que no lo tiene lo rechaza tarde o lo entrega a otro buzón.
    """
    if len(direccion) > LARGO_MAXIMO:
        raise ValueError(f"La dirección tiene {len(direccion)} caracteres; el máximo es {LARGO_MAXIMO}.")
    buzon = direccion.rpartition("@")[0]
    if not buzon.isascii() and not _control.search(buzon):
        raise ValueError("La dirección lleva tildes o eñes antes de la arroba: esos buzones no se pueden alcanzar.")
    try:
        validate_email(direccion)
        dominio = punycode(direccion.rpartition("@")[2])
    except (ValidationError, UnicodeError) as error:
        raise ValueError("La dirección de correo no es válida.") from error
    if len(buzon) + len(dominio) + 1 > LARGO_MAXIMO:
        raise ValueError("La dirección es demasiado larga.")


def con_nombre(nombre: str, direccion: str) -> str:
    """«Ana Quispe <ana@muni.example>», como la guarda Django. Levanta ``ValueError`` si la dirección no sirve."""
    revisar_direccion(direccion)
    return formataddr((una_linea(nombre), en_ascii(direccion)))


def en_ascii(direccion: str) -> str:
    """Con el dominio en su forma ASCII (IDNA)."""
    buzon, _, dominio = direccion.rpartition("@")
    return f"{buzon}@{punycode(dominio)}"


def para_cabecera(nombre: str, direccion: str) -> str:
    """Lo mismo, como va en el mensaje: el nombre en palabras codificadas cortas y el dominio en ASCII."""
    direccion, nombre = en_ascii(direccion), una_linea(nombre)
    if nombre.isascii():
        return formataddr((nombre, direccion))
    return f"{Header(nombre, 'utf-8', header_name='To').encode(linesep=DOBLEZ[:2])} <{direccion}>"


def remitente(envio: Envio) -> tuple[str, str]:
    """La dirección del portal, con el nombre del centro que escribe si lo hay."""
    nombre, direccion = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return una_linea(envio.centro.nombre_completo if envio.centro else nombre), direccion


def de_lista(envio: Envio) -> dict[str, str]:
    """Las cabeceras de un masivo: RFC 2919 y RFC 2369, sin la baja, que es de cada entrega."""
    lista = slugify(envio.lista) or slugify(envio.clave.partition(":")[0]) or "avisos"
    sitio = {nombre: f"<{iri_to_uri(settings.URL_DEL_SITIO + ruta)}>" for nombre, ruta in settings.CORREO_LISTA.items()}
    if not lista.startswith("boletin"):  # a un directorio nadie se suscribe, y sus comunicados no se archivan ahí
        sitio = {"List-Help": sitio["List-Help"]}
    duenio = (envio.centro.correo if envio.centro else "") or AjustesPortal.load().correo
    if duenio:
        sitio["List-Owner"] = f"<mailto:{una_linea(duenio)}>"
    return {"Precedence": "bulk", "List-Id": f"<{lista}.{settings.CORREO_DOMINIO}>"} | sitio


def de_baja(url: str) -> dict[str, str]:
    """RFC 8058: baja de un clic."""
    uri = iri_to_uri(una_linea(url)).replace(">", "%3E").replace("<", "%3C")
    return {"List-Unsubscribe": f"<{uri}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def message_id_de(entrega: Entrega) -> str:
    """Siempre el mismo para la misma entrega: quien la reciba dos veces puede reconocerla."""
    return f"<entrega-{entrega.pk}-{_huella(entrega.pk)}@{settings.CORREO_DOMINIO}>"


def rebotes_de(entrega: Entrega) -> str:
    """El remitente de sobre, a donde vuelven los rebotes; vacío si es el del mensaje.

    Con «{entrega}» en ``CORREO_REBOTES`` cada mensaje lleva el suyo (VERP): ``entrega_del_sobre`` lo lee de vuelta.
    """
    return settings.CORREO_REBOTES.replace(_HUECO, f"{entrega.pk}-{_huella(entrega.pk)}")


def entrega_del_sobre(direccion: str) -> int | None:
    """La llave de la entrega que dice una dirección de rebote nuestra; ``None`` si no lo es o alguien la inventó."""
    antes, hueco, despues = settings.CORREO_REBOTES.lower().partition(_HUECO)
    patron = re.escape(antes) + r"(\d{1,18})-([0-9a-f]{16})" + re.escape(despues)
    hallado = re.fullmatch(patron, direccion.strip().lower(), re.ASCII) if hueco else None
    if hallado is None or not constant_time_compare(hallado[2], _huella(int(hallado[1]))):
        return None
    return int(hallado[1])


def _huella(pk) -> str:
    return salted_hmac("correo.entrega", str(pk)).hexdigest()[:16]
