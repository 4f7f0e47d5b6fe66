"""El directorio público: quién atiende en cada centro, con lo que la web muestra y nada más (R114)."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.busqueda import filtrar_por_texto
from comun.vcard import respuesta_vcard
from directorio.forms import BusquedaDePersonalForm
from directorio.models import Personal
from directorio.tarjetas import tarjeta_de
from organizacion.models import AjustesPortal, Centro

from .base import sin_nulos

POR_PAGINA = 40
publica = cache_control(public=True, max_age=30)


@require_safe
@publica
def personal(request):
    """Con filtros que van en la dirección; uno que no existe no filtra."""
    form = BusquedaDePersonalForm(sin_nulos(request.GET) or None)
    filas = _relacionadas(Personal.objects.del_directorio()).por_centro()
    elegidos = form.elegidos()
    if consulta := elegidos.pop("q", ""):
        filas = filtrar_por_texto(filas, consulta)
    pagina = Paginator(filas.filter(**elegidos), POR_PAGINA).get_page(request.GET.get("pagina"))
    parametros = request.GET.copy()
    parametros.pop("pagina", None)
    contexto = {"form": form, "pagina": pagina, "elegidos": form.en_palabras(elegidos)}
    contexto["parametros"] = f"{parametros.urlencode()}&" if parametros else ""
    return render(request, "directorio/publico.html", contexto)


@require_safe
@publica
def vcard(request, pk):
    fila = get_object_or_404(_relacionadas(Personal.objects.del_directorio()), pk=pk)
    return respuesta_vcard([tarjeta_de(fila, AjustesPortal.load())], f"personal-{pk}.vcf")


@require_safe
@publica
def vcard_de_centro(request, centro):
    centro = get_object_or_404(Centro.objects.activos(), slug=centro)
    filas = list(_relacionadas(Personal.objects.del_directorio().filter(centro=centro)).por_cargo())
    if not filas:
        raise Http404("El centro aún no publica su personal.")
    ajustes = AjustesPortal.load()
    return respuesta_vcard([tarjeta_de(fila, ajustes) for fila in filas], f"{centro.slug}.vcf")


def _relacionadas(filas):
    return filas.select_related(
        "centro__pagina", "centro__distrito__provincia__departamento", "sistema__organo", "organo"
    )
