"""«Mostrar» el documento entero de una persona: por POST, con permiso y alcance, y queda quién lo miró (ADR 0029)."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comun.antiabuso import Tope, frenado

from .actions import anotar
from .archivos import vista_de_archivo
from .campos import CON_DOCUMENTO

# De sobra para atender a una cola y muy poco para copiarse un padrón. Se cuenta por cuenta, venga de donde venga.
TOPE = Tope("ver documento", 60)
FRENADO = "Miró muchos documentos en una hora. Espere un poco o, si necesita una lista, expórtela diciendo para qué."


def puede_mostrar(usuario, clase: str, fila) -> bool:
    """Si tiene el permiso y la fila es de un centro en que trabaja."""
    de = CON_DOCUMENTO[clase]
    return usuario.has_perm(de.permiso) and _filas(de).propias(usuario).filter(pk=fila.pk).exists()


def seccion_de_documento(request, clase: str, fila) -> dict | None:
    """El bloque de una ficha con el documento velado y, a quien puede, su botón; ``None`` si no se conoce."""
    persona = _quien_lo_lleva(CON_DOCUMENTO[clase], fila)
    if persona is None:
        return None
    contexto = {
        "clase": clase,
        "fila": fila,
        "persona": persona,
        "puede": puede_mostrar(request.user, clase, fila),
        "csrf_token": get_token(request),
    }
    return {"titulo": "Documento", "plantilla": "custodia/_documento.html", "contexto": contexto}


# Como un archivo: a quien no puede se le dice (403) y no se le manda a ingresar.
@vista_de_archivo
@require_http_methods(["GET", "POST"])
def documento(request, clase, pk):
    """El POST lo muestra; quien recarga la página o vuelve a su dirección va a la ficha, que lo vela."""
    de = CON_DOCUMENTO.get(clase)
    if de is None:
        raise Http404
    if not request.user.has_perm(de.permiso):
        raise PermissionDenied
    fila = get_object_or_404(_filas(de).propias(request.user), pk=pk)
    persona, ficha = _quien_lo_lleva(de, fila), reverse(de.ficha, args=[fila.pk])
    if persona is None:
        raise Http404
    if request.method == "GET":
        return redirect(ficha)
    contexto = {"fila": fila, "persona": persona, "volver": ficha}
    if frenado(None, TOPE, request.user.pk):
        return render(request, "custodia/documento.html", contexto | {"freno": FRENADO}, status=429)
    anotar(accion="ver documento", por=request.user, objeto=fila, request=request)
    return render(request, "custodia/documento.html", contexto)


def _filas(de):
    filas = apps.get_model(de.modelo)._default_manager.all()
    return filas.select_related(de.persona) if de.persona else filas


def _quien_lo_lleva(de, fila):
    return getattr(fila, de.persona) if de.persona else fila
