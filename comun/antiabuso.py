"""Formularios públicos sin captcha: una trampa, un tiempo mínimo y topes de pedidos.

Un formulario hereda de ``SinRobots`` (antes que de ``forms.Form``) y su plantilla incluye
``components/antiabuso.html``. Los topes los cuenta la vista, al recibir el POST: ``if frenado(request, TOPE,
documento)`` responde 429 con lo escrito y ``texto_de_freno(centro)``. Nada se rechaza en silencio: quien no es un robot
siempre puede reenviar o llamar.
"""

import uuid
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.crypto import salted_hmac

from .pedido import ip_de

UNA_HORA = 3600
DURA = 24 * UNA_HORA  # segundos que vale un formulario abierto
LLENO_LA_TRAMPA = "Algo llenó un campo que debía quedar vacío; ya lo borramos. Revise sus datos y envíelos otra vez."
MUY_RAPIDO = "El formulario llegó demasiado pronto. Revise sus datos y envíelos otra vez."
VENCIDO = "La página estuvo abierta mucho tiempo. Sus datos siguen aquí: revíselos y envíelos otra vez."

_firma = TimestampSigner(salt="comun.antiabuso")


def envio_nuevo() -> str:
    """La marca de un formulario que se muestra: un UUID con la hora, firmados."""
    return _firma.sign(str(uuid.uuid4()))


class SinRobots:
    """Mezcla de formulario. Sus dos campos no se ven: ``sitio_web``, la trampa, y ``envio``, la marca firmada.

    ``con_tiempo_minimo``: si lo que llega muy pronto se rechaza; a un enlace personal firmado no lo abre un robot.
    ``id_de_envio`` identifica al formulario que se mostró: el mismo enviado dos veces lo repite.
    """

    con_tiempo_minimo = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sitio_web"] = forms.CharField(label="No llene este campo", required=False)
        self.fields["envio"] = forms.CharField(required=False, initial=envio_nuevo, widget=forms.HiddenInput)

    @property
    def id_de_envio(self) -> uuid.UUID | None:
        """El UUID de su marca aunque haya vencido; ``None`` si no la firmamos nosotros."""
        try:
            return uuid.UUID(_firma.unsign(self._recibido("envio")))
        except (BadSignature, ValueError):
            return None

    def clean(self):
        datos = super().clean()
        marca = self._recibido("envio")
        if self._recibido("sitio_web"):
            self._reponer("sitio_web", "")
            self.add_error(None, ValidationError(LLENO_LA_TRAMPA, code="trampa"))
        elif not _vale(marca):
            self._reponer("envio", envio_nuevo())
            self.add_error(None, ValidationError(VENCIDO, code="vencido"))
        elif self.con_tiempo_minimo and settings.SEGUNDOS_MINIMOS and _vale(marca, settings.SEGUNDOS_MINIMOS):
            self.add_error(None, ValidationError(MUY_RAPIDO, code="muy_rapido"))
        return datos

    def _recibido(self, nombre):
        return self.data.get(self.add_prefix(nombre), "")

    def _reponer(self, nombre, valor):
        self.data = self.data.copy()
        self.data[self.add_prefix(nombre)] = valor


def _vale(marca, segundos=DURA) -> bool:
    """Si ``marca`` es nuestra y se firmó hace ``segundos`` o menos."""
    try:
        _firma.unsign(marca, max_age=segundos)
    except BadSignature:  # SignatureExpired es una de ellas
        return False
    return True


class Tope(NamedTuple):
    """A lo más ``cuantos`` pedidos iguales en ``segundos``."""

    nombre: str
    cuantos: int
    segundos: int = UNA_HORA


def frenado(request, tope: Tope, *con, suma: int = 1) -> bool:
    """Cuenta este pedido y dice si ya pasó el ``tope``; con ``suma=0`` solo lo pregunta.

    Se cuenta por dirección y además por ``con`` (documento, correo, navegador, capacitación), nunca por dirección sola:
    una municipalidad entera sale por una. Las llaves se guardan resumidas: la caché no lleva datos personales.
    """
    if not any(con):
        raise ValueError("Un tope no se cuenta solo por dirección.")
    partes = (tope.nombre, ip_de(request) or "", *(str(parte).casefold() for parte in con))
    llave = f"tope:{salted_hmac('comun.antiabuso', chr(31).join(partes), algorithm='sha256').hexdigest()}"
    cache.add(llave, 0, tope.segundos)
    if not suma:
        return cache.get(llave, 0) >= tope.cuantos
    try:
        return cache.incr(llave, suma) > tope.cuantos
    except ValueError:  # venció entre las dos órdenes
        return False


def navegador_de(request) -> str:
    """Lo que distingue a un navegador de otro tras la misma dirección: su galleta de CSRF y cómo se presenta."""
    return f"{request.COOKIES.get(settings.CSRF_COOKIE_NAME, '')} {request.headers.get('User-Agent', '')}"


def texto_de_freno(centro=None) -> str:
    """Qué se dice a quien pasó un tope; ``centro`` (o los ajustes de la sede) da el teléfono."""
    telefono = getattr(centro, "telefono", "")
    llame = f" o llame al {telefono}" if telefono else ""
    return f"Recibimos muchos envíos desde su conexión. Lo que escribió sigue aquí: envíelo dentro de una hora{llame}."
