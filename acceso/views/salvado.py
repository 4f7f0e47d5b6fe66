"""Lo que se estaba enviando cuando la sesión venció: enviarlo, volver al formulario con ello o descartarlo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from acceso.models import TextoSalvado


def _el_suyo(request, pk) -> TextoSalvado:
    return get_object_or_404(TextoSalvado.objects.de(request.user), pk=pk)


@never_cache
@require_GET
@login_required
def texto(request, pk):
    salvado = TextoSalvado.objects.de(request.user).filter(pk=pk).first()
    if salvado is None:
        messages.info(request, "No hay nada guardado de su sesión anterior, o pasó más de una hora.")
        return redirect("wagtailadmin_home")
    visibles = [valor for _, valor in salvado.datos if len(valor.strip()) > 2 and not valor.startswith(("{", "["))]
    return render(request, "acceso/texto.html", {"salvado": salvado, "visibles": visibles})


@require_POST
@login_required
def enviar(request, pk):
    """El navegador repite el envío, con los mismos campos, en el formulario original: allí se revisa y se guarda."""
    salvado = _el_suyo(request, pk)
    salvado.delete()
    return HttpResponse(status=307, headers={"Location": salvado.ruta})


@never_cache
@require_POST
@login_required
def tomar(request, pk):
    """Se lo lleva la página del formulario, que lo pone en sus campos; aquí ya no queda."""
    salvado = _el_suyo(request, pk)
    salvado.delete()
    return JsonResponse({"datos": salvado.datos})


@require_POST
@login_required
def descartar(request, pk):
    _el_suyo(request, pk).delete()
    messages.success(request, "Se borró lo que estaba guardado.")
    return redirect("wagtailadmin_home")
