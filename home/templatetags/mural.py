"""Piezas del mural: la cuenta regresiva y el código QR."""

import datetime as dt

import segno
from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def cuenta_regresiva(plazo: dt.date, hoy: dt.date | None = None) -> str:
    """«Faltan 3 días», «Vence mañana», «Vence hoy». mural.js la vuelve a decir cada día: si cambia, cámbiela allí."""
    dias = (plazo - (hoy or timezone.localdate())).days
    if dias < 0:
        return "Venció"
    return {0: "Vence hoy", 1: "Vence mañana"}.get(dias, f"Faltan {dias} días")


@register.filter
def qr_datos(direccion: str) -> str:
    """El código QR de ``direccion`` como dirección «data:», para un <img>: negro sobre blanco también en oscuro."""
    return segno.make(direccion, error="l", micro=False).svg_data_uri(
        border=4, dark="#000", light="#fff", omitsize=True
    )
