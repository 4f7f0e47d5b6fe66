"""Qué le dice toda respuesta al navegador: páginas, archivos, redirecciones y errores (docs/seguridad.md)."""

import pytest
from django.core.cache import caches
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import include, path

from home.carga import cargar_paginas
from intranet.accesos.rutas import todas
from tests import fabricas, personas
from tests.acceso.ayudas import con_clave, entrar
from tests.accesos.direcciones import de_relleno
from tests.recorridos.poblado import poblar

DE_SIEMPRE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PUBLICA = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
DE_LA_INTRANET = PUBLICA | {
    "script-src": "'self' 'unsafe-inline'",
    "script-src-attr": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}
CERRADA = {"default-src": "'none'"}
DE_ERROR = "/error/"


def falla(request):
    raise RuntimeError("un secreto del servidor")


def mal_hecho(request):
    raise SuspiciousOperation("un secreto del servidor")


urlpatterns = [
    path("error/500/", falla),
    path("error/400/", mal_hecho),
    path("intranet/error/500/", falla),
    path("", include("portal.urls")),
]


def politica(respuesta) -> dict:
    partes = (parte.strip().partition(" ") for parte in respuesta["Content-Security-Policy"].split(";"))
    return {nombre: valor for nombre, _, valor in partes if nombre}


def faltas(respuesta, ruta) -> list[str]:
    """Lo que a esta respuesta le falta según la regla de su dirección."""
    malas = [nombre for nombre, valor in DE_SIEMPRE.items() if respuesta.get(nombre) != valor]
    malas += [nombre for nombre in ("Server", "X-Powered-By") if nombre in respuesta]
    if "microphone=()" not in respuesta.get("Permissions-Policy", ""):
        malas.append("Permissions-Policy")
    if ("camera=()" in respuesta["Permissions-Policy"]) == _abre_la_camara(ruta, respuesta):
        malas.append("la cámara")
    if ruta.startswith(("/intranet/", "/acceso/", "/mesa/", "/documentos/")):
        malas += [] if respuesta.get("Cross-Origin-Resource-Policy") == "same-origin" else ["CORP"]
    esperada, hallada = _esperada(ruta, respuesta), politica(respuesta)
    malas += [f"CSP {parte}: {hallada.get(parte)}" for parte in esperada if hallada.get(parte) != esperada[parte]]
    if not ruta.startswith("/intranet/") and "unsafe" in str(hallada):
        malas.append("CSP: algo en línea")
    return [f"{respuesta.status_code} {ruta}: {mala}" for mala in malas]


def _abre_la_camara(ruta, respuesta) -> bool:
    """Lo de la mesa lo dice su vista; un error antes de llegar a ella la deja cerrada."""
    return ruta.startswith("/mesa/") and "camera=(self)" in respuesta["Permissions-Policy"]


def _esperada(ruta, respuesta) -> dict:
    hallada = politica(respuesta)
    if hallada.get("default-src") == "'none'":  # un archivo o la mesa: más cerrada que ninguna
        return CERRADA
    base = DE_LA_INTRANET if ruta.startswith("/intranet/") else PUBLICA
    if ruta.startswith("/capacitaciones/incrustar/") and respuesta.status_code == 200:
        return base | {"frame-ancestors": "*"}
    if respuesta.get("X-Frame-Options") == "SAMEORIGIN":
        return base | {"frame-ancestors": "'self'"}
    return base


def pedir(cliente, rutas) -> list[str]:
    return [falta for ruta in rutas for falta in faltas(cliente.get(ruta), ruta)]


@pytest.fixture
def cliente():
    return Client(raise_request_exception=False)


@pytest.fixture
def del_superusuario(db):
    cliente = Client(raise_request_exception=False)
    cliente.force_login(fabricas.UsuarioFactory(is_superuser=True, is_staff=True))
    return cliente


def rutas_del_portal():
    return sorted({de_relleno(ruta) for _, ruta, _ in todas()})


@pytest.mark.django_db
def test_toda_direccion_del_portal_las_lleva_sin_cuenta(cliente, record_property):
    rutas = rutas_del_portal()
    assert len(rutas) > 400
    assert pedir(cliente, rutas) == []
    record_property("medida", f"cabeceras: {len(rutas)} direcciones sin cuenta")


