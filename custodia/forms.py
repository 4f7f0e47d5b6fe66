from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from comun.antiabuso import SinRobots
from comun.subidas import TOPE, leer_escaneo
from comun.validadores import validar_documento, validar_sin_control
from comun.varios_archivos import CampoDeArchivos, VariosArchivos
from organizacion.models import Centro

from .models import SolicitudDeDerechos


def _texto(etiqueta, **mas):
    return forms.CharField(label=etiqueta, required=False, max_length=100, validators=[validar_sin_control], **mas)


class RastroForm(forms.Form):
    """Los filtros del rastro. El nombre o el documento de alguien no va aquí: iría en la dirección."""

    usuario = _texto("Quién lo hizo", widget=forms.TextInput(attrs={"placeholder": "Nombre o usuario"}))
    accion = _texto("Acción", widget=forms.TextInput(attrs={"list": "acciones", "placeholder": "exportar…"}))
    motivo = _texto("Motivo contiene")
    desde = forms.DateField(label="Desde", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    hasta = forms.DateField(label="Hasta", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean(self):
        datos = super().clean()
        if datos.get("desde") and datos.get("hasta") and datos["desde"] > datos["hasta"]:
            self.add_error("hasta", "Es anterior a «Desde».")
        return datos


class BuscarPersonaForm(forms.Form):
    texto = forms.CharField(
        label="Nombre, documento o correo",
        min_length=3,
        max_length=100,
        validators=[validar_sin_control],
        error_messages={"required": "Escriba a quién busca.", "min_length": "Escriba tres letras o más."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class CampoDeCopia(CampoDeArchivos):
    """El documento de identidad por sus dos lados y, si hace falta, el poder. ``juntar`` los deja en un solo PDF."""

    a_la_vez = 6

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=VariosArchivos(attrs={"accept": ".pdf,image/*"}), **kwargs)

    def revisar(self, archivos):
        if sum(archivo.size for archivo in archivos) > TOPE:
            raise ValidationError("Pesan más de 20 MB en total: suba fotos más pequeñas.")

    @staticmethod
    def juntar(archivos) -> bytes:
        return leer_escaneo(archivos)[0] if archivos else b""


class DatosDeSolicitud(forms.ModelForm):
    """Lo que se pide a quien presenta una solicitud sobre sus datos, en la web o en papel."""

    copia_de_su_documento = CampoDeCopia(
        label="Copia de su documento de identidad",
        help_text="PDF o fotos, todas a la vez; si la presenta otra persona, también su poder. Sin copia, muéstrelo en "
        "la mesa de partes de un CONECTAMEF: un correo no dice quién es.",
    )

    class Meta:
        model = SolicitudDeDerechos
        fields = [
            *("derecho", "tipo_documento", "numero_documento", "nombres", "apellidos", "representante"),
            *("correo", "telefono", "pedido"),
        ]
        labels = {"derecho": "¿Qué derecho ejerce?", "pedido": "¿Qué pide?", "correo": "Correo"}
        help_texts = {
            "representante": "Si la presenta otra persona en su nombre, quién es. Adjunte su poder junto con la copia.",
            "pedido": "Por ejemplo: qué dato está mal y cómo debe quedar, o de qué envíos no quiere saber más.",
        }
        widgets = {"pedido": forms.Textarea(attrs={"rows": 5, "maxlength": 3000})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.copia = b""
        for nombre in ("derecho", "tipo_documento"):
            opciones = self.Meta.model._meta.get_field(nombre).choices
            self.fields[nombre].choices = [("", "Elija"), *opciones]

    def clean_copia_de_su_documento(self):
        archivos = self.cleaned_data["copia_de_su_documento"]
        self.copia = CampoDeCopia.juntar(archivos)
        return archivos

    def clean(self):
        datos = super().clean()
        try:
            tipo, numero = datos.get("tipo_documento", ""), datos.get("numero_documento", "")
            if tipo and numero:
                datos["numero_documento"] = validar_documento(tipo, numero)
        except ValidationError as error:
            self.add_error("numero_documento", error)
        return datos

    @property
    def datos(self) -> dict:
        """Lo que ``actions.derechos.registrar`` pide."""
        return {nombre: self.cleaned_data[nombre] for nombre in self.Meta.fields}


class SolicitudForm(SinRobots, DatosDeSolicitud):
    """La pública. El correo es obligatorio: ahí se responde."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["correo"].required = True
        self.fields["correo"].help_text = "Ahí le responderemos."
        for nombre, valor in (("nombres", "given-name"), ("apellidos", "family-name"), ("correo", "email")):
            self.fields[nombre].widget.attrs["autocomplete"] = valor

    @property
    def visibles(self):
        return [campo for campo in self.visible_fields() if campo.name != "sitio_web"]


class SolicitudEnPapelForm(DatosDeSolicitud):
    """La que llegó a la mesa de partes de un centro; la registra su personal."""

    class Meta(DatosDeSolicitud.Meta):
        fields = [*DatosDeSolicitud.Meta.fields, "centro", "recibida_el"]
        labels = DatosDeSolicitud.Meta.labels | {"centro": "Centro que la recibió", "recibida_el": "Recibida el"}
        widgets = DatosDeSolicitud.Meta.widgets | {
            "recibida_el": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    def __init__(self, *args, centros, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centro"].queryset = Centro.objects.filter(pk__in=centros)
        self.fields["centro"].required = True
        if len(centros) == 1:
            self.initial["centro"] = next(iter(centros))

    def clean_recibida_el(self):
        fecha = self.cleaned_data["recibida_el"]
        if fecha > timezone.localdate():
            raise ValidationError("Esa fecha todavía no llega.")
        return fecha
