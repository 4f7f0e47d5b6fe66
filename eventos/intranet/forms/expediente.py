from django import forms
from django.core.exceptions import ValidationError

from comun.varios_archivos import CampoDeArchivos, VariosArchivos
from eventos.models import PiezaDeExpediente

from .campos import parrafo

Estado = PiezaDeExpediente.Estado


class CampoDePaginas(CampoDeArchivos):
    """Un PDF o varias fotos, en orden; qué son de verdad lo mira ``comun.subidas``."""

    a_la_vez = 40

    def revisar(self, archivos) -> None:
        if len(archivos) > 1 and any(archivo.name.lower().endswith(".pdf") for archivo in archivos):
            raise ValidationError("Suba un solo PDF, o solo fotos.")


class SubirPiezaForm(forms.Form):
    archivos = CampoDePaginas(
        label="PDF o fotos de las páginas",
        max_length=200,
        help_text="Un PDF, o las fotos en su orden: se unen en un solo documento. Hasta 20 MB cada archivo.",
        widget=VariosArchivos(attrs={"accept": ".pdf,image/jpeg,image/png,image/webp"}),
        error_messages={"required": "Elija un PDF o las fotos de sus páginas."},
    )
    estado = forms.ChoiceField(
        label="Qué es",
        choices=[(Estado.FIRMADO, "El original firmado"), (Estado.ESCANEADO, "Una copia escaneada")],
        initial=Estado.FIRMADO,
    )


class MotivoForm(forms.Form):
    motivo = forms.CharField(label="Por qué no aplica", max_length=200)


class ReabrirForm(forms.Form):
    motivo = forms.CharField(label="Por qué se reabre", max_length=255, widget=parrafo(3))


class RecibirForm(forms.Form):
    de = forms.CharField(label="Quién los entregó", max_length=160)
