from django import forms

from directorio.models import Contacto

TOPE = 12
VACIAS = 2  # filas en blanco al final: sin guiones, cada vez que se guarda hay otras dos


class ContactoForm(forms.ModelForm):
    class Meta:
        model = Contacto
        # Tupla: un conjunto en línea le agrega su llave foránea a una lista, y quedaría en los de las demás clases.
        fields = ("clase", "valor", "nota")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clase"].initial = Contacto.Clase.TELEFONO
        self.fields["clase"].choices = Contacto.Clase.choices

    def has_changed(self):
        """Elegir solo «correo» o «teléfono» no es escribir un contacto."""
        return bool({"valor", "nota"} & {*self.changed_data}) or (bool(self.instance.pk) and super().has_changed())


class ConjuntoDeContactos(forms.BaseInlineFormSet):
    def clean(self):
        """El mismo correo o teléfono no va dos veces."""
        vistos = set()
        for formulario in self.forms:
            datos = getattr(formulario, "cleaned_data", {})
            if not datos.get("valor") or datos.get("DELETE"):
                continue
            valor = datos["valor"].lower()
            if valor in vistos:
                formulario.add_error("valor", "Ya está en otra fila.")
            vistos.add(valor)


def conjunto_de_contactos(modelo):
    """El conjunto de formularios de los otros contactos de una fila de ``modelo``."""
    return forms.inlineformset_factory(
        modelo,
        Contacto,
        form=ContactoForm,
        formset=ConjuntoDeContactos,
        extra=VACIAS,
        max_num=TOPE,
        validate_max=True,
        absolute_max=TOPE * 2,
    )
