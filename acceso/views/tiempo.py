"""Cuánto le queda a la sesión, y seguir: lo pide la página antes de que se cierre."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from acceso import sesion


@never_cache
@require_GET
def quedan(request):
    """Preguntarlo no cuenta como actividad. La marca de CSRF cambia al entrar en otra pestaña."""
    if not request.user.is_authenticated:
        return JsonResponse({"quedan": 0})
    segundos = sesion.segundos_que_quedan(request.session)
    return JsonResponse({"quedan": segundos, "quien": request.user.pk, "marca": _marca(request)})


def _marca(request) -> str:
    """La de la galleta que el navegador ya tiene, o «».

    No la vuelve a poner: si alguien entra a la vez en otra pestaña, pisaría la suya y su formulario se rechazaría.
    """
    if "CSRF_COOKIE" not in request.META:
        return ""
    marca = get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    return marca


@never_cache
@require_POST
def seguir(request):
    if not request.user.is_authenticated:
        return JsonResponse({"quedan": 0}, status=401)
    sesion.anotar_actividad(request.session)
    return JsonResponse({"quedan": sesion.segundos_que_quedan(request.session)})
