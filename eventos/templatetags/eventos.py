"""Piezas de plantilla de las capacitaciones."""

import segno
from django import template
from django.utils.safestring import mark_safe

from comun.templatetags.comun import fecha_larga, hora
from eventos.calendario import codigo_de_semana
from eventos.models import Capacitacion

register = template.Library()
register.filter(codigo_de_semana)


@register.filter
def cuando_breve(capacitacion: Capacitacion) -> str:
    """«9:00 a. m. a 1:00 p. m.», o «hasta el viernes 27 de noviembre de 2026, en 3 sesiones»."""
    sesiones = list(capacitacion.sesiones.all())
    if capacitacion.fecha_inicio == capacitacion.fecha_fin:
        return horas(sesiones)
    return f"Hasta el {fecha_larga(capacitacion.fecha_fin)}, en {len(sesiones)} sesiones"


@register.filter
def cupos_en_palabras(capacitacion: Capacitacion) -> str:
    """«Quedan 3 cupos», «Queda 1 cupo», «Sin cupos; hay lista de espera», o nada si no se puede inscribir."""
    libres = capacitacion.cupos_libres()
    if libres is None or not capacitacion.admite_inscripcion():
        return ""
    if libres == 0:
        return "Sin cupos; hay lista de espera"
    return "Queda 1 cupo" if libres == 1 else f"Quedan {libres} cupos"


@register.filter
def donde_breve(capacitacion: Capacitacion) -> str:
    """«Cusco: auditorio del centro», «Cusco: auditorio o virtual»; si es virtual, quién la dicta."""
    centro = capacitacion.centro.nombre if capacitacion.centro_id else "Sede central"
    sala = capacitacion.lugar if capacitacion.tiene_lugar else ""
    lugar = " o ".join(filter(None, [sala, "virtual" if capacitacion.tiene_enlace else ""]))
    return f"{centro}: {lugar}" if lugar else centro


@register.filter
def qr(codigo: str) -> str:
    """El código QR de ``codigo`` en SVG, con margen y fondo blanco para que se lea también en modo oscuro."""
    svg = segno.make(codigo, error="m", micro=False).svg_inline(scale=6, border=4, light="#fff", svgclass="qr")
    return mark_safe(svg)  # noqa: S308 - lo dibuja segno; el código solo lleva letras y dígitos


@register.filter
def qr_grande(direccion: str) -> str:
    """El QR de una dirección del portal en un SVG que crece con su caja, para proyectarlo."""
    svg = segno.make(direccion, error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308 - lo dibuja segno


@register.filter
def sin_protocolo(url: str) -> str:
    """La dirección como se escribe a mano: sin «https://» ni barra final."""
    return url.partition("://")[2].rstrip("/")


@register.filter
def con_punto(texto: str) -> str:
    """La frase con su punto final, si no lo trae."""
    return f"{texto}." if texto and not texto.endswith(".") else texto


@register.filter
def horas(sesiones) -> str:
    """«9:00 a. m. a 1:00 p. m. y 3:00 p. m. a 6:00 p. m.»: las de un mismo día."""
    return " y ".join(f"{hora(sesion.hora_inicio)} a {hora(sesion.hora_fin)}" for sesion in sesiones)


@register.inclusion_tag("components/evento.html")
def evento_de(capacitacion: Capacitacion):
    """Una capacitación en una lista: va dentro de <ul class="agenda">."""
    return {"fecha": capacitacion.fecha_inicio, **_evento(capacitacion, cuando_breve(capacitacion))}


@register.inclusion_tag("components/evento.html")
def evento_del_dia(entrada):
    """Una ``eventos.calendario.Entrada`` bajo el título de su día; la que sigue de otro día, en breve."""
    capacitacion, cuando = entrada.capacitacion, horas(entrada.sesiones)
    if entrada.dias > 1:
        cuando = f"Día {entrada.numero} de {entrada.dias} · {cuando}"
    evento = _evento(capacitacion, cuando)
    if entrada.sigue:
        evento |= {"lineas": [cuando, donde_breve(capacitacion)], "etiquetas": [], "notas": [], "parecida": None}
    return evento


def _evento(capacitacion, cuando):
    estado, tono, notas = _estado(capacitacion)
    return {
        "titulo": capacitacion.titulo,
        "url": capacitacion.get_absolute_url(),
        "estado": estado,
        "tono": tono,
        "notas": notas,
        "parecida": _parecida(getattr(capacitacion, "parecida", None)),
        "lineas": [cuando, donde_breve(capacitacion), cupos_en_palabras(capacitacion)],
        "etiquetas": [*_rasgos(capacitacion), *_materiales(capacitacion)],
    }


def _parecida(otra):
    if otra is None:
        return None
    return {"url": otra.get_absolute_url(), "texto": f"{otra}, {fecha_larga(otra.fecha_inicio)} ({donde_breve(otra)})"}


def _estado(capacitacion):
    """(qué le pasó, su tono, por qué y qué decía antes): lo que quien ya la conocía necesita leer (R67)."""
    if capacitacion.esta_cancelada:
        return "Cancelada", "error", [_motivo(capacitacion.motivo_cancelacion)]
    if cambio := capacitacion.ultima_reprogramacion:
        return cambio.titulo, "alerta", [con_punto(cambio.antes), _motivo(cambio.get_motivo_display())]
    return "", "", []


def _motivo(motivo):
    return con_punto(f"Motivo: {motivo[:1].lower()}{motivo[1:]}") if motivo else ""


def _rasgos(capacitacion):
    return [*(sistema.nombre for sistema in capacitacion.sistemas.all()), capacitacion.get_tipo_display()]


def _materiales(capacitacion):
    total = getattr(capacitacion, "total_materiales", 0)
    return [f"{total} {'material' if total == 1 else 'materiales'}"] if total else []


@register.filter
def porcentaje_de(valor: float, total: int) -> int:
    """``valor`` en centésimas de ``total``, entero: el ancho de una barra."""
    return round(100 * valor / total)
