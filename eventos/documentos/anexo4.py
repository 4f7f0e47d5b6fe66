"""La invitación (Anexo 4) dirigida a una entidad: con ella se pide la comisión de servicios."""

from collections.abc import Sequence

from comun.pdf import pdf_desde_plantilla
from directorio.models import Entidad
from eventos.enlaces import url_absoluta
from eventos.models import Capacitacion
from eventos.templatetags.eventos import horas
from organizacion.models import AjustesPortal


def pdf(capacitacion: Capacitacion, entidad: Entidad) -> bytes:
    """Los octetos de la invitación de ``entidad``."""
    return pdf_desde_plantilla("eventos/documentos/anexo4.html", _contexto(capacitacion) | {"entidad": entidad})


def pdf_de_varias(capacitacion: Capacitacion, entidades: Sequence[Entidad]) -> bytes:
    """Las invitaciones de ``entidades``, una por página, para imprimirlas de una vez."""
    contexto = _contexto(capacitacion) | {"entidades": entidades}
    return pdf_desde_plantilla("eventos/documentos/anexo4_varias.html", contexto)


def _contexto(capacitacion) -> dict:
    """Los campos del Anexo 4. El tema es el de sus expositores o, si no lo tienen, el título."""
    ajustes, centro = AjustesPortal.load(), capacitacion.centro
    temas = dict.fromkeys(expositor.tema for expositor in capacitacion.expositores.all() if expositor.tema)
    return {
        "ajustes": ajustes,
        "capacitacion": capacitacion,
        "centro": centro,
        "correo": centro.correo if centro else ajustes.correo,
        "horas": _horas(capacitacion),
        "tema": "; ".join(temas) or capacitacion.titulo,
        "url": url_absoluta("eventos:capacitacion", capacitacion.slug),
    }


def _horas(capacitacion) -> list[str]:
    """Las de cada día, en el orden de sus fechas; una sola vez si se repiten."""
    de_cada_dia = [horas(sesiones) for _, sesiones in capacitacion.dias]
    if len(de_cada_dia) > 1 and len(set(de_cada_dia)) == 1:
        return [f"{de_cada_dia[0]}, cada día"]
    return de_cada_dia
