"""Lo que toda plantilla necesita: los ajustes del portal y los menús."""

from django.core.cache import cache
from wagtail.models import Page

from organizacion.models import AjustesPortal
from organizacion.publico import version_publica

from .models import HomePage, Navegacion, PaginaEstandar

UN_DIA = 24 * 60 * 60


def portal(request):
    """Contexto común: ``ajustes``, ``menu`` y ``pie`` (listas de dict texto, url, activo).

    Se guarda con la versión de lo público: cambiar un ajuste, un menú o una página la sube y ya no sirve lo guardado.
    """
    ajustes, menu, pie = cache.get_or_set(f"portal:{version_publica()}", _leer, UN_DIA)
    return {"ajustes": ajustes, "menu": _con_la_actual(menu, request.path), "pie": _con_la_actual(pie, request.path)}


def _leer():
    navegacion = Navegacion.load()
    menu, pie = ([hijo["value"] for hijo in campo.raw_data] for campo in (navegacion.menu, navegacion.pie))
    publicadas = Page.objects.live().in_bulk({valor["pagina"] for valor in (*menu, *pie) if valor.get("pagina")})
    menu, pie = _enlaces(menu, publicadas), _enlaces(pie, publicadas)
    if not (menu and pie):
        secciones, textos = _del_inicio()
        menu, pie = menu or secciones, pie or secciones + textos
    return AjustesPortal.load(), menu, pie


def _enlaces(valores, publicadas):
    """Pares (texto, dirección) en su orden; una página despublicada o borrada no sale."""
    pares = []
    for valor in valores:
        if not valor.get("pagina"):
            pares.append((valor["texto"], valor["direccion"]))
        elif pagina := publicadas.get(valor["pagina"]):
            pares.append((valor.get("texto") or pagina.title, pagina.get_url()))
    return pares


def _del_inicio():
    """Mientras nadie escriba los menús: las secciones publicadas del inicio y, para el pie, también sus textos."""
    inicio = HomePage.objects.first()
    if inicio is None:
        return [], []
    hijas = inicio.get_children().live()
    de_texto = set(hijas.type(PaginaEstandar).values_list("pk", flat=True))
    pares = [(pagina.pk in de_texto, (pagina.title, pagina.get_url())) for pagina in hijas]
    return [par for es_texto, par in pares if not es_texto], [par for es_texto, par in pares if es_texto]


def _con_la_actual(enlaces, ruta):
    """Marca la sección donde está ``ruta``: la del enlace más largo que la contiene."""
    contienen = (
        url for _, url in enlaces if url == ruta or (url.endswith("/") and url != "/" and ruta.startswith(url))
    )
    actual = max(contienen, key=len, default=None)
    return [{"texto": texto, "url": url, "activo": url == actual} for texto, url in enlaces]
