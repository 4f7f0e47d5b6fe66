from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from eventos.archivos import entregar
from eventos.models import Capacitacion, Material


@require_safe
def material(request, slug, pk):
    """Un material para guardar, si la capacitación ya terminó o se dijo que se viera desde antes; si no, 404."""
    publicadas = Capacitacion.objects.publicadas()
    filas = Material.objects.filter(capacitacion__in=publicadas).select_related("capacitacion")
    fila = get_object_or_404(filas, pk=pk, capacitacion__slug=slug)
    if not fila.es_descargable():
        raise Http404
    try:
        return entregar(fila)
    except FileNotFoundError as error:
        raise Http404 from error
