from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from eventos.busqueda import buscar_distritos, buscar_entidades
from eventos.ficha import contexto_de_ficha
from eventos.models import Capacitacion

from .abierta import abierta

CALENDARIO = [("Inicio", "/"), ("Capacitaciones", "/capacitaciones/")]
DONDE = ("centro__distrito__provincia__departamento", "distrito__provincia__departamento")


@require_safe
@cache_control(public=True, max_age=30)
def capacitacion(request, slug):
    """La ficha pública de una capacitación publicada o cancelada; un borrador no existe."""
    filas = Capacitacion.objects.publicadas().para_mostrar().select_related(*DONDE)
    filas = filas.prefetch_related("expositores", "sesiones__actividades", "materiales")
    capacitacion = get_object_or_404(filas, slug=slug)
    contexto = contexto_de_ficha(capacitacion) | {"migas": [*CALENDARIO, (capacitacion.titulo, "")]}
    return render(request, "eventos/capacitacion_detail.html", contexto)


@require_safe
@abierta
@cache_control(public=True, max_age=300)
def entidades(request):
    """Entidades que calzan con «q» (desde 3 letras, a lo más 10): para elegir la propia al inscribirse."""
    return JsonResponse({"resultados": buscar_entidades(request.GET.get("q", ""))})


@require_safe
@abierta
@cache_control(public=True, max_age=300)
def distritos(request):
    """Distritos que calzan con «q», con su provincia y departamento."""
    return JsonResponse({"resultados": buscar_distritos(request.GET.get("q", ""))})
