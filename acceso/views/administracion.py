"""La seguridad de la cuenta de otro: verla, desbloquearla, cerrar sus sesiones y restablecer su segundo factor."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, permission_required

from acceso import actions, cerrojo
from acceso.forms import MotivoDeCuentaForm
from acceso.permissions import es_obligatorio, factores_de, puede_cuidar
from organizacion.models import Usuario

cuida_cuentas = permission_required("organizacion.change_usuario")


def _contexto(cuenta, form=None) -> dict:
    fallos = sum(cerrojo.intentos_de(cuenta).values_list("failures_since_start", flat=True))
    return {
        "cuenta": cuenta,
        "factores": factores_de(cuenta),
        "fallos": fallos,
        "bloqueada": fallos >= settings.AXES_FAILURE_LIMIT,
        "sesiones": len(UserSession.objects.purge_and_list(cuenta)),
        "form": form or MotivoDeCuentaForm(),
    }


@require_GET
@cuida_cuentas
def seguridad(request, pk):
    cuenta = get_object_or_404(Usuario, pk=pk)
    contexto = _contexto(cuenta) | {"puede": puede_cuidar(request.user, cuenta)}
    return render(request, "acceso/seguridad.html", contexto)


def _que_cuida(vista):
    """Para lo que cambia la cuenta de otro: permiso, que exista y que no sea la propia ni una de más arriba."""

    @require_POST
    @cuida_cuentas
    def envuelta(request, pk):
        cuenta = get_object_or_404(Usuario, pk=pk)
        if not puede_cuidar(request.user, cuenta):
            return permission_denied(request)
        return vista(request, cuenta) or redirect("acceso_seguridad", pk=pk)

    return envuelta


@_que_cuida
def restablecer(request, cuenta):
    form = MotivoDeCuentaForm(request.POST)
    if not form.is_valid():
        return render(request, "acceso/seguridad.html", _contexto(cuenta, form) | {"puede": True})
    actions.restablecer_segundo_factor(
        usuario=cuenta, motivo=form.cleaned_data["motivo"], por=request.user, request=request
    )
    sigue = "pondrá otro segundo factor al entrar" if es_obligatorio() else "entra ahora solo con su contraseña"
    messages.success(request, f"{cuenta} {sigue}. Se lo avisamos por correo.")
    return None


@_que_cuida
def desbloquear(request, cuenta):
    if actions.desbloquear(usuario=cuenta, por=request.user, request=request):
        messages.success(request, f"{cuenta} ya puede intentar otra vez.")
    else:
        messages.info(request, f"{cuenta} no estaba bloqueada.")


@_que_cuida
def cerrar_sesiones(request, cuenta):
    cuantas = actions.cerrar_sesiones(usuario=cuenta, por=request.user, request=request)
    messages.success(request, f"Sesiones cerradas de {cuenta}: {cuantas}.")


@_que_cuida
def enviar_enlace(request, cuenta):
    if not cuenta.is_active:
        messages.error(request, f"La cuenta de {cuenta} está cerrada: no le enviamos nada.")
    elif not cuenta.email:
        messages.error(request, f"La cuenta de {cuenta} no tiene correo: no hay adónde enviarle el enlace.")
    else:
        actions.enviar_enlace_a(usuario=cuenta, por=request.user, request=request)
        messages.success(request, f"Enviamos a {cuenta} el enlace para elegir su contraseña.")
