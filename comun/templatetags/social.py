"""Lo que WhatsApp y las redes muestran al compartir una página (Open Graph)."""

from django import template
from django.conf import settings
from django.core.cache import cache
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

register = template.Library()

ANCHO, ALTO = 1200, 630
UNA_HORA = 3600


@register.simple_tag(takes_context=True)
def otra_vez(context, nombre):
    """El texto del bloque ``nombre``, que la plantilla ya pintó: va en un atributo, en una línea y sin etiquetas."""
    bloque = context.render_context[BLOCK_CONTEXT_KEY].get_block(nombre)
    texto = " ".join(strip_tags(bloque.render(context)).split())
    return mark_safe(texto.replace('"', "&quot;"))  # noqa: S308 - el bloque ya escapó lo que no es suyo


@register.simple_tag(takes_context=True)
def url_canonica(context):
    """La dirección completa de la página, sin la consulta."""
    request = context.get("request")
    return settings.URL_DEL_SITIO + (request.path if request else "/")


@register.inclusion_tag("components/imagen_social.html", takes_context=True)
def imagen_social(context):
    """La portada o la imagen de la página, la de los ajustes del portal o, si no hay, la que trae."""
    pagina, ajustes = context.get("page"), context.get("ajustes")
    imagen = getattr(pagina, "portada", None) or getattr(pagina, "imagen", None)
    llave = getattr(imagen, "pk", None) or getattr(ajustes, "imagen_social_id", None)
    datos = None
    if llave:
        datos = cache.get_or_set(f"social:{llave}", lambda: _recortada(imagen or ajustes.imagen_social), UNA_HORA)
    url, alt = datos or (static("img/social.png"), getattr(ajustes, "nombre_sitio", ""))
    return {"url": _absoluta(url), "alt": alt, "ancho": ANCHO, "alto": ALTO}


def _recortada(imagen) -> tuple[str, str] | None:
    """La dirección y la descripción; ``None`` si su archivo se perdió: compartir no tumba la página."""
    try:
        return imagen.get_rendition(f"fill-{ANCHO}x{ALTO}").url, imagen.description or imagen.title
    except OSError:
        return None


def _absoluta(url):
    return url if url.startswith("http") else settings.URL_DEL_SITIO + url
