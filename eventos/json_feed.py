"""JSON Feed 1.1 del calendario; los datos estructurados van en la extensión «_conectamef»."""

from collections.abc import Sequence

from django.utils import timezone

from .contenido import en_lineas, textos_completos
from .enlaces import url_absoluta
from .models import Capacitacion

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(capacitaciones: Sequence[Capacitacion], *, titulo, descripcion, pagina, esta, siguiente="", **propios):
    """El feed como dict. ``propios`` va en su «_conectamef»: total, avisos…"""
    feed = {
        "version": VERSION,
        "title": titulo,
        "description": descripcion,
        "home_page_url": pagina,
        "feed_url": esta,
        "language": "es-PE",
        "_conectamef": propios,
        "items": [
            _item(capacitacion, html)
            for capacitacion, html in zip(capacitaciones, textos_completos(capacitaciones), strict=True)
        ],
    }
    return feed | ({"next_url": siguiente} if siguiente else {})


def _item(capacitacion, html):
    url = url_absoluta("eventos:capacitacion", capacitacion.slug)
    return {
        "id": url,
        "url": url,
        "title": capacitacion.titulo,
        "summary": " ".join(en_lineas(capacitacion)),
        "content_html": html,
        "date_published": _momento(capacitacion.publicada_en or capacitacion.creada_en),
        "date_modified": _momento(capacitacion.actualizada_en),
        "tags": [*(s.nombre for s in capacitacion.sistemas.all()), capacitacion.get_tipo_display()],
        "_conectamef": _datos(capacitacion, url),
    }


def _datos(capacitacion, url):
    centro, distrito, aliado = capacitacion.centro, capacitacion.distrito, capacitacion.aliado
    sistemas = [{"id": s.slug, "nombre": s.nombre} for s in capacitacion.sistemas.all()]
    return {
        "estado": capacitacion.estado,
        "situacion": str(capacitacion.situacion()),
        "motivo_cancelacion": capacitacion.motivo_cancelacion,
        "reprogramacion": _reprogramacion(capacitacion.ultima_reprogramacion),
        "sesiones": [
            {"inicio": _momento(s.comienza_en), "fin": _momento(s.termina_en)} for s in capacitacion.sesiones.all()
        ],
        "tipo": capacitacion.tipo,
        "modalidad": capacitacion.modalidad,
        "alcance": "varios" if len(sistemas) > 1 else "uno",
        "sistemas": sistemas,
        "organiza": capacitacion.organizador,
        "organizador": capacitacion.organizador_nombre,
        "aliado": {"id": aliado.sigla, "nombre": aliado.nombre} if aliado else None,
        "aliado_privado": capacitacion.aliado_privado,
        "centro": {"id": centro.slug, "nombre": centro.nombre_completo} if centro else None,
        "lugar": capacitacion.lugar,
        "direccion": capacitacion.direccion,
        "ubigeo": distrito.pk if distrito else None,
        "objetivo": capacitacion.objetivo,
        "publico": capacitacion.publico_objetivo,
        "abierta_a_ciudadania": capacitacion.abierta_a_ciudadania,
        "es_gratuita": True,
        "cupos": capacitacion.cupos,
        "cupos_libres": capacitacion.cupos_libres(),
        "admite_inscripcion": capacitacion.admite_inscripcion(),
        "inscripcion_abre": _momento(capacitacion.inscripcion_abre_en),
        "inscripcion_cierra": _momento(capacitacion.inscripcion_cierra_en),
        "materiales": capacitacion.total_materiales,
        "ics": url_absoluta("eventos:capacitacion-ics", capacitacion.slug),
        "pagina": url,
    }


def _reprogramacion(cambio):
    if cambio is None:
        return None
    return {
        "motivo": cambio.motivo,
        "antes": cambio.antes,
        "comenzaba": _momento(cambio.comenzaba_en),
        "lugar_antes": cambio.lugar_antes,
        "cambiada": _momento(cambio.creada_en),
    }


def _momento(valor):
    return timezone.localtime(valor).isoformat(timespec="seconds") if valor else None
