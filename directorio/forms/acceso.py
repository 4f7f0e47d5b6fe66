from django import forms

from directorio.models import Personal
from organizacion.models import Organo, Rol, Usuario

# Lo que el cargo da por sí solo; el personal de la sede elige.
ROLES_DE_SEDE = (Rol.OGAUC, Rol.COMUNICACIONES, Rol.OAUTDA, Rol.OGTI, Rol.ENTE_RECTOR, Rol.OGARH, Rol.ALIADO, Rol.ODP)


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
        # Solo cifras sería un documento a la vista de todos: el rastro muestra el usuario sin tapar.
        if not any(signo.isalpha() for signo in nombre):
            raise forms.ValidationError("Lleve al menos una letra: su número de documento no sirve de usuario.")
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
