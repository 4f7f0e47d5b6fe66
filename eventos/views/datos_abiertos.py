"""Datos abiertos: la página, las estadísticas en CSV, su diccionario y la descripción OpenAPI."""

import re

from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.exportar import CSV, respuesta_tabla
from eventos import datos_abiertos, incrustar, openapi
from organizacion.models import Centro

from .abierta import abierta

MIGAS = [("Inicio", "/"), ("Datos abiertos", "")]
MEDIA_HORA = 1800
_anio = re.compile(r"20\d\d", re.ASCII)


@require_safe
@cache_control(public=True, max_age=30)
def pagina(request):
    """Qué datos hay, qué significan, cómo se usan y el marco para poner el calendario en otra web."""
    centros = Centro.objects.activos().order_by("nombre")
    elegido = next((centro for centro in centros if centro.slug == request.GET.get("centro")), None)
    contexto = {
        "migas": MIGAS,
        "corte": datos_abiertos.corte(),
        "anios": datos_abiertos.resumen_por_anio(),
        "columnas": datos_abiertos.COLUMNAS,
        "minimo": datos_abiertos.MINIMO,
        "centros": centros,
        "elegido": elegido,
        "marco": incrustar.marco(elegido),
        "marco_titulo": incrustar.titulo_de(elegido),
        "marco_alto": incrustar.ALTO,
    }
    return render(request, "eventos/datos_abiertos.html", contexto)


@require_safe
@abierta
def capacitaciones_csv(request):
    """Las estadísticas; con «anio», solo las de ese año."""
    anio = request.GET.get("anio", "")
    if anio and not _anio.fullmatch(anio):
        texto = "Escriba el año con cuatro cifras; por ejemplo, ?anio=2026."
        return HttpResponseBadRequest(texto, content_type="text/plain; charset=utf-8")
    nombre = f"capacitaciones-conectamef-{anio}" if anio else "capacitaciones-conectamef"
    return _abierta(datos_abiertos.ENCABEZADOS, datos_abiertos.tabla(int(anio) if anio else None), nombre)


@require_safe
@abierta
def diccionario_csv(request):
    """Qué significa cada columna."""
    return _abierta(datos_abiertos.DICCIONARIO, datos_abiertos.diccionario(), "diccionario-capacitaciones-conectamef")


@require_safe
@abierta
@cache_control(public=True, max_age=MEDIA_HORA)
def descripcion_openapi(request):
    """Para generar un cliente o leerla con un visor de OpenAPI."""
    return JsonResponse(openapi.documento(), json_dumps_params={"ensure_ascii": False})


def _abierta(encabezados, filas, nombre):
    """Un CSV que cualquiera guarda: las exportaciones del personal, en cambio, no se guardan en ninguna parte."""
    respuesta = respuesta_tabla(encabezados, filas, nombre=nombre, formato=CSV)
    respuesta["Cache-Control"] = f"public, max-age={MEDIA_HORA}"
    return respuesta
