"""Los formularios de la entrada: los de allauth, en español y con todo fallo contado en un solo lugar."""

import struct

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, ResetPasswordKeyForm, UserTokenForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.db import transaction
from django.utils import timezone

from comun.validadores import validar_sin_control

from .cerrojo import contar_fallo, esta_bloqueado

AYUDA_DE_CLAVE = (
    "Doce caracteres o más. Sirve una frase de varias palabras. No vale una contraseña común, solo números ni algo "
    "parecido a su usuario o su nombre."
)
BLOQUEADO = "Demasiados intentos fallidos."
MAL_ARMADO = (AttributeError, KeyError, IndexError, TypeError, ValueError, struct.error)
# Una aplicación cambia de código cada 30 segundos y se acepta el anterior y el siguiente.
UN_CODIGO_DURA = 120


def _rotular(form, rotulos):
    for campo, rotulo in rotulos.items():
        form.fields[campo].label = rotulo
        form.fields[campo].widget.attrs.pop("placeholder", None)


class EntradaForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _rotular(self, {"login": "Usuario", "password": "Contraseña"})
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class OlvideForm(forms.Form):
    escrito = forms.CharField(
        label="Usuario o correo",
        max_length=254,
        validators=[validar_sin_control],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class EnlaceForm(UserTokenForm):
    """El enlace de una cuenta cerrada no vale, aunque no se haya usado."""

    def _get_user(self, uidb36):
        usuario = super()._get_user(uidb36)
        return usuario if usuario and usuario.is_active else None


class _ClaveNueva:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _rotular(self, {"password1": "Contraseña nueva", "password2": "Contraseña nueva, otra vez"})
        self.fields["password1"].help_text = AYUDA_DE_CLAVE


class ElegirClaveForm(_ClaveNueva, ResetPasswordKeyForm):
    pass


class CambiarClaveForm(_ClaveNueva, ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _rotular(self, {"oldpassword": "Contraseña actual"})
        self.fields["oldpassword"].help_text = ""

    def clean_oldpassword(self):
        """Adivinarla aquí cuenta como adivinarla en la entrada."""
        clave = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, clave):
            raise get_adapter().validation_error("enter_current_password")
        return clave


class ConfirmarForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _rotular(self, {"password": "Contraseña"})
        self.fields["password"].help_text = ""


class _ConCodigo:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _rotular(self, {"code": "Código"})
        self.fields["code"].help_text = "Los seis números de su aplicación, o uno de sus códigos de respaldo."
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}

    def clean_code(self):
        if esta_bloqueado(context.request, self.user):
            raise forms.ValidationError(BLOQUEADO)
        try:
            codigo = super().clean_code()
            self._gastar(codigo)
        except forms.ValidationError:
            contar_fallo(context.request, self.user)
            raise
        return codigo

    @transaction.atomic
    def _gastar(self, codigo):
        """Un código de la aplicación abre una sola vez, también entre procesos que no comparten la caché."""
        factor = Authenticator.objects.select_for_update().get(pk=self.authenticator.pk)
        if factor.type != Authenticator.Type.TOTP:
            return
        usado, ahora = factor.data.get("ultimo", ["", 0]), timezone.now().timestamp()
        if usado[0] == codigo.strip() and ahora - usado[1] < UN_CODIGO_DURA:
            raise forms.ValidationError("Ese código ya se usó. Espere al siguiente.")
        factor.data["ultimo"] = [codigo.strip(), ahora]
        factor.save(update_fields=["data"])


class CodigoForm(_ConCodigo, AuthenticateForm):
    pass


class ConfirmarCodigoForm(_ConCodigo, ReauthenticateCodeForm):
    pass


class ActivarAplicacionForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _rotular(self, {"code": "Código que muestra la aplicación"})
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class QuitarAplicacionForm(DeactivateTOTPForm):
    pass


class _LlaveLegible:
    """Lo que llega de la llave lo escribe el navegador: mal armado es un error del formulario y no del portal."""

    def clean_credential(self):
        return self._leer(getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"]))

    def clean(self):
        return self._leer(super().clean)

    def _leer(self, hacer):
        try:
            return hacer()
        except MAL_ARMADO as error:
            raise forms.ValidationError("La llave no se reconoció. Vuelva a intentar.") from error


class EntrarConLlaveForm(_LlaveLegible, LoginWebAuthnForm):
    pass


class MostrarLlaveForm(_LlaveLegible, AuthenticateWebAuthnForm):
    pass


class ConfirmarLlaveForm(_LlaveLegible, ReauthenticateWebAuthnForm):
    pass


class _NombreDeLlave:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nombre de la llave"
        self.fields["name"].max_length = 60
        self.fields["name"].validators += [validar_sin_control]
        self.fields["name"].widget.attrs["maxlength"] = 60


class AgregarLlaveForm(_NombreDeLlave, _LlaveLegible, AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Para reconocerla: «Mi celular», «Llave azul»."
        self.fields["passwordless"].label = "Entrar solo con esta llave, sin escribir usuario ni contraseña"
        self.fields["passwordless"].help_text = ""


class NombrarLlaveForm(_NombreDeLlave, EditWebAuthnForm):
    pass


class MotivoDeCuentaForm(forms.Form):
    motivo = forms.CharField(
        label="Motivo",
        help_text="Queda en el rastro y se le dice a la persona. Sin documentos, correos ni teléfonos.",
        min_length=10,
        max_length=255,
        validators=[validar_sin_control],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"min_length": "Dígalo con algo más de detalle: %(limit_value)d letras o más."},
    )
