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
        # Lo que no es una lista (la casilla de «quitar» marcada y un archivo a la vez) lo rechaza el campo de Django.
        subidos = (data if isinstance(data, list) else [data]) or [None]
        archivos = [super(CampoDeArchivos, self).clean(uno, initial) for uno in subidos if uno or self.required]
        if len(archivos) > self.a_la_vez:
            raise ValidationError(f"Suba a lo más {self.a_la_vez} archivos a la vez.")
        self.revisar(archivos)
        return archivos

    def revisar(self, archivos) -> None:
        """Levanta ``ValidationError`` si alguno, o todos juntos, no sirven."""
