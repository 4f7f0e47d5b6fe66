"""Dónde más salen las noticias: el buscador y la página de cada centro."""

from comun.registros import fuentes_de_busqueda, secciones_de_centro
from comun.relevancia import candidatas, mas_relevantes

from .models import NoticiaPage

EN_LA_PAGINA_DEL_CENTRO = 3


@secciones_de_centro.anotar
def noticias_de_centro(centro):
    """Las últimas del centro, después de sus capacitaciones; sin ninguna, no hay sección."""
    noticias = list(NoticiaPage.objects.publicadas().filter(centro=centro).defer("cuerpo")[:EN_LA_PAGINA_DEL_CENTRO])
    if not noticias:
        return None
    return {
        "titulo": "Noticias del centro",
        "plantilla": "home/_noticias_de_centro.html",
        "contexto": {"noticias": noticias},
        "orden": 10,
    }


@fuentes_de_busqueda.anotar
def buscar_noticias(consulta, limite):
    noticias = NoticiaPage.objects.publicadas().select_related("centro").defer("cuerpo")
    return mas_relevantes(candidatas(noticias, consulta), consulta, _ficha, limite)


def _ficha(noticia):
    return {
        "tipo": "Noticias",
        "titulo": noticia.title,
        "url": noticia.url,
        "fecha": noticia.fecha,
        "texto": f"{noticia.centro.nombre_completo}. {noticia.resumen}" if noticia.centro else noticia.resumen,
    }
