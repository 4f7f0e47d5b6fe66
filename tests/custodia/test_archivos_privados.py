"""Seis vueltas para llegar a un archivo privado sin permiso, con cada clase de archivo: todas 403 o 404 (ADR 0029)."""

import ast
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, get_resolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from custodia.models import ArchivoPrivado
from organizacion.actions import terminar_roles
from organizacion.models import Usuario
from tests import personas

from .privados import SECRETO, duenos, quitar, uno_de_cada_clase

pytestmark = pytest.mark.django_db
NO_LLEGA = {403, 404}
# El archivo importado no lo entrega ninguna vista; el informe de un incidente se rehace cada vez que se pide.
SIN_DIRECCION = {"directorio.importacion.archivo", "custodia.vulneracion.informe"}
DUENOS = {f"{campo.model._meta.label_lower}.{campo.name}" for campo in duenos()} - SIN_DIRECCION


@pytest.fixture
def privados(cusco, settings, tmp_path):
    """Con almacenes propios: ``/media/`` y lo privado, vecinos, como en producción."""
    settings.MEDIA_ROOT = tmp_path / "media"
    almacenes = settings.STORAGES | {
        "privado": settings.STORAGES["privado"] | {"OPTIONS": {"location": tmp_path / "privado", "base_url": None}}
    }
    settings.STORAGES = almacenes
    return uno_de_cada_clase()


def con_cuenta(usuario) -> Client:
    cliente = Client()
    cliente.force_login(usuario)
    return cliente


def de_quien_puede(privados):
    """Cada archivo, con el navegador de quien puede verlo."""
    clientes = {quien: con_cuenta(quien()) for quien in {privado.quien for privado in privados.values()}}
    return [(privado, clientes[privado.quien]) for privado in privados.values()]


def cuerpo(respuesta) -> bytes:
    return b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content


def no_llega(cliente, url, privado):
    respuesta = cliente.get(url)
    if respuesta.get("Location") == f"{url}/":
        respuesta = cliente.get(f"{url}/")
    assert respuesta.status_code in NO_LLEGA, (url, respuesta.status_code, respuesta.get("Location"))
    assert SECRETO not in cuerpo(respuesta), url
    return respuesta


def test_cada_clase_de_archivo_privado_tiene_su_direccion_y_sus_vueltas(privados):
    assert set(privados) == DUENOS | {"material"}


