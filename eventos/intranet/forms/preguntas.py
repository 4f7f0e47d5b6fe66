from django import forms


class AtenderForm(forms.Form):
    respuesta = forms.CharField(
        label="Qué se respondió",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
        help_text="Una nota para el centro; no se envía. Si fue por teléfono, dígalo.",
    )
