"""Los correos de difusión por dentro: cómo se componen y quién los firma (R111, R112)."""

import re

from django.conf import settings
from wagtail.templatetags.wagtailcore_tags import richtext

from correo.plantillas import Mensaje, componer
from correo.revision import MARCA_BAJA
from organizacion.models import Centro, Usuario

from .copias import pie_de
from .models import ComunicadoPage, CorreoDifundido
from .templatetags.boletin import enlaces_completos
from .texto_plano import en_texto

_marca_del_editor = re.compile(r' data-block-key="[^"]*"')


def componer_comunicado(comunicado: ComunicadoPage, *, centro: Centro | None, por: Usuario) -> Mensaje:
    """El texto oficial tal como está publicado (R111); alrededor solo va quién lo reenvía y a quiénes en copia."""
    cuerpo = _enriquecido(comunicado.cuerpo)
    contexto = {
        "comunicado": comunicado,
        "cuerpo": cuerpo,
        "cuerpo_en_texto": en_texto(cuerpo),
        "url_web": settings.URL_DEL_SITIO + comunicado.get_url_parts()[2],
        **_sobre(centro, por),
    }
    mensaje = componer("boletines/correo/comunicado", contexto)
    return mensaje._replace(html=enlaces_completos(mensaje.html))


def componer_informativo(correo: CorreoDifundido, *, por: Usuario) -> Mensaje:
    """Lo que escribió el especialista (R112), con su firma: la de quien creó el correo."""
    cuerpo = _enriquecido(correo.cuerpo)
    contexto = {
        "correo": correo,
        "cuerpo": cuerpo,
        "cuerpo_en_texto": en_texto(cuerpo),
        **_sobre(correo.centro, correo.creado_por or por),
    }
    mensaje = componer("boletines/correo/informativo", contexto)
    return mensaje._replace(html=enlaces_completos(mensaje.html))


def firma_de(usuario: Usuario) -> str:
    """«Rosa Quispe, Especialista en Tesorería»; sin ficha en el directorio, solo el nombre de su cuenta."""
    personal = getattr(usuario, "personal", None)
    return f"{personal}, {personal.cargo_completo}" if personal else str(usuario)


def responder_a(usuario: Usuario, centro: Centro | None) -> str:
    """Adónde llegan las respuestas: al correo institucional de quien escribe o, si no tiene, al de su centro."""
    personal = getattr(usuario, "personal", None)
    return (personal and personal.correo) or usuario.email or (centro.correo if centro else "")


def _sobre(centro, por) -> dict:
    return {"centro": centro, "firma": firma_de(por), "con_copia": pie_de(centro), "url_baja": MARCA_BAJA}


def _enriquecido(cuerpo: str) -> str:
    """El HTML de un ``RichTextField`` con sus enlaces resueltos y completos, sin las marcas del editor."""
    return _marca_del_editor.sub("", enlaces_completos(str(richtext(cuerpo))))
