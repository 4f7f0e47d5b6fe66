"""La descripción OpenAPI 3.1 de lo que otros programas pueden leer. Sale del código: rutas, filtros y opciones."""

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from . import datos_abiertos
from .consulta import FORMATOS, VISTAS
from .esquemas import ESQUEMAS, arreglo, opciones, ref
from .forms.filtros import LARGO_DEL_TEXTO, FiltrosForm, Varias

VERSION_DE_LA_API = "1.1.0"
JSON = "application/json"
HUECO = "SLUG"
PRESENTACION = (
    "Solo lectura, sin llave y desde cualquier sitio (CORS). Las respuestas llevan ETag: pida con If-None-Match y, si "
    "nada cambió, recibirá 304. Los cupos libres pueden tener 30 segundos. No hay datos de personas."
)


def documento() -> dict:
    """El documento entero, como dict."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Portal CONECTAMEF: datos de las capacitaciones",
            "version": VERSION_DE_LA_API,
            "description": PRESENTACION,
        },
        "servers": [{"url": settings.URL_DEL_SITIO}],
        "externalDocs": {"url": settings.URL_DEL_SITIO + reverse("eventos:datos-abiertos")},
        "paths": _rutas(),
        "components": {"schemas": ESQUEMAS},
    }


def _rutas():
    feed, una = reverse("eventos:feed", args=["json"]), reverse("eventos:capacitacion-json", args=[HUECO])
    de_feed = {"esquema": "Capacitaciones", "tipo": FORMATOS["json"]}
    return {
        feed: _leer("Las capacitaciones del calendario (JSON Feed 1.1)", _del_calendario(), **de_feed),
        una.replace(HUECO, "{slug}"): _leer("Una capacitación", [_slug()], **de_feed, puede_faltar=True),
        reverse("eventos:entidades"): _leer("Entidades públicas por nombre o código", [_q()], esquema="Resultados"),
        reverse("eventos:distritos"): _leer("Distritos por nombre o ubigeo", [_q()], esquema="Resultados"),
        reverse("eventos:oembed"): _leer("Marco para otra web", _de_oembed(), esquema="OEmbed", puede_faltar=True),
        reverse("eventos:capacitaciones-csv"): _csv("Estadísticas", datos_abiertos.ENCABEZADOS, [_anio()]),
        reverse("eventos:diccionario-csv"): _csv("Qué significa cada columna", datos_abiertos.DICCIONARIO),
    }


def _leer(resumen, parametros, *, esquema, tipo=JSON, puede_faltar=False):
    respuestas = {"200": {"description": resumen, "content": {tipo: {"schema": ref(esquema)}}}}
    if puede_faltar:
        respuestas["404"] = {"description": "No existe o no está publicada."}
    return {"get": {"summary": resumen, "parameters": parametros, "responses": respuestas}}


def _csv(resumen, columnas, parametros=()):
    descripcion = f"CSV en UTF-8, separado por comas. Columnas: {', '.join(columnas)}."
    respuestas = {"200": {"description": descripcion, "content": {"text/csv": {"schema": {"type": "string"}}}}}
    return {"get": {"summary": resumen, "parameters": list(parametros), "responses": respuestas}}


# --- Parámetros ---


def _parametro(nombre, descripcion, esquema, **mas):
    return {"name": nombre, "in": "query", "description": descripcion, "schema": esquema} | mas


def _del_calendario():
    """Los de la página. Un filtro de varias opciones se repite: ?centro=cusco&centro=puno."""
    patron = {
        "mes": {"type": "string", "pattern": r"^20\d\d-(0[1-9]|1[0-2])$"},
        "semana": {"type": "string", "pattern": r"^20\d\d-W\d\d$"},
    }
    propios = [
        _parametro("vista", "Forma de ver el calendario.", opciones(VISTAS) | {"default": VISTAS[0]}),
        _parametro("dia", "Solo ese día (vista agenda).", {"type": "string", "format": "date"}),
        _parametro("semana", "Solo esa semana (vista semana); por ejemplo, 2026-W48.", patron["semana"]),
        _parametro("mes", "Solo ese mes (vistas mes y pasadas); por ejemplo, 2026-11.", patron["mes"]),
        _parametro("pagina", "Desde 1; «next_url» trae la siguiente.", {"type": "integer", "minimum": 1}),
    ]
    return propios + [_de_filtro(nombre, campo) for nombre, campo in FiltrosForm(QueryDict()).fields.items()]


def _de_filtro(nombre, campo):
    valores = [valor for valor, _ in getattr(campo, "choices", ()) if valor]
    esquema = opciones(valores) if valores else {"type": "string", "maxLength": LARGO_DEL_TEXTO}
    return _parametro(nombre, campo.label, arreglo(esquema) if isinstance(campo, Varias) else esquema)


def _slug():
    descripcion = "El final de la dirección de su página."
    return _parametro("slug", descripcion, {"type": "string"}) | {"in": "path", "required": True}


def _q():
    descripcion = "Desde 3 letras: parte del nombre, sin importar tildes, o el código."
    return _parametro("q", descripcion, {"type": "string", "minLength": 3}, required=True)


def _anio():
    return _parametro("anio", "Solo ese año; sin él, todos.", {"type": "integer", "minimum": 2000, "maximum": 2099})


def _de_oembed():
    entero = {"type": "integer", "minimum": 1}
    return [
        _parametro("url", "El calendario o la página de un centro.", {"type": "string"}, required=True),
        _parametro("format", "Solo JSON.", opciones(["json"])),
        _parametro("maxwidth", "Ancho disponible, en píxeles.", entero),
        _parametro("maxheight", "Alto disponible, en píxeles.", entero),
    ]
