"""El correo de una edición y la lista de lo que conviene revisar antes de enviarlo."""

from html.parser import HTMLParser
from typing import NamedTuple

from django.conf import settings

from correo.plantillas import Mensaje, componer
from organizacion.models import Centro

from .edicion import contenido_de
from .models import BoletinPage
from .templatetags.boletin import enlaces_completos

# Gmail corta los mensajes que pasan de aquí, y con ellos el enlace de baja.
MAXIMO_BYTES = 102 * 1024
MARCA_BAJA = "%URL_BAJA%"
# Lo que crece al poner en cada copia su enlace de baja.
MARGEN = 2048
CON_IMAGEN = ("noticia", "actividad")


class Recorte(NamedTuple):
    """Cuánto lleva el correo: palabras de cada pieza y piezas de cada sección; lo demás, «Leer completo» en la web."""

    palabras: int
    piezas: int


# Del más amplio al más corto: se usa el primero que cabe.
RECORTES = (Recorte(60, 8), Recorte(40, 5), Recorte(25, 3), Recorte(12, 1))


class Comprobacion(NamedTuple):
    nombre: str
    esta_bien: bool
    detalle: str


def url_publica(boletin: BoletinPage, centro: Centro | None = None) -> str:
    """La dirección absoluta de la edición, o de la de ``centro``, en el sitio."""
    url = settings.URL_DEL_SITIO + boletin.get_url_parts()[2]
    return f"{url}{centro.slug}/" if centro else url


def componer_boletin(boletin: BoletinPage, centro: Centro | None = None) -> Mensaje:
    """El correo de ``boletin``, con la marca que el cartero cambia por la baja de cada suscriptor.

    Con ``centro``, el de su edición. Si la edición es larga, se recorta hasta que Gmail no la corte.
    """
    url = url_publica(boletin, centro)
    contexto = contenido_de(boletin, centro) | {"url_web": url, "url_pdf": f"{url}pdf/", "url_baja": MARCA_BAJA}
    for recorte in RECORTES:
        mensaje = componer("boletines/correo/boletin", contexto | {"recorte": recorte} | _recortar(contexto, recorte))
        mensaje = mensaje._replace(html=enlaces_completos(mensaje.html))
        if len(mensaje.html.encode()) < MAXIMO_BYTES - MARGEN:
            break
    return mensaje


def _recortar(contexto: dict, recorte: Recorte) -> dict:
    """Las secciones con a lo más ``recorte.piezas`` cada una y cuántas ``sobran``."""
    secciones = [
        {**seccion, "piezas": seccion["piezas"][: recorte.piezas], "sobran": len(seccion["piezas"]) - recorte.piezas}
        for seccion in contexto["secciones"]
    ]
    notas = [
        {"ancla": ancla, "titulo": titulo, "notas": notas[: recorte.piezas], "sobran": len(notas) - recorte.piezas}
        for ancla, titulo, notas in contexto["parte"].secciones
    ]
    return {"secciones": secciones, "secciones_del_centro": notas}


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
        imagen = bloque.value.get("imagen") if bloque.block_type in CON_IMAGEN else None
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
