"""Un control de formulario que recibe varios archivos a la vez."""

from django import forms
from django.core.exceptions import ValidationError


class VariosArchivos(forms.ClearableFileInput):
    allow_multiple_selected = True


class CampoDeArchivos(forms.FileField):
    """Varios archivos a la vez, hasta ``a_la_vez``. Cada campo revisa los suyos en ``revisar``."""

    widget = VariosArchivos
    a_la_vez = 20

    def clean(self, data, initial=None):
        vacio = [None] if self.required else []
        archivos = [super(CampoDeArchivos, self).clean(uno, initial) for uno in data or vacio]
        if len(archivos) > self.a_la_vez:
            raise ValidationError(f"Suba a lo más {self.a_la_vez} archivos a la vez.")
        self.revisar(archivos)
        return archivos

    def revisar(self, archivos) -> None:
        """Levanta ``ValidationError`` si alguno, o todos juntos, no sirven."""
