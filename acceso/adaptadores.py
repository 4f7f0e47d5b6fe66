"""Cómo se comporta allauth aquí: sin registro, con rastro, con nuestros correos y con los secretos cifrados."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from comun.pedido import ip_de
from custodia.actions import anotar

from . import actions, cifrado, correos
from .permissions import es_obligatorio, factores_de

# Quien entró hace menos de esto no tiene que confirmar otra vez quién es.
RECIEN = 5 * 60


class Cuentas(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "El usuario o la contraseña no son correctos.",
        "incorrect_password": "La contraseña no es correcta.",
        "enter_current_password": "Su contraseña actual no es esa.",
        "too_many_login_attempts": "Demasiados intentos. Espere unos minutos.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        # Por un socket de Unix y sin proxy declarado no hay dirección, y la lista de sesiones necesita una.
        return ip_de(request) or "0.0.0.0"  # noqa: S104 - no se escucha en ella

    def login(self, request, user):
        super().login(request, user)
        pasos = sorted({paso["method"] for paso in get_authentication_records(request, user)})
        anotar(accion="entrar", por=user, objeto=user, detalle={"con": pasos}, request=request)

    def logout(self, request):
        usuario = request.user
        super().logout(request)
        anotar(accion="salir", por=usuario, objeto=usuario, request=request)

    def respond_user_inactive(self, request, user):
        return redirect("account_login")

    def get_password_change_redirect_url(self, request):
        return reverse("acceso_mi_cuenta")

    def is_reauthentication_required(self, *, app, **kwargs):
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        pasos = get_authentication_records(self.request, self.request.user)
        return not any(timezone.now().timestamp() - paso["at"] < RECIEN for paso in pasos)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Entrar y salir ya se notan; lo demás se dice."""
        if message_template and message_template.endswith(("logged_in.txt", "logged_out.txt")):
            return
        super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """allauth pasa por aquí cada vez que cambia la seguridad de una cuenta: se anota y se avisa."""
        novedad = correos.NOVEDADES[template_prefix.rpartition("/")[2]]
        anotar(accion=novedad.accion, por=user, objeto=user, detalle={"que": novedad.frase}, request=self.request)
        correos.avisar(user, novedad.frase)
        if novedad.accion in {"cambiar contraseña", "elegir contraseña"}:
            actions.cerrar_sesiones(
                usuario=user, por=user, salvo=self.request.session.session_key or "", request=self.request
            )


class SegundosFactores(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "El código no es correcto. Revise que sea el último que muestra su aplicación.",
        "cannot_delete_authenticator": "Es su único segundo factor y es obligatorio: agregue otro antes de quitarlo.",
    }

    def encrypt(self, text):
        return cifrado.cifrar(text)

    def decrypt(self, encrypted_text):
        return cifrado.descifrar(encrypted_text)

    def _get_site_name(self):
        return "CONECTAMEF"

    def _get_user_identifier(self, user):
        return user.get_username()

    def can_delete_authenticator(self, authenticator):
        return not es_obligatorio() or factores_de(authenticator.user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type):
        cuantas = factores_de(user).filter(type=type).count()
        return "Mi llave de acceso" if not cuantas else f"Llave de acceso {cuantas + 1}"
