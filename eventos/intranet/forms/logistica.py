"""Una tarea de logística: qué, quién y para cuándo."""

from django import forms
from django.db.models import Q

from directorio.models import Personal
from eventos.models import TareaLogistica

from .campos import Fecha, validar_anio


class TareaForm(forms.ModelForm):
    class Meta:
        model = TareaLogistica
        fields = ["descripcion", "responsable", "para_el"]
        widgets = {"para_el": Fecha}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tarea = self.instance
        equipo = Q(centro=tarea.capacitacion.centro_id) if tarea.capacitacion.centro_id else Q(centro__isnull=True)
        vigentes = Personal.objects.vigentes().filter(equipo)
        suyo = Personal.objects.filter(pk=tarea.responsable_id)
        self.fields["responsable"].queryset = (vigentes | suyo).select_related("sistema")
        self.fields["responsable"].empty_label = "Sin responsable"
        if tarea.rubro == TareaLogistica.Rubro.OTRO:
            self.fields["descripcion"].label = "Qué hace falta"
            self.fields["descripcion"].required = True

    def clean_para_el(self):
        if fecha := self.cleaned_data["para_el"]:
            validar_anio(fecha)
        return self.cleaned_data["para_el"]


class MarcaForm(forms.Form):
    estado = forms.ChoiceField(choices=TareaLogistica.Estado)
