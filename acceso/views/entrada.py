"""Entrar, recuperar la contraseña y elegirla: lo que se ve sin estar dentro."""

from allauth.account.views import LoginView, LogoutView, PasswordResetFromKeyView
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from acceso import actions
from acceso.enlaces import texto_de_vigencia
from acceso.forms import OlvideForm
from acceso.sesion import olvidar_lo_visto
from comun.antiabuso import Tope, frenado, navegador_de, texto_de_freno

TOPE = Tope("olvide", cuantos=10)


class Entrar(LoginView):
    def dispatch(self, request, *args, **kwargs):
        """Quien ya entró y no tiene nada que hacer en la intranet lo lee, en vez de dar vueltas entre las dos."""
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            return render(request, "acceso/sin_roles.html")
        return super().dispatch(request, *args, **kwargs)


class Salir(LogoutView):
    def post(self, *args, **kwargs):
        return olvidar_lo_visto(super().post(*args, **kwargs))


@never_cache
def olvide(request):
    """Pide el enlace para elegir contraseña. Responde y tarda lo mismo exista la cuenta o no."""
    form = OlvideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if frenado(request, TOPE, navegador_de(request)):
            form.add_error(None, texto_de_freno())
            return render(request, "account/password_reset.html", {"form": form}, status=429)
        actions.pedir_enlace(escrito=form.cleaned_data["escrito"])
        return redirect("account_reset_password_done")
    return render(request, "account/password_reset.html", {"form": form})


@require_GET
def olvide_enviado(request):
    return render(request, "account/password_reset_done.html")


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password1", "password2"), name="dispatch")
class ElegirClave(PasswordResetFromKeyView):
    """La invitación y el olvido acaban aquí; después se entra, con el segundo factor que toque."""

    def get_context_data(self, **kwargs):
        contexto = super().get_context_data(**kwargs)
        if self.reset_user:
            contexto |= {"usuario": self.reset_user, "vale": texto_de_vigencia(self.reset_user)}
        return contexto
