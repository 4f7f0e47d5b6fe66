from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from directorio.actions.puestos import DEL_PUESTO
from directorio.models import Personal

from .movimientos import campo_de_fecha

Cargo = Personal.Cargo
ERROR, OTRO_PUESTO = "error", "puesto"
# Los demás no llevan un sistema: el que se les ponga no se guarda.
LLEVAN_SISTEMA = (Cargo.ESPECIALISTA, Cargo.IMPLANTADOR, Cargo.RESPONSABLE_TECNICO, Cargo.SEDE)


class PersonalForm(WagtailAdminModelForm):
    """Al cambiar el cargo, el centro, el sistema o el órgano de alguien, se pregunta si es un error."""

    que_cambio = forms.ChoiceField(
        label="Si tocó su puesto, ¿qué ocurrió?",
        required=False,
        choices=[(ERROR, "Estaba mal escrito: lo corrijo"), (OTRO_PUESTO, "Cambió de puesto")],
        widget=forms.RadioSelect,
        help_text="Un cambio de puesto queda en su historia.",
    )
    cambia_desde = campo_de_fecha(
        "Desde cuándo ocupa el puesto nuevo",
        "Si aún no llega ese día, cambiará ese día.",
        required=False,
        initial=None,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.antes = {campo: getattr(self.instance, campo) for campo in DEL_PUESTO}
        self.fields["sistema"].help_text = "Para Especialista, Implantador, Responsable Técnico y la sede."
        if not self.instance.pk:
            del self.fields["que_cambio"], self.fields["cambia_desde"]

    def toca_el_puesto(self) -> bool:
        if not self.instance.pk:
            return False
        tocados = {*DEL_PUESTO}.intersection(self.changed_data)
        return bool(tocados) if self._lleva_sistema() else bool(tocados - {"sistema"})

    def _lleva_sistema(self) -> bool:
        return self.cleaned_data.get("cargo") in LLEVAN_SISTEMA

    def es_otro_puesto(self) -> bool:
        return self.toca_el_puesto() and self.cleaned_data["que_cambio"] == OTRO_PUESTO

    def clean(self):
        datos = super().clean()
        if datos.get("cargo") and not self._lleva_sistema():
            datos["sistema"] = None
        if not self.toca_el_puesto():
            return datos
        if not datos.get("que_cambio"):
            self.add_error("que_cambio", "Elija si corrige un error o si cambió de puesto.")
        elif datos["que_cambio"] == OTRO_PUESTO and not datos.get("cambia_desde"):
            self.add_error("cambia_desde", "Escriba desde cuándo ocupa el puesto nuevo.")
        return datos

    def apartar_puesto(self) -> dict:
        """El puesto nuevo; la fila vuelve a llevar el de antes, que lo cambia la acción."""
        nuevo = {campo: self.cleaned_data[campo] for campo in DEL_PUESTO}
        for campo, valor in self.antes.items():
            setattr(self.instance, campo, valor)
        return nuevo
