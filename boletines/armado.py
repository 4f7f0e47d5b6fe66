"""De las notas de un aporte a los bloques de la edición: el único lugar que conoce las dos formas."""

import uuid

from django.utils.html import linebreaks

from .bloques import SeccionesBlock
from .models import Aporte, NotaDeAporte

Tipo = NotaDeAporte.Tipo


def bloques_de(aporte: Aporte) -> list[dict]:
    """Los de sus notas, en orden, como los guarda un ``StreamField``."""
    return [bloque_de(nota) for nota in aporte.notas.all()]


def bloque_de(nota: NotaDeAporte) -> dict:
    """El identificador sale de la nota: la misma nota es siempre el mismo bloque."""
    identificador = uuid.uuid5(uuid.NAMESPACE_OID, f"boletines.notadeaporte:{nota.pk}")
    tipo = nota.tipo if nota.tipo in SeccionesBlock.base_blocks else Tipo.NOTICIA
    return {"type": str(tipo), "value": _VALORES[nota.tipo](nota), "id": str(identificador)}


def _norma(nota):
    fecha = nota.fecha.isoformat() if nota.fecha else None
    return {"numero": nota.titulo, "fecha": fecha, "resumen": nota.texto, "enlace": nota.enlace}


def _con_texto(nota):
    return {"titulo": nota.titulo, "texto": linebreaks(nota.texto, autoescape=True), "enlace": nota.enlace}


def _disposicion(nota):
    return _con_texto(nota) | {"fecha": nota.fecha.isoformat() if nota.fecha else None}


def _noticia(nota):
    imagen = None
    if nota.imagen_id:
        imagen = {"image": nota.imagen_id, "decorative": False, "alt_text": nota.texto_alternativo}
    return _con_texto(nota) | {"imagen": imagen}


_VALORES = {Tipo.NORMA: _norma, Tipo.DISPOSICION: _disposicion, Tipo.NOTICIA: _noticia}
