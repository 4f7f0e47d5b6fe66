"""La copia que mandan dejar las reglas R111 y R112: el mismo mensaje, con lo que dice que es copia y sin baja."""

import re
from html import escape

from .models import Entrega, Envio
from .molde import URL_BAJA

_parrafo_de_baja = re.compile(rf"<p\b[^>]*>\s*<a\b[^>]*{URL_BAJA}[^>]*>.*?</a>\s*</p>", re.S | re.I)
_enlace_de_baja = re.compile(rf"<a\b[^>]*{URL_BAJA}[^>]*>(.*?)</a>", re.S | re.I)
_cuerpo = re.compile(r"<body\b[^>]*>", re.I)
# Con los estilos del aviso de base_correo.html: a un cliente de correo le llegan ya puestos en cada elemento.
_AVISO = (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="demo" '
    'style="padding: 12px 24px; background-color: #fdf2d8; color: #744700; font-family: Arial, sans-serif; '
    'font-size: 14px; line-height: 1.5;"><strong>Copia para su conocimiento.</strong> {}</td></tr></table>'
)


def a_quienes(envio: Envio) -> str:
    """«El original se dirige a Municipalidades de Cusco (128 direcciones).»"""
    suyas = envio.entregas.filter(es_copia=False).exclude(estado=Entrega.Estado.SUPRIMIDA).count() if envio.pk else 0
    cuantas = "1 dirección" if suyas == 1 else f"{suyas:,} direcciones"
    return f"El original se dirige a {envio.dirigido_a} ({cuantas})." if envio.dirigido_a else f"Va a {cuantas}."


def avisar_en_texto(envio: Envio, texto: str) -> str:
    return f"*** Copia para su conocimiento. {a_quienes(envio)} ***\n\n{texto}"


def avisar_en_html(envio: Envio, html: str) -> str:
    # El aviso va antes que todo: en Outlook, una tabla del ancho de la hoja.
    aviso = _AVISO.format(escape(a_quienes(envio)))
    con_aviso, puestos = _cuerpo.subn(lambda cuerpo: cuerpo[0] + aviso, html, count=1)
    return con_aviso if puestos else aviso + html


def sin_baja_en_html(html: str) -> str:
    return _enlace_de_baja.sub(r"\1", _parrafo_de_baja.sub("", html))


def sin_baja_en_texto(texto: str) -> str:
    """Quita la línea del enlace y la que lo presenta («Para dejar de recibir estos correos:»)."""
    quedan: list[str] = []
    for linea in texto.split("\n"):
        if URL_BAJA not in linea:
            quedan.append(linea)
        elif linea.strip() == URL_BAJA and quedan and quedan[-1].rstrip().endswith(":"):
            quedan.pop()
    return "\n".join(quedan)
