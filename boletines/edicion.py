"""Lo que lleva una edición: sus secciones en orden fijo (R105) y las capacitaciones que anuncia (R107)."""

from hashlib import sha256
from itertools import groupby

from django.conf import settings
from django.core.cache import cache

from comun.pdf import pdf_desde_plantilla
from eventos.calendario import ultimo_dia
from eventos.models import Capacitacion
from organizacion.models import AjustesPortal

# (tipo de bloque, título): el orden en que salen, escriba quien escriba primero.
SECCIONES = (
    ("noticia", "Noticias"),
    ("norma", "Normativa"),
    ("actividad", "Actividades de los centros"),
)
CAPACITACIONES = 30
UN_DIA = 24 * 60 * 60


def contenido_de(boletin) -> dict:
    """Contexto común de la página, el PDF y el correo de ``boletin``."""
    return {
        "boletin": boletin,
        "secciones": secciones_de(boletin),
        "mes_siguiente": boletin.mes_siguiente,
        **capacitaciones_de(boletin),
    }


def secciones_de(boletin) -> list[dict]:
    """Las secciones con contenido, en orden; los bloques de cada una conservan el que les dio el editor."""
    por_tipo = {}
    for tipo, bloques in groupby(boletin.cuerpo, key=lambda bloque: bloque.block_type):
        por_tipo.setdefault(tipo, []).extend(bloques)
    return [
        {"tipo": tipo, "titulo": titulo, "bloques": por_tipo[tipo]} for tipo, titulo in SECCIONES if tipo in por_tipo
    ]


def capacitaciones_de(boletin) -> dict:
    """Las capacitaciones publicadas del mes siguiente y cuántas no cupieron en la lista."""
    desde = boletin.mes_siguiente
    del_mes = Capacitacion.objects.en_pie().entre(desde, ultimo_dia(desde))
    del_mes = del_mes.select_related("centro").order_by("fecha_inicio", "pk")
    lista = [_anuncio(capacitacion) for capacitacion in del_mes[: CAPACITACIONES + 1]]
    sobran = del_mes.count() - CAPACITACIONES if len(lista) > CAPACITACIONES else 0
    return {"capacitaciones": lista[:CAPACITACIONES], "capacitaciones_sobran": sobran}


def _anuncio(capacitacion: Capacitacion) -> dict:
    lugar = capacitacion.centro.nombre_completo if capacitacion.centro else "Todos los centros"
    return {
        "fecha": capacitacion.fecha_inicio,
        "titulo": capacitacion.titulo,
        "url": capacitacion.get_absolute_url(),
        "lugar": f"{lugar} · {capacitacion.get_modalidad_display()}",
    }


def pdf_de(boletin) -> bytes:
    """El PDF de la edición publicada. Se guarda en caché mientras no cambie nada de lo que muestra."""
    contexto = contenido_de(boletin) | {"ajustes": AjustesPortal.load(), "url_sitio": settings.URL_DEL_SITIO}
    return cache.get_or_set(
        f"boletin-pdf:{boletin.pk}:{_huella(contexto)}",
        lambda: pdf_desde_plantilla("boletines/boletin_pdf.html", contexto),
        UN_DIA,
    )


def _huella(contexto: dict) -> str:
    """Distinta si cambia la revisión publicada, una capacitación anunciada o la identidad del portal."""
    boletin, ajustes = contexto["boletin"], contexto["ajustes"]
    partes = [
        (boletin.live_revision_id, boletin.last_published_at),
        (contexto["capacitaciones"], contexto["capacitaciones_sobran"]),
        (ajustes.nombre_sitio, ajustes.institucion, ajustes.aviso_demostracion),
    ]
    return sha256(repr(partes).encode()).hexdigest()
