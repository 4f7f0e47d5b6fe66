"""La lista de revisión: lo que conviene mirar de un correo antes de que salga a muchos."""

import contextlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site
from wagtail.views import serve

from .mensaje import MARCAS

# Gmail corta los mensajes que pasan de aquí, y con ellos el enlace de baja.
MAXIMO_BYTES = 102 * 1024
MAXIMO_ASUNTO = 150
MARCA_BAJA = "%URL_BAJA%"
# Lo que ocupa una marca ya llena: un enlace firmado no llega a tanto.
BYTES_POR_MARCA = 250
LETRAS_PARA_GRITAR = 12
_marca = re.compile(r"%[A-ZÁÉÍÓÚÑ_]{3,}%")
_sin_llenar = re.compile(r"\{\{.{0,40}|\{%.{0,40}", re.S)
_ejecutables = ("javascript:", "data:", "vbscript:")


class Comprobacion(NamedTuple):
    """``es_grave``: si falla, no se envía."""

    nombre: str
    esta_bien: bool
    detalle: str
    es_grave: bool = False


def revisar(*, asunto: str, texto: str, html: str = "") -> list[Comprobacion]:
    """Lo que se revisa del mensaje con sus marcas todavía sin llenar (``correo.mensaje.MARCAS``)."""
    lector = _Lector()
    with contextlib.suppress(AssertionError):  # así dice HTMLParser que una sección «<![…» no se entiende
        lector.feed(html)
    return [
        _asunto(asunto),
        Comprobacion("Parte de texto", bool(texto.strip()), _segun(texto.strip(), "La lleva.", "Está vacía."), True),
        _baja(texto, html),
        _peso(html),
        _faltas("Enlaces", _enlaces_malos(lector.enlaces), "Todos llevan a una dirección completa que existe."),
        _faltas("Imágenes", _imagenes_malas(lector.imagenes), "Todas tienen texto alternativo."),
        _faltas("Marcas", _marcas_sin_llenar(asunto, texto, html), "No quedó ninguna sin llenar."),
    ]


def impedimentos(comprobaciones: Iterable[Comprobacion]) -> list[Comprobacion]:
    """Las fallas graves: mientras haya una, no se envía."""
    return [c for c in comprobaciones if c.es_grave and not c.esta_bien]


def _asunto(asunto: str) -> Comprobacion:
    asunto = asunto.strip()
    palabras = re.findall(r"[^\W\d_]+", asunto)
    letras = "".join(palabras)
    if not asunto:
        return Comprobacion("Asunto", False, "Está vacío.", True)
    if len(asunto) > MAXIMO_ASUNTO:
        return Comprobacion("Asunto", False, f"Tiene {len(asunto)} letras; el máximo es {MAXIMO_ASUNTO}.")
    if letras.isupper() and len(letras) >= LETRAS_PARA_GRITAR and len(palabras) > 1:
        return Comprobacion("Asunto", False, "Va todo en MAYÚSCULAS: parece correo no deseado.")
    return Comprobacion("Asunto", True, "Se lee bien.")


def _baja(texto: str, html: str) -> Comprobacion:
    if MARCA_BAJA not in (html or texto):
        return Comprobacion("Baja", False, "No lleva el enlace para dejar de recibirlo.", True)
    if MARCA_BAJA not in texto:
        return Comprobacion(
            "Baja", True, "Lleva el enlace para dejar de recibirlo; a la parte de texto se le agrega al final."
        )
    return Comprobacion("Baja", True, "Lleva el enlace para dejar de recibirlo.")


def _peso(html: str) -> Comprobacion:
    peso = len(html.encode("utf-8", "replace")) + html.count(MARCA_BAJA) * (BYTES_POR_MARCA - len(MARCA_BAJA))
    detalle = f"{peso / 1024:.0f} kB; el máximo es {MAXIMO_BYTES // 1024} kB."
    return Comprobacion("Peso", peso < MAXIMO_BYTES, detalle, True)


