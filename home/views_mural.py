"""El mural informativo (R113): la pantalla del centro, su PDF para el corcho y lo que lo mantiene sin red."""

from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.pdf import pdf_desde_plantilla, respuesta_pdf
from organizacion.models import AjustesPortal, Centro

from .laminas import letra_del_pdf
from .mural import secciones_de

UN_DIA = 24 * 60 * 60
publica = cache_control(public=True, max_age=30)


def _contexto(slug):
    centro = get_object_or_404(Centro.objects.activos(), slug=slug)
    return {
        "centro": centro,
        "secciones": [seccion for seccion in secciones_de(centro) if seccion.items],
        "ahora": timezone.localtime().replace(microsecond=0),
    }


@require_safe
@publica
def murales(request):
    """Los centros que tienen mural: todos los que atienden."""
    return render(request, "home/murales.html", {"centros": Centro.objects.activos()})


@require_safe
@publica
def mural(request, centro):
    return render(request, "home/mural.html", _contexto(centro))


@require_safe
@publica
def mural_pdf(request, centro):
    """En A3, para el periódico mural. Se guarda mientras no cambie lo que muestra."""
    contexto = _contexto(centro)
    contexto |= {"ajustes": AjustesPortal.load(), "letra": letra_del_pdf(contexto["secciones"])}
    ajustes, suyo = contexto["ajustes"], contexto["centro"]
    partes = [contexto["secciones"], timezone.localdate(), ajustes.nombre_sitio, ajustes.aviso_demostracion]
    partes += [suyo.nombre, suyo.direccion, suyo.horario, suyo.telefono]
    llave = f"mural-pdf:{suyo.pk}:{sha256(repr(partes).encode()).hexdigest()}"
    pdf = cache.get_or_set(llave, lambda: pdf_desde_plantilla("home/mural_pdf.html", contexto), UN_DIA)
    return respuesta_pdf(pdf, f"mural-{suyo.slug}.pdf")


@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """Se sirve bajo /mural/ porque un «service worker» solo alcanza lo que está en su carpeta."""
    guion = Path(finders.find("home/mural-sw.js")).read_bytes()
    return HttpResponse(guion, content_type="text/javascript; charset=utf-8")
