"""De una ``Entrega`` al mensaje que viaja: marcas, cabeceras y adjuntos."""

import base64
import re
from html import escape

from django.core.mail import EmailMultiAlternatives, SafeMIMEText

from .cabeceras import (
    con_nombre,
    de_baja,
    de_lista,
    en_ascii,
    message_id_de,
    para_cabecera,
    rebotes_de,
    remitente,
    revisar_direccion,
    una_linea,
)
from .copia import avisar_en_html, avisar_en_texto, sin_baja_en_html, sin_baja_en_texto
from .models import Entrega, Envio
from .molde import NOMBRE, URL_BAJA, Huecos, MensajeMoldeado, Molde

MARCAS = (NOMBRE, URL_BAJA)
_metodo = re.compile(rb"^METHOD:([A-Z]+)", re.MULTILINE)


class _Moldes:
    """Lo que se compone una vez por envío: sus huecos, sus cabeceras fijas y sus adjuntos."""

    def __init__(self, envio: Envio, *, es_copia: bool, con_baja: bool):
        texto, html = _cuerpos(envio, es_copia, con_baja)
        self.asunto, self.texto = Huecos(una_linea(envio.asunto)), Huecos(texto)
        self.html = Huecos(html) if html else None
        self.de = con_nombre(*remitente(envio))
        self.sobre = en_ascii(remitente(envio)[1])
        self.cabeceras = de_lista(envio) if envio.es_masivo else {"Auto-Submitted": "auto-generated"}  # RFC 3834
        self.responder_a = [con_nombre("", envio.responder_a)] if envio.responder_a else []
        suelto = EmailMultiAlternatives(body="va aparte")
        for adjunto in envio.adjuntos:
            _adjuntar(suelto, **adjunto)
        self.adjuntos = suelto.attachments
        fijas = {"From": para_cabecera(*remitente(envio)), **self.cabeceras}
        if envio.responder_a:
            fijas["Reply-To"] = para_cabecera("", envio.responder_a)
        if self.asunto.es_fijo:
            fijas["Subject"] = self.asunto.llenar({})
        partes = suelto.message().get_payload()[1:] if self.adjuntos else ()
        self.molde = Molde(texto=self.texto, html=self.html, fijas=fijas, adjuntos=partes)


def _moldes_de(entrega: Entrega) -> _Moldes:
    # Se guardan en el propio envío: el cartero usa el mismo objeto para todo el lote.
    hechos = entrega.envio.__dict__.setdefault("_moldes", {})
    cual = (entrega.es_copia, bool(url_de_baja(entrega)))
    if cual not in hechos:
        hechos[cual] = _Moldes(entrega.envio, es_copia=cual[0], con_baja=cual[1])
    return hechos[cual]


def armar(entrega: Entrega, conexion=None) -> MensajeMoldeado:
    """El mensaje de ``entrega``. Levanta ``ValueError`` si la dirección no sirve."""
    revisar_direccion(entrega.direccion)
    moldes = _moldes_de(entrega)
    valores = {NOMBRE: entrega.nombre, URL_BAJA: url_de_baja(entrega)}
    en_html = {marca: escape(valor) for marca, valor in valores.items()}
    asunto = una_linea(moldes.asunto.llenar(valores))
    suyas = {"Message-ID": entrega.message_id or message_id_de(entrega)}
    if entrega.envio.es_masivo and valores[URL_BAJA]:
        suyas |= de_baja(valores[URL_BAJA])
    mensaje = MensajeMoldeado(
        subject=asunto,
        body=moldes.texto.llenar(valores),
        from_email=moldes.de,
        to=[con_nombre(entrega.nombre, entrega.direccion)],
        reply_to=moldes.responder_a,
        headers=moldes.cabeceras | suyas,
        attachments=moldes.adjuntos,
        connection=conexion,
    )
    if moldes.html:
        mensaje.attach_alternative(moldes.html.llenar(en_html), "text/html")
    suyas["To"] = para_cabecera(entrega.nombre, entrega.direccion)
    if not moldes.asunto.es_fijo:
        suyas["Subject"] = asunto
    mensaje.octetos = lambda: moldes.molde.octetos(suyas, valores, en_html)
    mensaje.sobre = (rebotes_de(entrega) or moldes.sobre, en_ascii(entrega.direccion))
    mensaje.metadata = {"entrega": str(entrega.pk)}  # con ella, un proveedor dice de qué entrega avisa (anymail)
    if sobre := rebotes_de(entrega):
        # En SMTP, «from_email» es el remitente de sobre, y la cabecera From, la del molde.
        mensaje.envelope_sender = mensaje.from_email = sobre
        mensaje.extra_headers["From"] = moldes.de
    return mensaje


def url_de_baja(entrega: Entrega) -> str:
    """El enlace propio. En un masivo dice de qué entrega viene, para contar las bajas de cada envío."""
    if entrega.es_copia:
        return ""
    if not entrega.envio.es_masivo or not entrega.url_baja:
        return entrega.url_baja
    return f"{entrega.url_baja}{'&' if '?' in entrega.url_baja else '?'}e={entrega.pk}"


def _cuerpos(envio: Envio, es_copia: bool, con_baja: bool) -> tuple[str, str]:
    texto, html = envio.texto, envio.html
    if es_copia:
        texto = avisar_en_texto(envio, sin_baja_en_texto(texto))
        return texto, avisar_en_html(envio, sin_baja_en_html(html)) if html else ""
    if envio.es_masivo and con_baja and not texto.rstrip().endswith(URL_BAJA):
        texto = f"{texto.rstrip()}\n\nPara dejar de recibir estos correos:\n{URL_BAJA}\n"
    return texto, html


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
