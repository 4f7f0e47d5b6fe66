"""La guía de estilo: el sitio público, la intranet, el correo y el PDF, cada uno con sus hojas de verdad."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from comun.pdf import pdf_desde_plantilla, respuesta_pdf
from correo.plantillas import componer
from organizacion.models import AjustesPortal

from .estilo import contexto_de_muestras, leer_tokens, muestras, parejas

TEMAS = ("claro", "oscuro")


@require_safe
def estilo(request):
    """Los valores del diseño y las piezas públicas, en claro y en oscuro a la vez."""
    tokens = leer_tokens()
    temas = {"claro": tokens.claro, "oscuro": tokens.oscuro}
    contexto = {
        "tokens": tokens,
        "temas": [
            {"nombre": nombre, "valores": valores, "parejas": parejas(valores)} for nombre, valores in temas.items()
        ],
        "letras": tokens.del_tipo("t-"),
        "espacios": tokens.del_tipo("e-"),
        "muestras": _pintadas("publico", TEMAS, request),
    }
    return render(request, "intranet/estilo/publico.html", contexto)


@require_safe
def estilo_intranet(request):
    """Las clases del personal; siguen el tema de la cuenta de quien mira."""
    return render(request, "intranet/estilo/intranet.html", {"muestras": _pintadas("intranet", ("intranet",), request)})


def _pintadas(lugar, temas, request):
    contextos = {tema: contexto_de_muestras(tema) for tema in temas}
    return [
        {"muestra": m, "pinturas": [(tema, _pintar(m, suyo, request)) for tema, suyo in contextos.items()]}
        for m in muestras(lugar)
    ]


def _pintar(muestra, contexto, request):
    # El resumen de errores pide el foco al abrirse: aquí se llevaría la guía hasta él.
    html = render_to_string(muestra.plantilla, contexto, request)
    return mark_safe(html.replace(" autofocus", ""))  # noqa: S308 - lo pintó Django


@require_safe
def estilo_correo(request):
    return HttpResponse(componer("intranet/estilo/correo", {"centro": request.user.centro}).html)


@require_safe
def estilo_pdf(request):
    pdf = pdf_desde_plantilla("intranet/estilo/pdf.html", {"ajustes": AjustesPortal.load(request_or_site=request)})
    return respuesta_pdf(pdf, "estilo.pdf")
