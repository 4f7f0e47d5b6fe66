"""De un ``Destinatario`` a su ``Entrega``: lo mal escrito queda anotado como falla y no detiene a los demás."""

import hashlib

from .cabeceras import una_linea
from .models import Entrega, Envio

LARGO = 254


def entrega_para(envio: Envio, destinatario, *, es_copia: bool) -> Entrega:
    """Sin guardar. Una dirección que no cabe en la fila se recorta y nace fallida, con su motivo."""
    escrita = _sin_nulos(destinatario.direccion.strip().lower())
    direccion = escrita if len(escrita) <= LARGO else f"{escrita[: LARGO - 1]}…"
    entrega = Entrega(
        envio=envio,
        clave=_en_254(_clave_de(destinatario, escrita, envio.es_masivo, es_copia)),
        direccion=direccion,
        nombre=una_linea(destinatario.nombre)[:200],
        url_baja=destinatario.url_baja,
        referencia=destinatario.referencia,
        es_copia=es_copia,
    )
    if direccion != escrita:
        entrega.estado = Entrega.Estado.FALLIDA
        entrega.error = f"La dirección tiene {len(escrita)} caracteres; el máximo es {LARGO}."
    return entrega


def _clave_de(destinatario, direccion: str, es_masivo: bool, es_copia: bool) -> str:
    if es_copia:  # aparte: quien también es destinatario recibe las dos cosas, y cada una una vez
        return f"cc:{direccion}"
    return direccion if es_masivo else destinatario.clave or direccion


def _en_254(clave: str) -> str:
    """Dos claves largas que empiezan igual siguen siendo dos."""
    if len(clave) <= LARGO:
        return clave
    huella = hashlib.sha256(clave.encode()).hexdigest()[:16]
    return f"{clave[: LARGO - 17]}#{huella}"


def _sin_nulos(texto: str) -> str:
    # PostgreSQL no guarda el carácter nulo, y UTF-8 no escribe medio carácter.
    return texto.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
