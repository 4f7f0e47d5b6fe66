"""Quién no cuenta y por qué (R84)."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from eventos import permissions
from eventos.exclusiones import recuento_de
from eventos.intranet.acceso import con_capacitacion


@require_safe
@con_capacitacion(permissions.puede_ver_asistencia)
def no_cuentan(request, capacitacion):
    contexto = {"capacitacion": capacitacion, "recuento": recuento_de(capacitacion, timezone.localdate())}
    return render(request, "eventos/intranet/no_cuentan.html", contexto)
