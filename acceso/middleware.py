"""Lo que se mira en cada pedido de quien está dentro: que su sesión siga viva y que mostró su segundo factor."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import escape_leading_slashes, urlencode

from custodia.actions import anotar

from . import actions, recien, sesion
from .permissions import es_obligatorio, paso_el_segundo_factor, tiene_segundo_factor

INTRANET = "/intranet/"
# La página los pide sola, sin que nadie toque nada: no cuentan como actividad.
SOLOS = {
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "correo_envio_avance",
    "acceso_sesion",
}
# Lo que hace falta para poner o mostrar el segundo factor, confirmar quién es y salir.
SIN_SEGUNDO_FACTOR = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password_from_key",
    "acceso_sesion",
    "acceso_seguir",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}
PARA_PONERLO = {
    "acceso_enrolar",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}


def alguien_dentro(request) -> bool:
    """Sin galleta de sesión no se pregunta quién es: una página pública dejaría de poder guardarse (invariante 13)."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def es_de_la_pagina(request) -> bool:
    """Si lo pide el código de una página abierta (htmx, fetch) y no el navegador al ir a una dirección."""
    cabeceras = request.headers
    if cabeceras.get("HX-Request") or cabeceras.get("X-Requested-With") == "XMLHttpRequest":
        return True
    return cabeceras.get("Sec-Fetch-Dest") == "empty" or cabeceras.get("Accept", "").startswith("application/json")


def a_entrar(request, *, volver_a: str = ""):
    """A la entrada; a quien pide desde una página abierta, un 401: ``sesion.js`` avisa y lo escrito se queda."""
    if not volver_a:
        volver_a = _pagina_abierta_o_inicio(request) if es_de_la_pagina(request) else request.get_full_path()
    destino = f"{reverse('account_login')}?{urlencode({'next': volver_a})}"
    if not es_de_la_pagina(request):
        return HttpResponseRedirect(destino)
    respuesta = JsonResponse({"error": "Su sesión se cerró.", "entrar": destino}, status=401)
    respuesta["X-Entrar"] = destino
    return respuesta


def _pagina_abierta(request) -> str:
    """La dirección, sin el servidor, de la página que hizo el pedido; «» si no se sabe."""
    abierta = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    propia = f"{request.scheme}://{request.get_host()}"
    return escape_leading_slashes(abierta.removeprefix(propia)) if abierta.startswith(f"{propia}/") else ""


def _pagina_abierta_o_inicio(request) -> str:
    return _pagina_abierta(request) or reverse("wagtailadmin_home")


class SesionVigente:
    """Cierra la sesión inactiva o larga guardando lo que se estaba enviando. La mesa tiene la suya (ADR 0014)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        respuesta = self.get_response(request)
        if estaba := getattr(request, "se_cerro_la_de", None):
            recien.recordar(respuesta, estaba)
        elif recien.hay(request) and alguien_dentro(request):
            recien.olvidar(respuesta)
        return respuesta

    def process_view(self, request, view_func, args, kwargs):
        if not alguien_dentro(request):
            return _sin_nadie(request)
        if sesion.segundos_que_quedan(request.session) <= 0:
            return _vencida(request)
        if request.resolver_match.view_name not in SOLOS and sesion.toca_anotar(request.session):
            sesion.anotar_actividad(request.session)
            UserSession.objects.create_from_request(request)
        return None


def _sin_nadie(request):
    """Lo que llega a la intranet sin sesión; lo que el navegador envía puede ser de quien la tuvo hasta hace poco."""
    if not request.path.startswith(INTRANET) or _es_publico(request):
        return None
    if es_de_la_pagina(request):
        return a_entrar(request)
    estaba = recien.quien_estaba(request) if request.method == "POST" else None
    salvado = _salvar(request, estaba) if estaba else None
    return _avisar_y_entrar(request, salvado) if salvado else None


def _vencida(request):
    de_cuenta = request.path.startswith((INTRANET, "/acceso/"))
    # Lo que pide el código de una página no la cierra: el formulario que sigue abierto en ella aún dirá de quién es.
    if de_cuenta and es_de_la_pagina(request):
        return a_entrar(request)
    usuario = request.se_cerro_la_de = request.user
    salvado = _salvar(request, usuario)
    anotar(accion="cerrar sesión inactiva", por=usuario, objeto=usuario, request=request)
    logout(request)
    return _avisar_y_entrar(request, salvado) if de_cuenta else None  # lo público sigue, ya sin nadie dentro


def _salvar(request, usuario):
    if request.method != "POST" or not request.path.startswith(INTRANET):
        return None
    return actions.salvar_texto(
        usuario=usuario,
        ruta=request.get_full_path(),
        pagina=_pagina_abierta(request),
        campos=request.POST,
        con_archivos=bool(request.FILES),
    )


def _avisar_y_entrar(request, salvado):
    aviso = " Lo que escribió está guardado: entre y podrá enviarlo." if salvado else ""
    messages.info(request, f"Su sesión se cerró por seguridad.{aviso}")
    return sesion.olvidar_lo_visto(a_entrar(request, volver_a=_adonde_volver(request, salvado)))


def _adonde_volver(request, salvado) -> str:
    if salvado:
        return reverse("acceso_texto", args=[salvado.pk])
    return "" if request.method in {"GET", "HEAD"} else _pagina_abierta_o_inicio(request)


def _es_publico(request) -> bool:
    return request.resolver_match.view_name in {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


class SegundoFactor:
    """Donde es obligatorio, quien no lo mostró en esta sesión no entra a la intranet y en lo público es uno más."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        if not es_obligatorio() or not alguien_dentro(request) or paso_el_segundo_factor(request):
            return None
        nombre = request.resolver_match.view_name
        if nombre in SIN_SEGUNDO_FACTOR:
            return None
        ya_tiene = tiene_segundo_factor(request.user)
        if nombre in PARA_PONERLO and not ya_tiene:
            return None
        if not request.path.startswith((INTRANET, "/acceso/")):
            request.user = AnonymousUser()
            return None
        if es_de_la_pagina(request):
            return a_entrar(request)
        volver = urlencode({"next": request.get_full_path()}) if request.path.startswith(INTRANET) else ""
        destino = reverse(_donde_mostrarlo(request) if ya_tiene else "acceso_enrolar")
        return HttpResponseRedirect(f"{destino}?{volver}" if volver else destino)


def _donde_mostrarlo(request) -> str:
    con_codigo = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.WEBAUTHN)
    return "mfa_reauthenticate" if con_codigo.exists() else "mfa_reauthenticate_webauthn"
