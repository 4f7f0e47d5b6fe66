import datetime as dt

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.relevancia import interpretar
from directorio import mapa
from directorio.models import CentrosIndexPage
from organizacion.models import AjustesPortal

from . import busqueda
from .salud import revisar

# Lo que vale lo que dice security.txt (RFC 9116 pide menos de un año); se renueva al leerlo, y muere con el portal.
VALE = dt.timedelta(days=180)
POR_GRUPO = 5  # lo que se muestra de cada tipo antes de «Ver todo»


@require_safe
def buscar(request):
    """Busca en todo el portal. Con ``tipo``, solo lo de ese tipo."""
    consulta = busqueda.limpiar(request.GET.get("q", ""))
    hallazgos = busqueda.buscar(consulta)
    contexto = {
        "consulta": consulta,
        "hallazgos": hallazgos,
        "pedidos": interpretar(hallazgos.corregida or consulta),
        "elegido": hallazgos.del_tipo(request.GET.get("tipo", "")),
        "por_grupo": POR_GRUPO,
    }
    return render(request, "home/buscar.html", contexto)


@require_safe
@cache_control(public=True, max_age=60)
def sugerencias(request):
    """Lo que se ofrece mientras alguien escribe en el buscador: dict(titulo, detalle, url), a lo más ocho."""
    halladas = busqueda.sugerir(busqueda.limpiar(request.GET.get("q", "")))
    return JsonResponse({"sugerencias": halladas}, json_dumps_params={"ensure_ascii": False})


@require_safe
def centro_de_departamento(request):
    """Lleva al centro que atiende el departamento; si son varios o ninguno, a la lista, que dice cuáles."""
    codigo = request.GET.get("departamento")
    elegido = next((d for d in mapa.departamentos() if d.forma.codigo == codigo), None)
    if elegido:
        return redirect(elegido.url)
    indice = CentrosIndexPage.objects.live().first()
    return redirect(indice.get_url(request) if indice else "/")


@require_safe
def salud(request):
    """200 si el portal puede atender; 503 si algo esencial falla."""
    bien, filas = revisar()
    respuesta = JsonResponse({"bien": bien, "comprobaciones": filas}, status=200 if bien else 503)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


@require_safe
def robots(request):
    contexto = {"mapa": settings.URL_DEL_SITIO + reverse("home:mapa")}
    return render(request, "robots.txt", contexto, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=60 * 60)
def seguridad(request):
    """A quién avisar de una vulnerabilidad (RFC 9116). Sin un correo en los ajustes no hay a quién: 404."""
    ajustes = AjustesPortal.load(request_or_site=request)
    correo = ajustes.correo_seguridad or ajustes.correo
    if not correo:
        raise Http404
    vence = (timezone.now() + VALE).astimezone(dt.UTC)
    contexto = {
        "correo": correo,
        "vence": f"{vence:%Y-%m-%dT00:00:00Z}",
        "aqui": settings.URL_DEL_SITIO + reverse("home:seguridad"),
    }
    return render(request, "seguridad.txt", contexto, content_type="text/plain; charset=utf-8")


def csrf_rechazado(request, reason=""):
    """El formulario venció o las cookies están apagadas: se dice en español qué hacer (403)."""
    return render(request, "403_csrf.html", status=403)
