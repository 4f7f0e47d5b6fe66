"""Poner el segundo factor: una aplicación de códigos o una llave de acceso."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from acceso.permissions import es_obligatorio, tiene_segundo_factor

DESPUES = "acceso_despues"


@require_GET
@login_required
def enrolar(request):
    """El primer día: por qué hace falta y con qué se puede."""
    if tiene_segundo_factor(request.user):
        return redirect("acceso_mi_cuenta")
    despues = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(despues, {request.get_host()}, request.is_secure()):
        request.session[DESPUES] = despues
    return render(request, "acceso/enrolar.html", {"obligatorio": es_obligatorio()})


def _cuenta_como_mostrado(request, tipo) -> None:
    """Quien acaba de ponerlo lo tiene en la mano: no se le pide otra vez en esta sesión."""
    factor = Authenticator.objects.filter(user=request.user, type=tipo).latest("pk")
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


class ActivarAplicacion(ActivateTOTPView):
    def form_valid(self, form):
        respuesta = super().form_valid(form)
        _cuenta_como_mostrado(self.request, Authenticator.Type.TOTP)
        return respuesta


class AgregarLlave(AddWebAuthnView):
    def form_valid(self, form):
        respuesta = super().form_valid(form)
        _cuenta_como_mostrado(self.request, Authenticator.Type.WEBAUTHN)
        return respuesta


class VerCodigos(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs):
        contexto = super().get_context_data(**kwargs)
        contexto["despues"] = self.request.session.get(DESPUES) or reverse("wagtailadmin_home")
        return contexto


class QuitarLlave(RemoveWebAuthnView):
    """allauth solo pregunta si se puede quitar la aplicación; la última llave tampoco se quita donde es obligatoria."""

    success_url = reverse_lazy("acceso_mi_cuenta")

    def post(self, request, *args, **kwargs):
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect(self.success_url)
        return super().post(request, *args, **kwargs)


class NombrarLlave(EditWebAuthnView):
    success_url = reverse_lazy("acceso_mi_cuenta")
