"""El correo de una edición y la lista de lo que conviene revisar antes de enviarlo."""

from html.parser import HTMLParser
from typing import NamedTuple

from django.conf import settings

from correo.plantillas import Mensaje, componer

from .edicion import contenido_de
from .models import BoletinPage
from .templatetags.boletin import enlaces_completos

# Gmail corta los mensajes que pasan de aquí, y con ellos el enlace de baja.
MAXIMO_BYTES = 102 * 1024
MARCA_BAJA = "%URL_BAJA%"


class Comprobacion(NamedTuple):
    nombre: str
    esta_bien: bool
    detalle: str


def url_publica(boletin: BoletinPage) -> str:
    """La dirección absoluta de la edición en el sitio."""
    return settings.URL_DEL_SITIO + boletin.get_url_parts()[2]


def componer_boletin(boletin: BoletinPage) -> Mensaje:
    """El correo de ``boletin``, con la marca que el cartero cambia por la baja de cada suscriptor."""
    url = url_publica(boletin)
    contexto = contenido_de(boletin) | {"url_web": url, "url_pdf": f"{url}pdf/", "url_baja": MARCA_BAJA}
    mensaje = componer("boletines/correo/boletin", contexto)
    return mensaje._replace(html=enlaces_completos(mensaje.html))


def revisar(boletin: BoletinPage, mensaje: Mensaje) -> list[Comprobacion]:
    """Lo que se revisa antes de enviar: textos alternativos, peso, enlaces y contenido."""
    lector = _Lector()
    lector.feed(mensaje.html)
    sin_texto, malos, peso = _imagenes_sin_texto(boletin), lector.enlaces_malos(), len(mensaje.html.encode())
    return [
        Comprobacion("Contenido", bool(boletin.editorial or boletin.cuerpo), "Lleva editorial o alguna sección."),
        Comprobacion(
            "Imágenes",
            not sin_texto,
            "Falta el texto alternativo de: " + ", ".join(sin_texto)
            if sin_texto
            else "Todas tienen texto alternativo.",
        ),
        Comprobacion("Peso", peso < MAXIMO_BYTES, f"{peso / 1024:.0f} kB; el máximo es {MAXIMO_BYTES // 1024} kB."),
        _faltas("Enlaces", "No llevan a una dirección completa", malos, "Todos llevan a una dirección completa."),
        Comprobacion("Baja", MARCA_BAJA in mensaje.html, "Lleva el enlace para dejar de recibirlo."),
    ]


def _faltas(nombre: str, falta: str, cuales: list[str], bien: str) -> Comprobacion:
    return Comprobacion(nombre, not cuales, f"{falta}: {', '.join(cuales)}." if cuales else bien)


def _imagenes_sin_texto(boletin: BoletinPage) -> list[str]:
    sin_texto = [boletin.portada.title] if boletin.portada and not boletin.portada.description else []
    for bloque in boletin.cuerpo:
        imagen = bloque.value.get("imagen")
        if imagen and not imagen.decorative and not imagen.contextual_alt_text:
            sin_texto.append(imagen.title)
    return sin_texto


class _Lector(HTMLParser):
    """Junta los enlaces de un HTML."""

    def __init__(self):
        super().__init__()
        self.enlaces = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.enlaces.append(dict(attrs).get("href") or "")

    def enlaces_malos(self) -> list[str]:
        buenos = ("http://", "https://", "mailto:", "tel:", MARCA_BAJA)
        return [enlace or "(vacío)" for enlace in self.enlaces if not enlace.startswith(buenos)]
