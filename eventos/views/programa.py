from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.pdf import respuesta_pdf
from eventos.calendario import leer_mes
from eventos.programa import pdf
from organizacion.models import Centro


@require_safe
@cache_control(public=True, max_age=300)
def programa(request, centro, mes):
    """El programa de «2026-12» de un centro, para imprimir."""
    primero = leer_mes(mes)
    if primero is None:
        raise Http404
    centro = get_object_or_404(Centro.objects.activos(), slug=centro)
    return respuesta_pdf(pdf(centro, primero), f"programa-{centro.slug}-{mes}.pdf")