@pytest.mark.django_db
def test_lo_publico_con_datos_las_lleva_tambien_desde_la_cache(cliente, settings):
    settings.CACHES = settings.CACHES | {"publica": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    paginas = poblar().values()
    assert pedir(cliente, paginas) == []
    assert pedir(cliente, paginas) == []
    caches["publica"].clear()


@pytest.mark.django_db
def test_la_intranet_las_lleva(del_superusuario):
    inicio = cargar_paginas()
    rutas = ["/intranet/", f"/intranet/pages/{inicio.pk}/", f"/intranet/pages/{inicio.pk}/edit/", "/acceso/"]
    for ruta in rutas:
        assert del_superusuario.get(ruta).status_code == 200, ruta
    assert pedir(del_superusuario, rutas) == []


@pytest.mark.django_db
def test_la_vista_previa_se_ve_en_su_marco_y_solo_aqui(del_superusuario):
    inicio = cargar_paginas()
    respuesta = del_superusuario.get(f"/intranet/pages/{inicio.pk}/edit/preview/?mode=")
    assert respuesta["X-Frame-Options"] == "SAMEORIGIN"
    assert politica(respuesta)["frame-ancestors"] == "'self'"


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", ["/error/400/", "/error/500/", "/intranet/error/500/", "/no/existe/"])
def test_los_errores_las_llevan_y_no_cuentan_nada(cliente, settings, ruta):
    settings.ROOT_URLCONF = __name__
    respuesta = cliente.get(ruta)
    assert respuesta.status_code in {400, 404, 500}
    assert faltas(respuesta, ruta) == []
    assert b"secreto" not in respuesta.content
    assert b"Traceback" not in respuesta.content


@pytest.mark.django_db
def test_un_formulario_vencido_y_una_redireccion_las_llevan(settings):
    cliente = Client(enforce_csrf_checks=True)
    vencido, redirigido = cliente.post("/acceso/entrar/", {"login": "x"}), cliente.get("/intranet/")
    assert (vencido.status_code, redirigido.status_code) == (403, 302)
    assert faltas(vencido, "/acceso/entrar/") + faltas(redirigido, "/intranet/") == []


@pytest.mark.django_db
def test_un_dominio_que_no_es_nuestro_recibe_un_400_con_ellas(cliente, settings):
    settings.SECURE_SSL_REDIRECT = True
    respuesta = cliente.get("/", headers={"host": "otro.example"})
    assert respuesta.status_code == 400
    assert all(respuesta.get(nombre) for nombre in (*DE_SIEMPRE, "Content-Security-Policy", "Permissions-Policy"))


@pytest.mark.django_db
def test_los_estaticos_y_lo_subido_las_llevan(cliente, settings):
    settings.WHITENOISE_USE_FINDERS = True
    foto = settings.MEDIA_ROOT / "images" / "cabeceras.jpg"
    foto.parent.mkdir(parents=True, exist_ok=True)
    foto.write_bytes(b"foto")
    for ruta in ("/static/css/base.css", "/media/images/cabeceras.jpg"):
        respuesta = cliente.get(ruta)
        assert respuesta.status_code == 200, ruta
        assert faltas(respuesta, ruta) == []
        respuesta.close()
    foto.unlink()


@pytest.mark.django_db
def test_en_produccion_todo_pide_https_por_un_anio(cliente, settings):
    settings.WHITENOISE_USE_FINDERS = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
    for ruta in ("/static/css/base.css", "/robots.txt"):
        respuesta = cliente.get(ruta, secure=True)
        assert respuesta["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", ruta
        respuesta.close()


@pytest.mark.django_db
def test_salir_borra_lo_que_el_navegador_guardo(client, coordinadora):
    client.force_login(coordinadora)
    respuesta = client.post("/acceso/salir/")
    assert respuesta["Clear-Site-Data"] == '"cache"'


@pytest.mark.django_db
def test_las_galletas_se_cierran(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sesion", "__Host-csrftoken"
    cliente = Client()
    cliente.get("/acceso/entrar/", secure=True)
    entrar(cliente, con_clave(personas.comunicaciones()), secure=True)
    sesion, defensa = cliente.cookies["__Host-sesion"], cliente.cookies["__Host-csrftoken"]
    assert sesion["httponly"]
    for galleta in (sesion, defensa):
        assert galleta["secure"]
        assert (galleta["path"], galleta["domain"], galleta["samesite"]) == ("/", "", "Lax")
    assert cliente.get("/intranet/", secure=True).status_code == 200
