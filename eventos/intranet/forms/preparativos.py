from django import forms
from django.db.models import Q
from django.utils import timezone

from directorio.models import Personal
from eventos.models import Preparativos
from eventos.preparativos import es_en_otra_ciudad, pide_autorizacion, pide_coordinacion

from .campos import Fecha, validar_anio

DELEGADOS = ("apertura", "clausura", "logistica")
PAREJAS = (("autorizacion", "autorizada_el"), ("coordinacion", "coordinada_el"))


class PreparativosForm(forms.ModelForm):
    """Solo lo que toca a esta capacitación: la autorización y la coordinación no siempre hacen falta."""

    class Meta:
        model = Preparativos
        fields = [*(campo for pareja in PAREJAS for campo in pareja), *DELEGADOS]
        widgets = {"autorizada_el": Fecha, "coordinada_el": Fecha}

    def __init__(self, *args, capacitacion, **kwargs):
        super().__init__(*args, **kwargs)
        for pareja, hace_falta in zip(
            PAREJAS, (pide_autorizacion(capacitacion), pide_coordinacion(capacitacion)), strict=True
        ):
            for campo in () if hace_falta else pareja:
                del self.fields[campo]
        self._ofrecer_personal(capacitacion)
        en_otra_ciudad = es_en_otra_ciudad(capacitacion)
        self.fields["logistica"].required = en_otra_ciudad
        if en_otra_ciudad:
            self.fields["logistica"].empty_label = "Elija"
            self.fields["logistica"].help_text = "Es en otra ciudad: la lleva un especialista o el apoyo."

    def _ofrecer_personal(self, capacitacion):
        vigentes = Personal.objects.vigentes().filter(centro=capacitacion.centro_id)
        for nombre in DELEGADOS:
            actual = getattr(self.instance, f"{nombre}_id")
            del_centro = Personal.objects.filter(Q(pk__in=vigentes.values("pk")) | Q(pk=actual))
            self.fields[nombre].queryset = del_centro.select_related("sistema").por_cargo()
            self.fields[nombre].empty_label = "El Coordinador de Centro"

    def clean(self):
        """Un documento sin fecha, o una fecha sin documento, no dejan constancia de nada."""
        datos = super().clean()
        for documento, fecha in PAREJAS:
            if documento not in self.fields:
                continue
            if datos.get(documento) and not datos.get(fecha) and fecha not in self.errors:
                self.add_error(fecha, "Diga de qué fecha es.")
            if datos.get(fecha) and not datos.get(documento) and documento not in self.errors:
                self.add_error(documento, "Diga con qué documento.")
        return datos

    def clean_autorizada_el(self):
        return _ya_ocurrida(self.cleaned_data["autorizada_el"])

    def clean_coordinada_el(self):
        return _ya_ocurrida(self.cleaned_data["coordinada_el"])


def _ya_ocurrida(fecha):
    if fecha:
        validar_anio(fecha)
        if fecha > timezone.localdate():
            raise forms.ValidationError("Esa fecha todavía no llega.")
    return fecha
