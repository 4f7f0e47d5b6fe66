"""El código de una hoja, y quien se escribió a mano en sus filas en blanco."""

from django import forms

from .asistencia import PuertaForm


class CodigoForm(forms.Form):
    """Admite el código como se dicta, con espacios o minúsculas, o la dirección entera que trae el QR."""

    codigo = forms.CharField(label="Código de la hoja", max_length=200, strip=True)

    def clean_codigo(self):
        ultimo = self.cleaned_data["codigo"].rstrip("/").rpartition("/")[2]
        codigo = "".join(letra for letra in ultimo if letra.isascii() and letra.isalnum()).upper()
        if len(codigo) != 8:
            raise forms.ValidationError("El código tiene ocho letras y números; está arriba, junto al QR.")
        return codigo


class FilaEnBlancoForm(PuertaForm):
    """Está en el papel: ya firmó."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("firmo", None)
