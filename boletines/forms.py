from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from comun.antiabuso import SinRobots
from custodia.actions import aviso_vigente
from custodia.models import Aviso
from organizacion.models import Centro

from .models import Suscriptor


class SuscripcionForm(SinRobots, forms.ModelForm):
    """Lo que se pide a quien quiere el boletín. No dice si la dirección ya está: la unicidad no se valida aquí."""

    acepta = forms.BooleanField(
        label="He leído el aviso y acepto recibir el boletín en este correo",
        error_messages={"required": "Para enviarle el boletín necesitamos que acepte el aviso."},
    )

    class Meta:
        model = Suscriptor
        fields = ["correo", "nombre", "centro"]
        labels = {"correo": "Correo electrónico", "centro": "Centro que le corresponde"}
        help_texts = {"correo": "Por ejemplo, rosa.quispe@municipalidad.example"}
        error_messages = {
            "correo": {
                "required": "Escriba su correo electrónico.",
                "invalid": "Escriba un correo válido, como nombre@entidad.gob.pe.",
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["correo"].widget.attrs["autocomplete"] = "email"
        self.fields["nombre"].widget.attrs["autocomplete"] = "name"
        self.fields["centro"].queryset = Centro.objects.activos()
        self.fields["centro"].empty_label = "Cualquiera"
        self.aviso = aviso_vigente(Aviso.Finalidad.SUSCRIPCION)

    def validate_unique(self):
        """Igual respuesta para una dirección conocida y una nueva."""


class SuscriptorForm(WagtailAdminModelForm):
    """El registro del personal: el correo se escribe al agregar y después no cambia."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        correo = self.fields["correo"]
        correo.disabled = bool(self.instance.pk)
        correo.help_text = (
            "No se cambia: la persona lo confirmó. Para otro, agregue un suscriptor."
            if self.instance.pk
            else "Le escribiremos para que confirme; hasta entonces no recibe el boletín."
        )

    def clean_correo(self):
        return self.cleaned_data["correo"].lower()
