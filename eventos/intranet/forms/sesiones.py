"""Las sesiones de una capacitación, por filas."""

from django import forms

from eventos.models import Sesion

from .campos import Fecha, Hora, validar_anio


class SesionForm(forms.ModelForm):
    class Meta:
        model = Sesion
        fields = ["fecha", "hora_inicio", "hora_fin"]
        widgets = {"fecha": Fecha, "hora_inicio": Hora, "hora_fin": Hora}

    def clean_fecha(self):
        validar_anio(self.cleaned_data["fecha"])
        return self.cleaned_data["fecha"]


class SesionesFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """Dos sesiones no se cruzan: nadie firma en las dos a la vez."""
        super().clean()
        vistas = []
        for form in self.forms:
            fila = getattr(form, "cleaned_data", None)
            if not fila or fila.get("DELETE") or not {"fecha", "hora_inicio", "hora_fin"} <= fila.keys():
                continue
            for otra in vistas:
                if fila["fecha"] == otra["fecha"] and _se_cruzan(fila, otra):
                    form.add_error("hora_inicio", "Se cruza con otra sesión del mismo día.")
                    break
            vistas.append(fila)


def _se_cruzan(una, otra) -> bool:
    return una["hora_inicio"] < otra["hora_fin"] and otra["hora_inicio"] < una["hora_fin"]
