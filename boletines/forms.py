from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from comun.antiabuso import SinRobots
from comun.validadores import validar_sin_control
from custodia.actions import aviso_vigente
from custodia.models import Aviso
from organizacion.models import Centro, Sistema

from .actions.suscripcion import esta_cerrada
from .models import Suscriptor

CORREO_INVALIDO = "Escriba un correo válido, como nombre@entidad.gob.pe."
FALTA_TIPO = "Elija al menos uno. Si no quiere recibir nada, use «Dejar de recibir todo»."


class QueRecibe(forms.ModelForm):
    """Qué correos y sobre qué temas: lo mismo al suscribirse, al aceptar una invitación y al cambiar de idea."""

    tipos = forms.MultipleChoiceField(
        label="Qué quiere recibir",
        choices=[
            (Suscriptor.Tipo.BOLETIN, "El boletín, una vez al mes"),
            (Suscriptor.Tipo.COMUNICADOS, "Los comunicados del MEF"),
            (Suscriptor.Tipo.INFORMATIVOS, "Los correos informativos de su centro: plazos, cambios y novedades"),
        ],
        initial=Suscriptor.Tipo.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": FALTA_TIPO},
    )
    temas = forms.ModelMultipleChoiceField(
        label="Sobre qué temas",
        queryset=Sistema.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Si no marca ninguno, le llegan todos.",
    )

    class Meta:
        model = Suscriptor
        fields = ["nombre", "centro"]
        labels = {"centro": "Centro que le corresponde"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nombre"].widget.attrs["autocomplete"] = "name"
        self.fields["centro"].queryset = Centro.objects.activos()
        self.fields["centro"].empty_label = "Cualquiera"
        self.fields["temas"].queryset = Sistema.objects.all()

    @property
    def eleccion(self) -> dict:
        """Lo elegido, con los nombres que esperan las acciones."""
        return {nombre: self.cleaned_data[nombre] for nombre in ("nombre", "centro", "tipos", "temas")}


class ConAviso(forms.Form):
    """La casilla con que se acepta el aviso de privacidad vigente, y su texto."""

    acepta = forms.BooleanField(
        label="He leído el aviso y acepto recibir estos correos",
        error_messages={"required": "Para escribirle necesitamos que acepte el aviso."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.aviso = aviso_vigente(Aviso.Finalidad.SUSCRIPCION)


class SuscripcionForm(SinRobots, ConAviso, QueRecibe):
    """Lo que se pide a quien quiere suscribirse. No dice si la dirección ya está: la unicidad no se valida aquí."""

    class Meta(QueRecibe.Meta):
        fields = ["correo", "nombre", "centro"]
        labels = {"correo": "Correo electrónico", "centro": "Centro que le corresponde"}
        help_texts = {"correo": "Por ejemplo, rosa.quispe@municipalidad.example"}
        error_messages = {"correo": {"required": "Escriba su correo electrónico.", "invalid": CORREO_INVALIDO}}

    field_order = ["correo", "nombre", "centro", "tipos", "temas", "acepta"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["correo"].widget.attrs["autocomplete"] = "email"

    def validate_unique(self):
        """Igual respuesta para una dirección conocida y una nueva."""


class PreferenciasForm(QueRecibe):
    """Lo que cambia quien ya está suscrito."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"tipos": self.instance.tipos, "temas": list(self.instance.temas.all())}
        # Un centro que ya no atiende no se ofrece, pero quien lo tenía no lo pierde por cambiar otra cosa.
        if self.instance.centro_id:
            self.fields["centro"].queryset |= Centro.objects.filter(pk=self.instance.centro_id)


class InvitacionForm(ConAviso, QueRecibe):
    """Lo que decide quien fue invitado: al aceptar ya prueba que el correo es suyo."""

    field_order = ["nombre", "centro", "tipos", "temas", "acepta"]


class PausaForm(forms.Form):
    dias = forms.TypedChoiceField(
        label="Por cuánto tiempo",
        choices=[(30, "Un mes"), (90, "Tres meses"), (180, "Seis meses"), (0, "Quitar la pausa")],
        coerce=int,
        error_messages={"required": "Elija por cuánto tiempo.", "invalid_choice": "Elija por cuánto tiempo."},
    )


class PedirPreferenciasForm(SinRobots, forms.Form):
    correo = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Escriba su correo electrónico.", "invalid": CORREO_INVALIDO},
    )


class SuscriptorForm(WagtailAdminModelForm):
    """El registro del personal: el correo se escribe al agregar y después no cambia."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        correo = self.fields["correo"]
        correo.disabled = bool(self.instance.pk)
        correo.help_text = (
            "No se cambia: la persona lo confirmó. Para otro, agregue un suscriptor."
            if self.instance.pk
            else "Le escribiremos para que confirme; hasta entonces no recibe nada."
        )

    def clean_correo(self):
        correo = self.cleaned_data["correo"].lower()
        if not self.instance.pk and esta_cerrada(correo):
            raise ValidationError("Esa dirección rebota o marcó un envío como no deseado: no se le puede escribir.")
        return correo


class MotivoForm(forms.Form):
    """Por qué se borra: queda en la huella."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=255,
        validators=[validar_sin_control],
        widget=forms.TextInput,
        error_messages={"required": "Escriba el motivo: queda anotado con su nombre."},
    )


class ImportacionForm(forms.Form):
    archivo = forms.FileField(
        label="Lista (CSV o Excel)",
        max_length=160,
        help_text="Columnas: correo, nombre, centro y temas; solo la primera es obligatoria. Hasta 100,000 líneas. "
        "Todavía no se suscribe a nadie.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": "Elija el archivo.", "empty": "El archivo está vacío."},
    )
    procedencia = forms.CharField(
        label="De dónde viene la lista y cómo aceptaron",
        max_length=300,
        help_text="Por ejemplo: «Fichas del taller de cierre contable, con su casilla de boletín marcada».",
        validators=[validar_sin_control],
        error_messages={"required": "Diga de dónde viene: sin eso no se puede responder a quien lo reclame."},
    )
    centro = forms.ModelChoiceField(
        label="Centro de las líneas que no dicen ninguno",
        queryset=Centro.objects.none(),
        required=False,
        empty_label="Ninguno",
    )
    evidencia = forms.FileField(
        label="Evidencia de que aceptaron (PDF o foto)",
        max_length=160,
        required=False,
        help_text="Con ella quedan suscritos. Sin ella se les escribe una sola vez para invitarlos.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/*"}),
    )
    recogida_en = forms.DateField(
        label="Cuándo aceptaron", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centro"].queryset = Centro.objects.activos()

    def clean(self):
        datos = super().clean()
        if datos.get("evidencia") and not datos.get("recogida_en") and "recogida_en" not in self.errors:
            self.add_error("recogida_en", "Con evidencia, diga cuándo aceptaron.")
        if datos.get("recogida_en") and datos["recogida_en"] > timezone.localdate():
            self.add_error("recogida_en", "Esa fecha todavía no llega.")
        return datos
