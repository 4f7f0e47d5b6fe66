import datetime as dt

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from comun.alcance import alcance_de
from comun.validadores import validar_sin_control
from directorio.forms.movimientos import campo_de_fecha
from directorio.models import Entidad, Pedido
from organizacion.models import Centro, Provincia, Sistema

from .seleccion import ENTIDADES, OPERADORES, Criterio

DURA_A_LO_MAS = 180


class CampaniaForm(forms.Form):
    """Una campaña que se inicia: por qué, a quiénes y hasta cuándo."""

    nombre = forms.CharField(label="Nombre", max_length=120, validators=[validar_sin_control])
    motivo = forms.CharField(
        label="Por qué se les pide",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Va en el correo: «Las nuevas autoridades municipales asumen el 1 de enero de 2027».",
    )
    centro = forms.ModelChoiceField(Centro.objects.none(), label="Centro", required=False, empty_label="Todos")
    a_quienes = forms.MultipleChoiceField(
        label="A quiénes",
        choices=[(ENTIDADES, "Al buzón de cada entidad"), (OPERADORES, "A cada operador")],
        initial=[ENTIDADES, OPERADORES],
        widget=forms.CheckboxSelectMultiple,
    )
    solo_vencidos = forms.BooleanField(
        label="Solo lo que lleva más de seis meses sin verificar", required=False, initial=True
    )
    tipos = forms.MultipleChoiceField(
        label="Tipos de entidad",
        choices=Entidad.Tipo.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sin marcar ninguno, todos.",
    )
    sistemas = forms.ModelMultipleChoiceField(
        Sistema.objects.all(),
        label="Operadores de estos sistemas",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sin marcar ninguno, los de todos.",
    )
    provincias = forms.ModelMultipleChoiceField(
        Provincia.objects.none(),
        label="Provincias",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Sin elegir ninguna, todas. Con Ctrl se eligen varias.",
    )
    vence_el = forms.DateField(label="Responder hasta", widget=AdminDateInput)
    cuantos = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        alcance = alcance_de(usuario, "directorio.add_campania")
        centros = Centro.objects.activos()
        suyos = centros if alcance.nacional else centros.filter(pk__in=alcance.centros)
        self.fields["centro"].queryset = suyos
        if not alcance.nacional:
            self.fields["centro"].required, self.fields["centro"].empty_label = True, None
        entidades = Entidad.objects.en(alcance).order_by()
        self.fields["provincias"].queryset = Provincia.objects.filter(
            pk__in=entidades.values("distrito__provincia")
        ).select_related("departamento")

    def clean_vence_el(self):
        hoy, fecha = timezone.localdate(), self.cleaned_data["vence_el"]
        if fecha <= hoy:
            raise forms.ValidationError("El plazo termina después de hoy.")
        if fecha > hoy + dt.timedelta(days=DURA_A_LO_MAS):
            raise forms.ValidationError("El plazo es de seis meses a lo más.")
        return fecha

    def clean_motivo(self):
        motivo = " ".join(self.cleaned_data["motivo"].split())
        validar_sin_control(motivo)
        return motivo

    @property
    def criterio(self) -> Criterio:
        datos = self.cleaned_data
        return Criterio(
            a_quienes=datos["a_quienes"],
            tipos=datos["tipos"],
            provincias=[provincia.pk for provincia in datos["provincias"]],
            sistemas=[sistema.pk for sistema in datos["sistemas"]],
            solo_vencidos=datos["solo_vencidos"],
        )


class AceptarForm(forms.Form):
    """``visto``: lo que el directorio decía al mirar la propuesta; ``fecha``, si se pide."""

    visto = forms.CharField(required=False, strip=False)
    fecha = campo_de_fecha("Fecha", required=False)


class LlamadaForm(forms.Form):
    llamada = forms.ChoiceField(choices=[("", "Deshacer"), *Pedido.Llamada.choices], required=False)
    nota = forms.CharField(label="Nota", max_length=200, required=False, validators=[validar_sin_control])
