from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from organizacion.models import Centro, Organo, Rol, Usuario

from .models import Personal

# Lo que el cargo da por sí solo; el personal de la sede elige.
ROLES_DE_SEDE = (Rol.OGAUC, Rol.COMUNICACIONES, Rol.OAUTDA, Rol.OGTI, Rol.ENTE_RECTOR, Rol.OGARH, Rol.ALIADO, Rol.ODP)


class EntidadForm(WagtailAdminModelForm):
    """Si no se elige centro, la atiende el que tiene a su cargo la provincia."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "centro" in self.fields:
            self.fields["centro"].required = False  # la base lo exige a quien trabaja en un centro
            self.fields["centro"].help_text = "Si lo deja vacío: el que tiene a su cargo la provincia."

    def clean(self):
        datos = super().clean()
        if "centro" in self.fields and not datos.get("centro") and datos.get("distrito"):
            provincia = datos["distrito"].provincia
            centro = Centro.objects.que_atiende(provincia)
            datos["centro"] = self.instance.centro = centro
            if centro is None:
                self.add_error("centro", f"Elija el centro: hoy ninguno tiene a su cargo la provincia {provincia}.")
        return datos


class AccesoForm(forms.ModelForm):
    """Datos de la cuenta que se abre a un miembro del personal."""

    rol = forms.ChoiceField(label="Rol")

    class Meta:
        model = Usuario
        fields = ("username", "email")
        labels = {"username": "Nombre de usuario", "email": "Correo donde recibe la invitación"}
        help_texts = {"username": "Letras, dígitos y los signos @ . + - _, sin espacios."}

    def __init__(self, *args, personal: Personal, **kwargs):
        self.personal = personal
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["rol"].choices = roles_posibles(personal)
        if len(self.fields["rol"].choices) == 1:
            self.fields["rol"].help_text = "Sale de su cargo."

    def clean_username(self):
        nombre = self.cleaned_data["username"].lower()
        if Usuario.objects.filter(username__iexact=nombre).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Otra persona ya usa ese nombre de usuario.")
        return nombre

    def clean_rol(self):
        rol = self.cleaned_data["rol"]
        if rol == Rol.ENTE_RECTOR and not self.personal.sistema_id:
            raise forms.ValidationError("Ponga antes en su registro el sistema administrativo a su cargo.")
        organo = self.personal.organo
        if rol == Rol.ALIADO and (organo is None or organo.tipo != Organo.Tipo.ALIADO):
            raise forms.ValidationError("Ponga antes en su registro la entidad aliada a la que pertenece, como órgano.")
        return rol


def roles_posibles(personal: Personal) -> list[tuple[str, str]]:
    """El rol de su cargo; si es de la sede, los de la sede. El Administrador técnico no se da desde aquí."""
    roles = ROLES_DE_SEDE if personal.cargo == Personal.Cargo.SEDE else (Rol(personal.cargo),)
    return [(rol.value, rol.label) for rol in roles]
