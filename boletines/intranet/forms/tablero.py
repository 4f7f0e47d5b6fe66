"""Devolver un aporte o ampliarle el plazo."""

from django import forms
from django.utils import timezone

from comun.plazos import UN_DIA, siguiente_habil
from comun.templatetags.comun import fecha_larga
from eventos.intranet.forms.campos import Fecha, parrafo, validar_anio
from organizacion.dias import no_laborables

HABILES_PARA_CORREGIR = 2


class PlazoForm(forms.Form):
    """Un plazo nuevo: un día hábil del centro, de hoy en adelante."""

    plazo = forms.DateField(label="Hasta", widget=Fecha, validators=[validar_anio])

    def __init__(self, *args, aporte, **kwargs):
        self.dias = no_laborables(aporte.centro)
        super().__init__(*args, **kwargs)
        plazo = max(timezone.localdate(), aporte.plazo) if self.desde_el_plazo else timezone.localdate()
        for _ in range(HABILES_PARA_CORREGIR):
            plazo = siguiente_habil(plazo + UN_DIA, self.dias)
        self.fields["plazo"].initial = plazo

    desde_el_plazo = True

    def clean_plazo(self):
        plazo = self.cleaned_data["plazo"]
        if plazo < timezone.localdate():
            raise forms.ValidationError("El plazo no puede ser un día que ya pasó.")
        habil = siguiente_habil(plazo, self.dias)
        if habil != plazo:
            raise forms.ValidationError(f"Ese día no se trabaja: elija, por ejemplo, el {fecha_larga(habil)}.")
        return plazo


class DevolucionForm(PlazoForm):
    observacion = forms.CharField(label="Qué debe corregir", max_length=500, widget=parrafo(4))
    desde_el_plazo = False
    field_order = ("observacion", "plazo")