def test_quien_puede_lo_recibe_entero_y_nadie_lo_guarda(privados):
    for privado, cliente in de_quien_puede(privados):
        respuesta = cliente.get(privado.url)
        assert (respuesta.status_code, cuerpo(respuesta)) == (200, privado.contenido)
        assert "no-store" in respuesta["Cache-Control"]
        assert respuesta["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in respuesta["Content-Security-Policy"]


def test_ruta_directa(privados):
    """Ni por /media/ ni subiendo de carpeta, con sesión o sin ella."""
    for privado, cliente in de_quien_puede(privados):
        ruta, archivo = privado.ruta, privado.archivo.path
        bajo = [ruta, f"../privado/{ruta}", f"..%2fprivado%2f{ruta}", f"images/../../privado/{ruta}"]
        urls = [f"{raiz}{parte}" for raiz in ("/media/", "/static/") for parte in bajo]
        urls += [
            f"/privado/{ruta}",
            f"/media../privado/{ruta}",
            f"/media/images/../{ruta}",
            archivo,
            f"/media{archivo}",
        ]
        for url in urls:
            no_llega(cliente, url, privado)
            no_llega(Client(), url, privado)


def test_numero_adivinado(privados):
    """El siguiente número, uno enorme o un UUID en su lugar no abren nada."""
    suyo = ArchivoPrivado.objects.latest("creado_en").pk
    for privado, cliente in de_quien_puede(privados):
        partes = privado.url.split("/")
        lugar = next(n for n, parte in enumerate(partes) if parte.partition(".")[0].isdecimal())
        for llave in ("0", "999999", "9" * 18, str(uuid.uuid4()), str(suyo)):
            partes[lugar] = llave + partes[lugar][len(partes[lugar].partition(".")[0]) :]
            no_llega(cliente, "/".join(partes), privado)


def test_otro_centro(privados):
    cliente = con_cuenta(personas.coordinador_de_arequipa())
    for privado in privados.values():
        no_llega(cliente, privado.url, privado)


def test_un_rol_que_no_lo_ve(privados):
    """Su rol entra a la intranet y no alcanza este archivo: se le dice, no se le manda a otra página."""
    cliente = con_cuenta(personas.con_rol("ogarh", "ogarh"))
    for privado in privados.values():
        no_llega(cliente, privado.url, privado)


def test_enlace_viejo_de_un_archivo_que_ya_no_esta(privados):
    """Reemplazado, quitado o descartado; y si solo se perdió del disco es 404 y no una falla."""
    for privado, cliente in de_quien_puede(privados):
        privado.archivo.storage.delete(privado.ruta)
        assert no_llega(cliente, privado.url, privado).status_code == 404
    for privado, cliente in de_quien_puede(privados):
        quitar(privado)
        assert no_llega(cliente, privado.url, privado).status_code == 404


@pytest.mark.parametrize("como", ["dejó su rol", "cerró su cuenta", "cerró su sesión"])
def test_enlace_viejo_de_quien_ya_no_puede(privados, como):
    pares = de_quien_puede(privados)
    for privado, cliente in pares:
        assert cuerpo(cliente.get(privado.url)) == privado.contenido
    if como == "dejó su rol":
        for usuario in Usuario.objects.all():
            terminar_roles(usuario=usuario)
    elif como == "cerró su cuenta":
        Usuario.objects.update(is_active=False)
    else:
        Session.objects.all().delete()
    for privado, cliente in pares:
        no_llega(cliente, privado.url, privado)


def test_miniatura(privados):
    """Ninguno es una imagen ni un documento de Wagtail, que hacen copias con dirección pública."""
    for privado, cliente in de_quien_puede(privados):
        nombre = Path(privado.ruta).name
        assert not get_image_model().objects.filter(file__endswith=nombre).exists()
        assert not get_document_model().objects.filter(file__endswith=nombre).exists()
        urls = [f"/media/images/{Path(nombre).stem}.{v}" for v in ("max-800x600.jpg", "original.pdf", "width-400.webp")]
        for url in (*urls, f"/media/original_images/{nombre}", f"/documentos/1/{nombre}"):
            no_llega(cliente, url, privado)
            no_llega(Client(), url, privado)


def test_anonimo(privados):
    """403, exista o no: la página de ingreso no es respuesta para un archivo."""
    for privado in privados.values():
        assert no_llega(Client(), privado.url, privado).status_code == 403
        quitar(privado)
        assert no_llega(Client(), privado.url, privado).status_code == 403


def test_lo_privado_no_vive_dentro_de_lo_publico():
    assert not Path(settings.PRIVADO_ROOT).is_relative_to(settings.MEDIA_ROOT)
    assert settings.STORAGES["privado"]["OPTIONS"]["base_url"] is None


def test_toda_vista_que_entrega_un_archivo_esta_marcada():
    """Se lee el código: una función del personal que llama a ``entregar_archivo`` lleva ``@vista_de_archivo``."""
    sueltas = []
    for ruta in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py"):
        if ruta.parts[len(Path(settings.BASE_DIR).parts)] in {"tests", "var"} or ".venv" in ruta.parts:
            continue
        texto = ruta.read_text(encoding="utf-8")
        for funcion in ast.walk(ast.parse(texto if "entregar_archivo(" in texto else "")):
            if isinstance(funcion, ast.FunctionDef) and _entrega(funcion) and not _esta_marcada(funcion):
                sueltas.append(f"{ruta.name}:{funcion.name}")
    assert sueltas == []


def _entrega(funcion) -> bool:
    llamadas = (nodo.func for nodo in ast.walk(funcion) if isinstance(nodo, ast.Call))
    return any(isinstance(llamada, ast.Name) and llamada.id == "entregar_archivo" for llamada in llamadas)


def _esta_marcada(funcion) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "vista_de_archivo" for d in funcion.decorator_list)


def test_la_marca_llega_a_la_direccion():
    """Wagtail envuelve las vistas de la intranet: si la marca se perdiera, nadie pararía al anónimo."""
    assert sum(getattr(vista, "entrega_archivo", False) for vista in _vistas(get_resolver())) >= len(DUENOS)


def _vistas(nodo):
    for parte in nodo.url_patterns:
        yield from [parte.callback] if isinstance(parte, URLPattern) else _vistas(parte)
