from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from comun.validadores import validar_sin_control, validar_telefono
from custodia.forms import CampoDeCopia
from custodia.models import SolicitudDeDerechos, Vulneracion

MOMENTO = "%Y-%m-%dT%H:%M"


def _parrafo(rotulo, ayuda="", **mas):
    return forms.CharField(
        label=rotulo, help_text=ayuda, max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), **mas
    )


def _momento(rotulo):
    return forms.DateTimeField(
        label=rotulo,
        input_formats=[MOMENTO, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENTO),
    )


def exigir_pasado(momento):
    if momento and momento > timezone.now():
        raise ValidationError("Ese momento todavía no llega.")
    return momento


class SinDatosForm(forms.Form):
    """Un paso que solo se confirma."""


class TextoForm(forms.Form):
    """Un paso que se explica: lo recibe la acción con el nombre que espera."""

    texto = _parrafo("Qué se le dice")

    def __init__(self, *args, rotulo="", ayuda="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["texto"].label = rotulo or self.fields["texto"].label
        self.fields["texto"].help_text = ayuda


class CopiaForm(forms.Form):
    copia_de_su_documento = CampoDeCopia(
        label="Copia de su documento",
        help_text="PDF o fotos, todas a la vez, con el poder si lo trae otra persona. Se juntan en un archivo privado, "
        "que reemplaza al que hubiera.",
    )
    copia = b""

    def clean_copia_de_su_documento(self):
        archivos = self.cleaned_data["copia_de_su_documento"]
        self.copia = CampoDeCopia.juntar(archivos)
        return archivos


class VerificarForm(CopiaForm):
    identidad = forms.ChoiceField(
        label="¿Cómo se comprobó quién es?",
        choices=SolicitudDeDerechos.Identidad.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Diga cómo se comprobó: un correo no identifica a nadie."},
    )
    correos = forms.CharField(
        label="Correos que son suyos",
        required=False,
        max_length=2000,
        help_text="Uno por línea, solo los que comprobó. Con ellos se hallan sus suscripciones y sus preguntas; si el "
        "buzón es de varios, de lo demás solo cuenta lo que lleva su nombre.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["identidad", "copia_de_su_documento", "correos"]

    def clean_correos(self):
        for correo in self.cleaned_data["correos"].split():
            try:
                validate_email(correo)
            except ValidationError as error:
                raise ValidationError(f"«{correo}» no es un correo.") from error
        return self.cleaned_data["correos"]


class SubsanarForm(CopiaForm, TextoForm):
    field_order = ["texto", "copia_de_su_documento"]


def _opcional(rotulo, largo, **mas):
    return forms.CharField(
        label=rotulo, max_length=largo, required=False, validators=[validar_sin_control], strip=True, **mas
    )


class RectificarForm(forms.Form):
    """Cómo deben quedar sus datos; lo vacío no cambia."""

    nombres = _opcional("Nombres", 100)
    apellidos = _opcional("Apellidos", 120)
    cargo = _opcional("Cargo", 120)
    correo = forms.EmailField(label="Correo", required=False)
    telefono = forms.CharField(label="Teléfono", max_length=20, required=False, validators=[validar_telefono])

    def clean(self):
        datos = super().clean()
        if not self.errors and not any(datos.values()):
            raise ValidationError("Escriba al menos un dato por corregir.")
        return datos


class VulneracionForm(forms.ModelForm):
    detectada_en = _momento("¿Cuándo se detectó?")

    class Meta:
        model = Vulneracion
        fields = ["detectada_en", "que_paso", "datos", "cuantas", "medidas"]
        labels = {"que_paso": "¿Qué pasó?", "datos": "¿Qué datos?", "cuantas": "¿Cuántas personas?"}
        help_texts = {
            "que_paso": "Sin nombres ni documentos de las personas afectadas.",
            "datos": "Por ejemplo: nombres, DNI y correos de inscritos.",
        }

    def clean_detectada_en(self):
        return exigir_pasado(self.cleaned_data["detectada_en"])


class CompletarForm(forms.ModelForm):
    class Meta:
        model = Vulneracion
        fields = ["que_paso", "datos", "cuantas", "medidas"]
        labels = VulneracionForm.Meta.labels
        help_texts = VulneracionForm.Meta.help_texts


class CerrarForm(TextoForm):
    sin_notificar = _parrafo(
        "¿Por qué no hace falta notificar a las personas?",
        "No consta que se les notificara. Si se hizo, regístrelo antes. Lo que escriba va en el informe.",
    )
    field_order = ["sin_notificar", "texto"]

    def __init__(self, *args, vulneracion, **kwargs):
        super().__init__(*args, rotulo="Conclusión", **kwargs)
        if vulneracion.afectados_en or not vulneracion.notificada_en:
            del self.fields["sin_notificar"]


class NotificarForm(forms.Form):
    en = _momento("¿Cuándo se notificó?")
    como = forms.CharField(label="Constancia", max_length=160, validators=[validar_sin_control])

    motivo = forms.CharField(label="¿Por qué se corrige?", max_length=255, validators=[validar_sin_control])

    def __init__(self, *args, rotulo="", vulneracion, consta=None, **kwargs):
        """``consta``: cuándo dice ya que se notificó; si lo dice, corregirlo se explica."""
        super().__init__(*args, **kwargs)
        self.vulneracion = vulneracion
        self.fields["como"].label = rotulo
        if consta:
            ayuda = (
                f"Ya consta que se notificó el {timezone.localtime(consta):%d/%m/%Y, %H:%M}. Lo que decía se conserva."
            )
            self.fields["motivo"].help_text = ayuda
        else:
            del self.fields["motivo"]

    def clean_en(self):
        momento = exigir_pasado(self.cleaned_data["en"])
        if momento < self.vulneracion.detectada_en:
            raise ValidationError("Es anterior a cuando se detectó.")
        return momento
