from django import forms


class DevolverForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué lo devuelve", max_length=200, error_messages={"required": "Escriba por qué lo devuelve."}
    )
