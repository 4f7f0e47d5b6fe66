"""La lista de trabajo de las entidades que alguien escribió porque el directorio no las tenía."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from directorio.actions import YA_VINCULADA, CambioImposible, crear_desde_escritas, vincular_escritas
from directorio.escritas import con_lugar_y_parecidas, el_grupo, grupos
from directorio.forms import EntidadNuevaForm
from directorio.models import Entidad
from directorio.permissions import puede_vincular_escritas

from .base import enviado

POR_PAGINA = 20
HALLADAS = 20


@require_safe
@user_passes_test(puede_vincular_escritas)
def lista(request):
    pagina = Paginator(grupos(request.user), POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {"pagina": pagina, "filas": con_lugar_y_parecidas(request.user, list(pagina))}
    return render(request, "directorio/escritas.html", contexto)


def _ya_vinculada(request):
    messages.warning(request, YA_VINCULADA)
    return redirect("directorio_escritas")


@require_POST
@user_passes_test(puede_vincular_escritas)
def vincular(request, clave):
    """Un clic: es esta entidad, en todas las que lo escribieron."""
    grupo = el_grupo(request.user, clave)
    if grupo is None:
        return _ya_vinculada(request)
    llave = request.POST.get("entidad", "")
    propias = Entidad.objects.para(request.user).activas()
    entidad = get_object_or_404(propias, pk=int(llave) if llave.isdecimal() and len(llave) < 19 else 0)
    cuantas = vincular_escritas(de=grupo.de, entidad=entidad, por=request.user)
    messages.success(request, f"«{grupo.texto}» es {entidad}. Inscripciones vinculadas: {cuantas}.")
    return redirect("directorio_escritas")


@user_passes_test(puede_vincular_escritas)
def una(request, clave):
    """Buscarla con otras palabras, o agregarla al directorio con lo que se escribió."""
    grupo = el_grupo(request.user, clave)
    if grupo is None:
        return _ya_vinculada(request)
    inicial = {"nombre": grupo.texto, "distrito": grupo.distrito}
    form = EntidadNuevaForm(enviado(request), initial=inicial, usuario=request.user)
    puede_crear = request.user.has_perm("directorio.add_entidad")
    if request.method == "POST":
        if not puede_crear:
            raise PermissionDenied
        if form.is_valid():
            nueva = form.save(commit=False)
            try:
                crear_desde_escritas(entidad=nueva, de=grupo.de, por=request.user, request=request)
            except CambioImposible:
                return _ya_vinculada(request)
            messages.success(request, f"{nueva} está en el directorio y se vinculó.")
            return redirect("directorio_escritas")
    q = request.GET.get("q", grupo.texto).replace("\x00", "")[:100]
    propias = Entidad.objects.para(request.user).activas().select_related("distrito__provincia__departamento")
    contexto = con_lugar_y_parecidas(request.user, [grupo])[0]
    contexto |= {"form": form, "q": q, "puede_crear": puede_crear, "halladas": propias.buscar(q)[:HALLADAS]}
    return render(request, "directorio/escrita.html", contexto)
