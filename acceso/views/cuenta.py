"""«Mi cuenta»: la contraseña, el segundo factor y las sesiones de uno mismo."""

from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from acceso import actions
from acceso.aparatos import nombre_de_aparato
from acceso.permissions import es_obligatorio, factores_de
from acceso.sesion import sesiones_abiertas


class CambiarClave(PasswordChangeView):
    def dispatch(self, request, *args, **kwargs):
        """Sin contraseña (entró con su llave) no hay cuál escribir: la elige con el enlace que le llega al correo."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


@never_cache
@require_GET
@login_required
def mi_cuenta(request):
    factores = factores_de(request.user)
    codigos = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    contexto = {
        "aplicacion": factores.filter(type=Authenticator.Type.TOTP).first(),
        "llaves": factores.filter(type=Authenticator.Type.WEBAUTHN).order_by("pk"),
        "codigos": codigos,
        "codigos_libres": len(codigos.wrap().get_unused_codes()) if codigos else 0,
        "obligatorio": es_obligatorio(),
        "sesiones": len(sesiones_abiertas(request.user)),
    }
    return render(request, "acceso/mi_cuenta.html", contexto)


@never_cache
@require_GET
@login_required
def sesiones(request):
    UserSession.objects.create_from_request(request)
    abiertas = sesiones_abiertas(request.user)
    filas = [{"sesion": s, "aparato": nombre_de_aparato(s.user_agent), "es_esta": s.is_current()} for s in abiertas]
    return render(request, "usersessions/usersession_list.html", {"filas": filas})


@require_POST
@login_required
def cerrar_sesion(request, pk):
    sesion = get_object_or_404(UserSession, pk=pk, user=request.user)
    if sesion.session_key == request.session.session_key:
        return redirect("account_logout")
    actions.cerrar_sesion(sesion=sesion, por=request.user, request=request)
    messages.success(request, "Esa sesión quedó cerrada.")
    return redirect("usersessions_list")


@require_POST
@login_required
def cerrar_las_demas(request):
    cuantas = actions.cerrar_sesiones(
        usuario=request.user, por=request.user, salvo=request.session.session_key, request=request
    )
    messages.success(request, f"Sesiones cerradas: {cuantas}.")
    return redirect("usersessions_list")
