"""Antes de bajar datos personales se dice para qué: una pregunta corta, y la respuesta queda en el rastro."""

from functools import wraps

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst

from .registros import lleva_datos_personales
from .validadores import validar_sin_control


class MotivoForm(forms.Form):
    motivo = forms.CharField(
        label="¿Para qué necesita estos datos?",
        help_text="Queda en el rastro con su nombre y la hora. No escriba nombres, documentos ni correos.",
        min_length=10,
        max_length=255,
        validators=[validar_sin_control],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Escriba para qué los necesita.",
            "min_length": "Dígalo con algo más de detalle: %(limit_value)d letras o más.",
        },
    )


def pide_motivo(modelo) -> bool:
    """Si exportar filas de ``modelo`` lleva datos personales, según el inventario."""
    return any(lleva(modelo) for lleva in lleva_datos_personales)


def pregunta_de_motivo(request, modelo, *, volver: str = "", que: str = ""):
    """La página que pregunta el motivo, o ``None`` si ya se dijo o no hace falta. Va después del permiso.

    ``que``: cómo se llama lo que se descarga, si es más que filas de ``modelo``.
    """
    if not pide_motivo(modelo):
        return None
    form = MotivoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return None
    contexto = {"form": form, "que": que or capfirst(modelo._meta.verbose_name_plural), "volver": volver}
    respuesta = render(request, "comun/motivo.html", contexto)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def con_motivo(modelo, *, volver: str):
    """Para la vista que exporta ``modelo``: recibe la fila de que cuelga; ``volver`` es la ruta de su pantalla."""

    def decorador(vista):
        @wraps(vista)
        def envuelta(request, fila, *args, **kwargs):
            pregunta = pregunta_de_motivo(request, modelo, volver=reverse(volver, args=[fila.pk]))
            return pregunta or vista(request, fila, *args, **kwargs)

        return envuelta

    return decorador