def _faltas(nombre: str, faltas: list[str], bien: str) -> Comprobacion:
    unicas = list(dict.fromkeys(faltas))
    detalle = "; ".join(unicas[:5]) + (f"; y {len(unicas) - 5} más" if len(unicas) > 5 else "")
    return Comprobacion(nombre, not unicas, f"{detalle}." if unicas else bien)


def _segun(condicion, bien: str, mal: str) -> str:
    return bien if condicion else mal


def _enlaces_malos(enlaces: list[str]) -> list[str]:
    return [f"{_corto(enlace)} {falta}" for enlace in enlaces if (falta := _falta_del_enlace(enlace.strip()))]


def _falta_del_enlace(enlace: str) -> str:
    """Qué le pasa a un enlace, o «» si está bien. No sale a la red: de otro sitio solo se ve la forma."""
    if not enlace:
        return "está vacío"
    if enlace == MARCA_BAJA or enlace.lower().startswith(("mailto:", "tel:")):
        return ""
    if any(marca in enlace for marca in MARCAS):
        return "llevaría a otro sitio datos de quien lo recibe"
    if enlace.lower().startswith(_ejecutables):
        return "ejecuta un programa"
    try:
        partes = urlsplit(enlace)
        host = partes.hostname
    except ValueError:
        return "no es una dirección"
    if partes.scheme not in ("http", "https") or not host:
        return "no es una dirección completa"
    if enlace.startswith(f"{settings.URL_DEL_SITIO}/") and not _existe(partes.path):
        return "no existe en el portal"
    return ""


def _existe(ruta: str) -> bool:
    """Si el portal atiende esa dirección: una vista, una página publicada o una redirección."""
    if ruta.startswith((settings.MEDIA_URL, settings.STATIC_URL)):  # los sirve el proxy
        return True
    ruta = unquote(ruta)
    if "\x00" in ruta:  # ninguna base la busca
        return False
    con_barra = ruta if ruta.endswith("/") else f"{ruta}/"
    redirigida = Redirect.objects.filter(old_path=Redirect.normalise_path(ruta))
    return _se_atiende(ruta) or _se_atiende(con_barra) or redirigida.exists()


def _se_atiende(ruta: str) -> bool:
    try:
        if resolve(ruta).func is not serve:
            return True
        sitio = Site.objects.select_related("root_page").get(is_default_site=True)
        pedido = HttpRequest()
        pedido.method, pedido.path = "GET", ruta
        return bool(sitio.root_page.specific.route(pedido, [parte for parte in ruta.split("/") if parte]))
    except (Http404, Resolver404, Site.DoesNotExist):
        return False


def _imagenes_malas(imagenes: list[dict]) -> list[str]:
    faltas = []
    for imagen in imagenes:
        nombre = _corto(imagen.get("src") or "(sin dirección)")
        if imagen.get("alt") is None:
            faltas.append(f"{nombre} no tiene texto alternativo")
        if not (imagen.get("src") or "").startswith(("http://", "https://", "cid:")):
            faltas.append(f"{nombre} no es una dirección completa")
    return faltas


def _marcas_sin_llenar(*partes: str) -> list[str]:
    todo = "\n".join(partes)
    desconocidas = [marca for marca in _marca.findall(todo) if marca not in MARCAS]
    return [f"«{_corto(marca)}»" for marca in (*desconocidas, *_sin_llenar.findall(todo))]


def _corto(texto: str) -> str:
    texto = " ".join(texto.split()) or "(vacío)"
    return texto if len(texto) <= 60 else f"{texto[:57]}…"


class _Lector(HTMLParser):
    """Junta los enlaces y las imágenes de un HTML."""

    def __init__(self):
        super().__init__()
        self.enlaces, self.imagenes = [], []

    def handle_starttag(self, tag, attrs):
        atributos = dict(attrs)
        if tag in {"a", "area"} and "href" in atributos:
            self.enlaces.append(atributos["href"] or "")
        elif tag == "img":
            self.imagenes.append(atributos)
