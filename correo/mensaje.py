"""De una ``Entrega`` al mensaje que viaja: marcas, cabeceras y adjuntos."""

import base64
import re
from email.utils import formataddr, parseaddr
from html import escape

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, SafeMIMEText
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from .models import Entrega, Envio

# Lo que el asunto, el texto y el HTML de un envío pueden llevar y cambia en cada entrega.
MARCAS = {
    "%NOMBRE%": lambda entrega: entrega.nombre,
    "%URL_BAJA%": lambda entrega: entrega.url_baja,
}
_marca = re.compile("|".join(MARCAS))
_control = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_metodo = re.compile(rb"^METHOD:([A-Z]+)", re.MULTILINE)


def message_id_de(entrega: Entrega) -> str:
    """Siempre el mismo para la misma entrega: quien la reciba dos veces puede reconocerla."""
    huella = salted_hmac("correo.entrega", str(entrega.pk)).hexdigest()[:16]
    return f"<entrega-{entrega.pk}-{huella}@{settings.CORREO_DOMINIO}>"


def armar(entrega: Entrega, conexion=None) -> EmailMultiAlternatives:
    """El mensaje de ``entrega``. Levanta ``ValueError`` si la dirección no sirve."""
    envio = entrega.envio
    mensaje = EmailMultiAlternatives(
        subject=_una_linea(_llenar(envio.asunto, entrega)),
        body=_texto(entrega),
        from_email=remitente(envio),
        to=[_direccion(entrega.nombre, entrega.direccion)],
        reply_to=[_direccion("", envio.responder_a)] if envio.responder_a else None,
        headers=_cabeceras(entrega),
        connection=conexion,
    )
    if envio.html:
        mensaje.attach_alternative(_llenar(envio.html, entrega, escape), "text/html")
    for adjunto in envio.adjuntos:
        _adjuntar(mensaje, **adjunto)
    return mensaje


def remitente(envio: Envio) -> str:
    """La dirección del portal, con el nombre del centro que escribe si lo hay."""
    nombre, direccion = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((_una_linea(envio.centro.nombre_completo if envio.centro else nombre), direccion))


def _direccion(nombre: str, direccion: str) -> str:
    try:
        validate_email(direccion)
    except ValidationError as error:
        raise ValueError("La dirección de correo no es válida.") from error
    return formataddr((_una_linea(nombre), direccion))


def _una_linea(texto: str) -> str:
    """Sin saltos, caracteres de control ni «=?…?=» (RFC 2047): lo que va en una cabecera no puede abrir otra."""
    return " ".join(_control.sub(" ", texto).replace("=?", "= ?").split())


def _llenar(texto: str, entrega: Entrega, preparar=str) -> str:
    # De una sola pasada: un nombre que contenga una marca no se vuelve a llenar.
    return _marca.sub(lambda marca: preparar(MARCAS[marca[0]](entrega)), texto)


def _texto(entrega: Entrega) -> str:
    texto = _llenar(entrega.envio.texto, entrega)
    if not entrega.envio.es_masivo or not entrega.url_baja or texto.rstrip().endswith(entrega.url_baja):
        return texto
    return f"{texto.rstrip()}\n\nPara dejar de recibir estos correos:\n{entrega.url_baja}\n"


def _cabeceras(entrega: Entrega) -> dict[str, str]:
    identificador = {"Message-ID": entrega.message_id or message_id_de(entrega)}
    if not entrega.envio.es_masivo:
        return identificador | {"Auto-Submitted": "auto-generated"}  # RFC 3834: nadie responde «estoy de vacaciones»
    lista = slugify(entrega.envio.clave.partition(":")[0]) or "avisos"
    masivo = {"Precedence": "bulk", "List-Id": f"<{lista}.{settings.CORREO_DOMINIO}>"}
    if entrega.url_baja:  # RFC 8058: baja de un clic
        masivo["List-Unsubscribe"] = f"<{_una_linea(entrega.url_baja)}>"
        masivo["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return identificador | masivo


def _adjuntar(mensaje: EmailMultiAlternatives, *, nombre: str, tipo: str, contenido: str) -> None:
    octetos = base64.b64decode(contenido)
    if not tipo.startswith("text/calendar"):
        mensaje.attach(nombre, octetos, tipo)
        return
    # Sin el parámetro «method», Outlook no ofrece agregar la cita al calendario (RFC 6047).
    metodo = _metodo.search(octetos)
    parte = SafeMIMEText(octetos.decode(), "calendar", "utf-8")
    parte.set_param("method", metodo[1].decode() if metodo else "PUBLISH")
    parte.add_header("Content-Disposition", "attachment", filename=nombre)
    mensaje.attach(parte)
