"""RSS 2.0 del calendario, con el texto completo (content:encoded) y páginas enlazadas (RFC 5005)."""

from collections.abc import Sequence

from django.utils.feedgenerator import Rss201rev2Feed

from comun.templatetags.comun import fecha_larga

from .contenido import sin_control, textos_completos
from .enlaces import url_absoluta
from .models import Capacitacion


class RssCompleto(Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if siguiente := self.feed["siguiente"]:
            handler.addQuickElement("atom:link", None, {"rel": "next", "href": siguiente})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["completo"])


def rss(capacitaciones: Sequence[Capacitacion], *, titulo, descripcion, pagina, esta, siguiente="") -> str:
    """``pagina``, ``esta`` y ``siguiente``: las direcciones de la lista que se ve, de este RSS y de su continuación."""
    feed = RssCompleto(
        title=sin_control(titulo),
        link=pagina,
        description=sin_control(descripcion),
        language="es-pe",
        feed_url=esta,
        siguiente=siguiente,
    )
    for capacitacion, completo in zip(capacitaciones, textos_completos(capacitaciones), strict=True):
        url = url_absoluta("eventos:capacitacion", capacitacion.slug)
        feed.add_item(
            title=sin_control(f"CANCELADA: {capacitacion}" if capacitacion.esta_cancelada else str(capacitacion)),
            link=url,
            unique_id=url,
            unique_id_is_permalink=True,
            description=sin_control(_resumen(capacitacion)),
            pubdate=capacitacion.publicada_en or capacitacion.creada_en,
            updateddate=capacitacion.actualizada_en,
            categories=[*(s.nombre for s in capacitacion.sistemas.all()), capacitacion.get_tipo_display()],
            completo=completo,
        )
    return feed.writeString("utf-8")


def _resumen(capacitacion):
    cambio = capacitacion.ultima_reprogramacion
    partes = (
        capacitacion.motivo_cancelacion,
        cambio.antes if cambio and not capacitacion.esta_cancelada else "",
        fecha_larga(capacitacion.fecha_inicio).capitalize(),
        capacitacion.donde,
        capacitacion.objetivo,
    )
    return " ".join(f"{parte.rstrip('.')}." for parte in partes if parte)
