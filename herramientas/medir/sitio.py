"""Recorre el sitio público enlace por enlace, como un visitante sin cuenta."""

import gzip
import re
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

MAXIMO = 400
# Cuántas páginas de una misma forma («/capacitaciones/*/») se abren.
POR_FORMA = 3
TEXTO = re.compile(r"text/|json|xml|svg|javascript")


class _Enlaces(HTMLParser):
    def __init__(self):
        super().__init__()
        self.paginas, self.recursos = [], []

    def handle_starttag(self, etiqueta, atributos):
        datos = dict(atributos)
        if etiqueta == "a" and datos.get("href"):
            self.paginas.append(datos["href"])
        elif etiqueta == "script" and datos.get("src"):
            self.recursos.append(datos["src"])
        elif etiqueta == "link" and datos.get("rel") in {"stylesheet", "preload"} and datos.get("href"):
            self.recursos.append(datos["href"])


@dataclass
class Pagina:
    ruta: str
    estado: int
    tipo: str
    octetos: int  # como viaja, comprimida
    cuerpo: bytes = b""
    enlaces: list[str] = field(default_factory=list)
    recursos: list[str] = field(default_factory=list)

    @property
    def es_html(self) -> bool:
        return self.tipo.startswith("text/html")


class _SinSeguir(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_abrir = urllib.request.build_opener(_SinSeguir)


def pedir(direccion: str, ruta: str) -> Pagina:
    """Una página con lo que pesa en la línea. Una redirección vuelve como tal, con su destino en ``enlaces``."""
    pedido = urllib.request.Request(direccion + ruta, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    try:
        respuesta = _abrir.open(pedido, timeout=60)
    except urllib.error.HTTPError as error:
        respuesta = error
    crudo = respuesta.read()
    cabeceras = respuesta.headers
    cuerpo = gzip.decompress(crudo) if cabeceras.get("Content-Encoding") == "gzip" else crudo
    pagina = Pagina(ruta, respuesta.status, cabeceras.get("Content-Type", ""), len(crudo), cuerpo)
    if destino := cabeceras.get("Location"):
        pagina.enlaces = [destino]
    elif pagina.es_html:
        lector = _Enlaces()
        lector.feed(cuerpo.decode())
        pagina.enlaces, pagina.recursos = lector.paginas, lector.recursos
    return pagina


def forma(ruta: str) -> str:
    """«/capacitaciones/cierre-2026-11-03/inscripcion/» y sus hermanas son «/capacitaciones/*/inscripcion/»."""
    partes = urlsplit(ruta)
    pasos = [paso if indice != 2 else "*" for indice, paso in enumerate(partes.path.split("/"))]
    claves = sorted({par.partition("=")[0] for par in partes.query.split("&") if par})
    return "/".join(pasos) + ("?" + "&".join(claves) if claves else "")


def recorrer(direccion: str):
    """Cada página del sitio a la que se llega desde el inicio: a lo más ``POR_FORMA`` de cada forma."""
    pendientes, vistas, por_forma = deque(["/"]), {"/"}, {}
    while pendientes and len(vistas) < MAXIMO:
        pagina = pedir(direccion, pendientes.popleft())
        yield pagina
        for enlace in pagina.enlaces:
            ruta = _interna(direccion, pagina.ruta, enlace)
            if ruta is None or ruta in vistas:
                continue
            cuantas = por_forma.get(forma(ruta), 0)
            if cuantas < POR_FORMA:
                por_forma[forma(ruta)] = cuantas + 1
                vistas.add(ruta)
                pendientes.append(ruta)


def _interna(direccion, desde, enlace):
    if enlace.startswith(("#", "mailto:", "tel:", "webcal:")):
        return None
    partes = urlsplit(urljoin(direccion + desde, enlace))
    if f"{partes.scheme}://{partes.netloc}" != direccion or partes.path.startswith("/intranet/"):
        return None
    return partes.path + (f"?{partes.query}" if partes.query else "")
