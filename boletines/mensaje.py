"""El correo de una edición y la lista de lo que conviene revisar antes de enviarlo."""

from typing import NamedTuple

from django.conf import settings

from correo import revision
from correo.plantillas import Mensaje, componer
from correo.revision import MARCA_BAJA, MAXIMO_BYTES, Comprobacion
from organizacion.models import Centro

from .edicion import contenido_de
from .models import BoletinPage
from .templatetags.boletin import enlaces_completos

# Lo que crece al poner en cada copia su enlace de baja.
MARGEN = 2048
CON_IMAGEN = ("noticia", "actividad")


class Recorte(NamedTuple):
    """Cuánto lleva el correo: palabras de cada pieza y piezas de cada sección; lo demás, «Leer completo» en la web."""

    palabras: int
    piezas: int


# Del más amplio al más corto: se usa el primero que cabe.
RECORTES = (Recorte(60, 8), Recorte(40, 5), Recorte(25, 3), Recorte(12, 1))


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
    """La lista de todo correo (``correo.revision``) y lo que solo se ve en la edición: contenido e imágenes."""
    # De un borrador, su propia dirección todavía no existe y no es una falta.
    html = mensaje.html if boletin.live else mensaje.html.replace(url_publica(boletin), f"{settings.URL_DEL_SITIO}/")
    comunes = revision.revisar(asunto=mensaje.asunto, texto=mensaje.texto, html=html)
    if sin_texto := _imagenes_sin_texto(boletin):
        detalle = "Falta el texto alternativo de: " + ", ".join(sin_texto)
        comunes = [c for c in comunes if c.nombre != "Imágenes"] + [Comprobacion("Imágenes", False, detalle)]
    return [
        Comprobacion("Contenido", bool(boletin.editorial or boletin.cuerpo), "Lleva editorial o secciones."),
        *comunes,
    ]


def _imagenes_sin_texto(boletin: BoletinPage) -> list[str]:
    sin_texto = [boletin.portada.title] if boletin.portada and not boletin.portada.description else []
    for bloque in boletin.cuerpo:
        imagen = bloque.value.get("imagen") if bloque.block_type in CON_IMAGEN else None
        if imagen and not imagen.decorative and not imagen.contextual_alt_text:
            sin_texto.append(imagen.title)
    return sin_texto
