"""A quién va un envío: las filas que el cartero reparte."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from correo.destinos import entrega_para
from correo.models import Entrega, Envio, Supresion

POR_TANDA = 1000


@dataclass(frozen=True)
class Destinatario:
    """A quién. ``clave`` distingue personas que comparten buzón; en un masivo se deja vacía y vale la dirección.

    ``referencia`` dice de quién es la dirección («entidad:812»), para el registro de lo enviado a cada entidad.
    """

    direccion: str
    nombre: str = ""
    clave: str = ""
    url_baja: str = ""
    referencia: str = ""


@dataclass(frozen=True)
class Adjunto:
    nombre: str
    tipo: str
    contenido: bytes

    def como_json(self) -> dict:
        return {"nombre": self.nombre, "tipo": self.tipo, "contenido": base64.b64encode(self.contenido).decode()}


def anotar_entregas(envio: Envio, destinatarios: Iterable[Destinatario], *, son_copias: bool = False) -> None:
    # De mil en mil, también las bajas: con cien mil destinatarios se usa la misma memoria que con mil.
    restantes = iter(destinatarios)
    while tanda := list(islice(restantes, POR_TANDA)):
        anotadas = [entrega_para(envio, destinatario, es_copia=son_copias) for destinatario in tanda]
        # Las copias son un deber del servicio (R111, R112): no dependen de la baja de un boletín.
        if envio.es_masivo and not son_copias:
            direcciones = [entrega.direccion for entrega in anotadas]
            bajas = set(Supresion.objects.filter(direccion__in=direcciones).values_list("direccion", flat=True))
            anotadas = [entrega for entrega in anotadas if entrega.direccion not in bajas]
        Entrega.objects.bulk_create(anotadas, ignore_conflicts=True)
