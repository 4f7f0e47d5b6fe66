"""La carpeta del participante y cada uno de sus documentos, en PDF (R83)."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comun.pdf import respuesta_pdf
from directorio import documento as directorio
from eventos import permissions
from eventos.documentos import anexo5, anexo7, carpeta
from eventos.intranet.acceso import con_capacitacion


@require_safe
@con_capacitacion(permissions.puede_ver_logistica)
def elegir(request, capacitacion):
    """Qué incluir, con cada parte por separado."""
    partes = carpeta.partes_de(capacitacion)
    contexto = {
        "capacitacion": capacitacion,
        "partes": [parte for parte in partes if not parte.porque],
        "aparte": [parte for parte in partes if parte.porque],
    }
    return render(request, "eventos/intranet/carpeta.html", contexto)


@require_safe
@con_capacitacion(permissions.puede_ver_logistica)
def unida(request, capacitacion):
    octetos = carpeta.pdf(capacitacion, set(request.GET.getlist("parte")))
    return respuesta_pdf(octetos, f"carpeta-{capacitacion.slug}.pdf")


@require_safe
@con_capacitacion(permissions.puede_ver_capacitaciones)
def programa(request, capacitacion):
    return respuesta_pdf(anexo5.pdf(capacitacion), f"anexo5-{capacitacion.slug}.pdf")


@require_safe
@con_capacitacion(permissions.puede_ver_capacitaciones)
def encuesta(request, capacitacion):
    if not capacitacion.lleva_encuesta:
        raise Http404("La informativa no lleva encuesta (R57).")
    return respuesta_pdf(anexo7.pdf(capacitacion), f"anexo7-{capacitacion.slug}.pdf")


@require_safe
@con_capacitacion(permissions.puede_ver_capacitaciones)
def del_centro(request, capacitacion):
    if capacitacion.centro is None:
        raise Http404("No es de un centro.")
    return respuesta_pdf(directorio.pdf(capacitacion.centro), f"directorio-{capacitacion.centro.slug}.pdf")
