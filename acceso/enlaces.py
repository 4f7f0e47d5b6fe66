"""El enlace con que alguien elige su contraseña: de un solo uso y con fecha."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int

from organizacion.models import Usuario

# Quien ya tiene contraseña y la olvidó está frente a su correo: su enlace dura menos que una invitación.
DE_QUIEN_OLVIDO = 2 * 60 * 60


def segundos_de_vigencia(usuario: Usuario) -> int:
    return DE_QUIEN_OLVIDO if usuario.has_usable_password() else settings.PASSWORD_RESET_TIMEOUT


def texto_de_vigencia(usuario: Usuario) -> str:
    """«3 días» o «2 horas»."""
    segundos = segundos_de_vigencia(usuario)
    return f"{segundos // 86_400} días" if segundos >= 86_400 else f"{segundos // 3600} horas"


class Enlaces(PasswordResetTokenGenerator):
    """Deja de valer al usarse, al entrar, al cambiar el correo de la cuenta o al vencer."""

    def check_token(self, user, token) -> bool:
        if not super().check_token(user, token):
            return False
        emitido = base36_to_int(token.split("-")[0])
        return self._num_seconds(self._now()) - emitido <= segundos_de_vigencia(user)


def enlace_para_elegir_clave(usuario: Usuario) -> str:
    partes = {"uidb36": user_pk_to_url_str(usuario), "key": Enlaces().make_token(usuario)}
    return settings.URL_DEL_SITIO + reverse("account_reset_password_from_key", kwargs=partes)
