"""Programar una capacitación: sus datos, sus sesiones, sus expositores y su programa (Anexo 5)."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from comun.alcance import alcance_de
from comun.templatetags.comun import hora
from directorio.choosers import selector_de_entidad
from directorio.models import Entidad, Personal
from eventos.actions.filas import Filas
from eventos.models import ActividadPrograma, Capacitacion, Expositor, Motivo
from organizacion.choosers import selector_de_distrito
from organizacion.models import Centro

from .campos import FechaYHora, Hora, parrafo, validar_anio

# Un día de mañana y tarde; si no se escribe la fecha, la fila no cuenta.
HORARIO_HABITUAL = [
    {"hora_inicio": dt.time(9), "hora_fin": dt.time(13)},
    {"hora_inicio": dt.time(14, 30), "hora_fin": dt.time(17, 30)},
]


# Con cualquiera de los dos se llena este formulario.
PROGRAMAR = ("eventos.add_capacitacion", "eventos.change_capacitacion")

PRINCIPALES = (
    "titulo",
    "tipo",
    "modalidad",
    "centro",
    "sistemas",
    "lugar",
    "direccion",
    "distrito",
    "como_llegar",
    "enlace_virtual",
    "cupos",
    "objetivo",
    "publico_objetivo",
)


class CapacitacionForm(forms.ModelForm):
    enlace_virtual = forms.URLField(
        label="Enlace de la sesión virtual", max_length=200, required=False, assume_scheme="https"
    )
    cupos = forms.IntegerField(
        label="Cupos", min_value=1, max_value=10_000, required=False, help_text="Vacío: sin límite."
    )
    maximo_por_entidad = forms.IntegerField(
        label="Máximo por entidad",
        min_value=1,
        max_value=1000,
        required=False,
        help_text="Vacío: sin máximo. Cuentan también quienes esperan.",
    )
    inscripcion_abre_en = forms.DateTimeField(
        label="La inscripción abre",
        required=False,
        widget=FechaYHora,
        validators=[validar_anio],
        help_text="Vacío: al publicarla.",
    )
    inscripcion_cierra_en = forms.DateTimeField(
        label="La inscripción cierra",
        required=False,
        widget=FechaYHora,
        validators=[validar_anio],
        help_text="Vacío: al empezar la primera sesión.",
    )
    motivo_del_cambio = forms.ChoiceField(
        label="Motivo, si cambian la fecha, la hora o el lugar",
        choices=[("", "No cambian"), *Motivo.choices],
        required=False,
    )

    confirma_lo_que_cuelga = forms.BooleanField(
        label="Sí: quitar o mover esas sesiones aunque se pierda lo que tienen", required=False
    )
    pide_confirmar = False  # lo pone la vista cuando una sesión que se quita o se mueve lleva algo

    class Meta:
        model = Capacitacion
        fields = [
            "titulo",
            "tipo",
            "modalidad",
            "sistemas",
            "objetivo",
            "publico_objetivo",
            "metodologia",
            "descripcion",
            "lugar",
            "direccion",
            "distrito",
            "como_llegar",
            "enlace_virtual",
            "cupos",
            "inscripcion_abre_en",
            "inscripcion_cierra_en",
            "centro",
            "organizador",
            "organizador_nombre",
            "origen",
            "entidad_solicitante",
            "aliado",
            "aliado_privado",
            "convenio",
            "maximo_por_entidad",
            "abierta_a_ciudadania",
            "apertura_pedida_por",
        ]
        widgets = {
            "sistemas": forms.CheckboxSelectMultiple,
            "distrito": selector_de_distrito.widget_class,
            "entidad_solicitante": selector_de_entidad.widget_class,
            "como_llegar": parrafo(),
            "objetivo": parrafo(),
            "publico_objetivo": parrafo(),
            "metodologia": parrafo(),
        }

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.centro_de_antes = self.instance.centro_id
        self._estrechar(usuario)
        for nombre in ("tipo", "modalidad"):
            opciones = self.fields[nombre].choices
            self.fields[nombre].choices = [("", "Elija"), *opciones[1:]]
        if not self.instance.esta_publicada:
            del self.fields["motivo_del_cambio"]

    def _estrechar(self, usuario):
        """Cada selector ofrece solo lo de los centros en que ``usuario`` programa; un valor ajeno no valida."""
        alcance = alcance_de(usuario, *PROGRAMAR)
        centro = self.fields["centro"]
        propios = Q() if alcance.nacional else Q(pk__in=alcance.centros)
        centro.queryset = Centro.objects.filter(propios, Q(esta_activo=True) | Q(pk=self.centro_de_antes))
        centro.required = not alcance.nacional
        centro.help_text = centro.help_text if alcance.nacional else ""
        if len(alcance.centros) == 1 and not alcance.nacional:
            centro.empty_label = None
            centro.initial = next(iter(alcance.centros))
        self.fields["aliado"].empty_label = "Con nadie"
        entidad = self.fields["entidad_solicitante"]
        entidad.queryset = entidad.widget.filas = Entidad.objects.para(usuario)

    @property
    def principales(self):
        """Los campos que siempre se llenan; el resto va plegado."""
        return [self[nombre] for nombre in PRINCIPALES if nombre in self.fields]

    @property
    def lo_demas(self):
        aparte = {*PRINCIPALES, "motivo_del_cambio", "confirma_lo_que_cuelga"}
        return [campo for campo in self if campo.name not in aparte]

    @property
    def abrir_lo_demas(self):
        return any(campo.errors for campo in self.lo_demas)

    def clean_centro(self):
        centro = self.cleaned_data["centro"]
        if self.instance.pk and (centro.pk if centro else None) != self.centro_de_antes:
            raise ValidationError("Una capacitación no cambia de centro: cancélela y prográmela en el otro.")
        return centro


class ExpositorForm(forms.ModelForm):
    class Meta:
        model = Expositor
        fields = ["personal", "nombre", "procedencia", "cargo", "tema"]

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        alcance = alcance_de(usuario, *PROGRAMAR)
        cercanos = Q() if alcance.nacional else Q(centro__in=alcance.centros) | Q(centro__isnull=True)
        vigentes = Personal.objects.vigentes().filter(cercanos)
        self.fields["personal"].queryset = (
            vigentes | Personal.objects.filter(pk=self.instance.personal_id)
        ).select_related("centro", "sistema")
        self.fields["personal"].empty_label = "Otra persona"
        self.fields["nombre"].required = False

    def clean(self):
        """Elegir a alguien del directorio llena su nombre, su cargo y de dónde viene."""
        datos = super().clean()
        personal = datos.get("personal")
        if personal and not datos.get("nombre"):
            datos["nombre"] = str(personal)
            datos["cargo"] = datos.get("cargo") or personal.cargo_completo
            datos["procedencia"] = Expositor.Procedencia.CENTRO if personal.centro_id else Expositor.Procedencia.SEDE
        if not datos.get("nombre") and "nombre" not in self.errors:
            self.add_error("nombre", "Elija a alguien del personal o escriba el nombre.")
        return datos


class SesionDelPrograma(forms.ModelChoiceField):
    def __init__(self, sesiones):
        super().__init__(sesiones, label="Sesión", empty_label="Elija", error_messages={"required": "Elija la sesión."})

    def label_from_instance(self, sesion):
        return f"{sesion.fecha:%d/%m}, {hora(sesion.hora_inicio)}"


class ActividadForm(forms.ModelForm):
    class Meta:
        model = ActividadPrograma
        fields = ["sesion", "hora_inicio", "hora_fin", "actividad", "metodologia", "responsable"]
        widgets = {"hora_inicio": Hora, "hora_fin": Hora}

    def __init__(self, *args, sesiones, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sesion"] = SesionDelPrograma(sesiones)
        self.unica = sesiones[0] if len(sesiones) == 1 else None
        if self.unica:
            del self.fields["sesion"]  # no hay qué elegir

    def clean(self):
        datos = super().clean()
        if self.unica:
            self.instance.sesion = self.unica
        return datos


class CancelarForm(forms.Form):
    motivo = forms.ChoiceField(label="Motivo", choices=[("", "Elija el motivo"), *Motivo.choices])
    detalle = forms.CharField(
        label="Detalle", max_length=180, required=False, help_text="Lo leerán las personas inscritas y el público."
    )


def filas_de(formset) -> Filas:
    """Lo que un juego de filas, ya válido, guarda y quita."""
    guardar = formset.save(commit=False)
    return Filas(guardar=guardar, quitar=formset.deleted_objects)
