"""«Buscar en el directorio»: una caja y lo hallado por grupos. Sin guiones sirve igual."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from directorio import buscador
from directorio.permissions import puede_buscar_en_directorio


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def buscar_en_directorio(request):
    """Se busca por POST: un documento o un correo no debe quedar en la dirección. Un nombre sí, para poder volver."""
    if not puede_buscar_en_directorio(request.user):
        raise PermissionDenied
    consulta = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:100]
    reservada = buscador.es_de_alguien(consulta)
    direccion = _direccion("" if reservada else consulta)
    if request.method == "POST" and not reservada and not request.htmx:
        return redirect(direccion)
    sin_buscar = reservada and request.method != "POST"
    contexto = {
        "consulta": "" if sin_buscar else consulta,
        "sin_buscar": sin_buscar,
        "hallados": [] if sin_buscar else buscador.buscar(request.user, consulta),
        "grupos": [grupo.titulo.lower() for grupo in buscador.grupos_de(request.user)],
    }
    plantilla = "directorio/_hallados.html" if request.htmx else "directorio/buscar.html"
    respuesta = render(request, plantilla, contexto)
    if request.htmx:
        respuesta["HX-Replace-Url"] = direccion
    return respuesta


def _direccion(consulta: str) -> str:
    base = reverse("directorio_buscar")
    return f"{base}?{urlencode({'q': consulta})}" if consulta else base
