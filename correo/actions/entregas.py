"""A quién va un envío: las filas que el cartero reparte."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

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
    # Las copias son un deber del servicio (R111, R112): no dependen de la baja de un boletín.
    con_bajas = envio.es_masivo and not son_copias
    suprimidas = set(Supresion.objects.values_list("direccion", flat=True)) if con_bajas else set()
    tanda = []
    for destinatario in destinatarios:
        direccion = destinatario.direccion.strip().lower()
        if direccion in suprimidas:
            continue
        tanda.append(
            Entrega(
                envio=envio,
                clave=_clave_de(destinatario, direccion, envio.es_masivo, son_copias),
                direccion=direccion,
                nombre=" ".join(destinatario.nombre.split())[:200],
                url_baja=destinatario.url_baja,
                referencia=destinatario.referencia,
                es_copia=son_copias,
            )
        )
        if len(tanda) == POR_TANDA:
            Entrega.objects.bulk_create(tanda, ignore_conflicts=True)
            tanda = []
    if tanda:
        Entrega.objects.bulk_create(tanda, ignore_conflicts=True)


def _clave_de(destinatario: Destinatario, direccion: str, es_masivo: bool, es_copia: bool) -> str:
    if es_copia:  # aparte: quien también es destinatario recibe las dos cosas, y cada una una vez
        return f"cc:{direccion}"[:254]
    return direccion if es_masivo else destinatario.clave or direccion
