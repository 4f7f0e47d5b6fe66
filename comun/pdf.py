"""PDF accesibles (PDF/UA-1) desde plantillas, sin que la plantilla pueda leer archivos de la máquina ni la red."""

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import unquote, urlparse

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Un nombre que no existe: lo que no resuelva el lector de abajo no sale de la máquina.
BASE = "http://portal.invalid"


class LectorDelPortal(URLFetcher):
    """Resuelve solo /static/ y /media/ del propio portal; ni ``file://`` ni la red."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url, headers=None):
        if not url.startswith(f"{BASE}/"):
            return super().fetch(url, headers)
        ruta = PurePosixPath(unquote(urlparse(url).path))
        tipo = mimetypes.guess_type(ruta.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=_leer(ruta), headers={"Content-Type": tipo})


def _leer(ruta: PurePosixPath) -> bytes:
    _, raiz, *resto = ruta.parts
    nombre = "/".join(resto)
    if ".." in resto or raiz not in {"static", "media"}:
        raise ValueError(f"Un PDF no puede incluir {ruta}")
    if raiz == "static" and (encontrado := finders.find(nombre)):
        with open(encontrado, "rb") as archivo:
            return archivo.read()
    almacen = staticfiles_storage if raiz == "static" else default_storage
    with almacen.open(nombre) as archivo:
        return archivo.read()


def pdf_desde_plantilla(plantilla: str, contexto: dict) -> bytes:
    """Compone ``plantilla`` (hereda de base_pdf.html) con ``contexto`` y devuelve los octetos del PDF/UA-1."""
    return pdf_desde_html(render_to_string(plantilla, contexto))


def pdf_desde_html(html: str) -> bytes:
    """El PDF/UA-1 de una página ya compuesta que hereda de base_pdf.html."""
    return HTML(string=html, base_url=f"{BASE}/", url_fetcher=LectorDelPortal()).write_pdf(pdf_variant="pdf/ua-1")


def respuesta_pdf(contenido: bytes, nombre: str) -> HttpResponse:
    """Una respuesta que el navegador muestra, y guarda con ``nombre`` (ASCII, con .pdf)."""
    respuesta = HttpResponse(contenido, content_type="application/pdf")
    respuesta["Content-Disposition"] = f'inline; filename="{nombre}"'
    return respuesta
