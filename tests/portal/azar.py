"""Pedidos al azar, siempre los mismos: qué se manda, a qué direcciones y qué se rompió."""

import random
import re
import sys
from html import unescape

from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from home.carga import cargar_paginas
from organizacion.models import AjustesPortal, Organo, Rol, Sistema
from organizacion.models.rol import ROLES_DE_CENTRO, ROLES_DE_SISTEMA
from tests import fabricas, personas

BASURA = [
    "",
    "a\x00b",
    "\x0b\x1b",
    "9" * 30,
    "9223372036854775808",
    "-1",
    "1e9",
    "²",
    "٣",
    "á" * 3000,
    "9999-12-31",
    "0000-00-00",
    "9999-12-31T23:59",
    "25:99",
    "../../etc/passwd",
    "'\"><script>alert(1)</script>",
    "\r\nSet-Cookie: a=b",
    "[]",
    "%",
]
_NOMBRES = """
    q p page pagina mes dia vista centro sistema tipo modalidad departamento ver o export e sesion next estado lugar id
    multiple situacion cuando capacitacion centro__id__exact sistemas__id__exact entidad__centro__id__exact
    estado__exact aliado desde hasta
"""
PARAMETROS = _NOMBRES.split()
LLAVES = ["0", "9" * 25, "9223372036854775808", "x", "x%00y", "%FF", "-1", "%C3%A1"]
CUERPOS = [(b"a=%ff%00&\xff\xfe=\x00", "application/x-www-form-urlencoded"), (b'{"a":[', "application/json")]
# Vistas que son de Wagtail de principio a fin y no conocen los datos del portal: se prueban allá.
DE_WAGTAIL = ("wagtail.", "wagtail_modeladmin.", "django.")
# El texto enriquecido viaja como JSON que arma el editor; a mano y mal armado, Wagtail no lo perdona.
ENRIQUECIDO = re.compile(r"descripcion|cuerpo|como_llegar")


def rutas(nodo, delante=""):
    """Cada dirección propia como texto con sus argumentos entre <>."""
    for parte in nodo.url_patterns:
        camino = delante + str(parte.pattern).lstrip("^").rstrip("$")
        if not isinstance(parte, URLPattern):
            yield from rutas(parte, camino)
        elif not _modulo(parte.callback).startswith(DE_WAGTAIL):
            yield re.sub(r"\(\?P<\w+>[^)]*\)", "<str:x>", camino)


def _modulo(vista):
    """Dónde se escribió ``vista``, por debajo de sus decoradores."""
    while hasattr(vista, "__wrapped__"):
        vista = vista.__wrapped__
    clase = getattr(vista, "view_class", None) or getattr(vista, "__self__", vista)
    return getattr(clase, "__module__", type(clase).__module__)


def poblar_portal(cusco) -> dict:
    """Una fila de cada cosa, en Cusco; devuelve los valores que llevan las direcciones."""
    cargar_paginas()
    AjustesPortal.load()
    capacitacion = fabricas.CapacitacionFactory(centro=cusco)
    entidad = fabricas.EntidadFactory(centro=cusco)
    fabricas.AsistenciaFactory(inscripcion=fabricas.InscripcionFactory(capacitacion=capacitacion, entidad=entidad))
    fabricas.OperadorFactory(entidad=entidad)
    for fabrica in (fabricas.MedioFactory, fabricas.PersonalFactory, fabricas.SuscriptorFactory):
        fabrica(centro=cusco)
    return {"slug": capacitacion.slug, "accion": "pausar", "que": "baja", "token": "x.y"}


def direccion(azar, ruta, valores):
    def valor(argumento):
        nombre = argumento[1].rpartition(":")[2]
        return azar.choice(LLAVES) if azar.random() < 0.3 else str(valores.get(nombre, 1))

    pares = [f"{azar.choice(PARAMETROS)}={azar.choice([*LLAVES, '2026-11'])}" for _ in range(azar.randint(0, 3))]
    return "/" + re.sub(r"<([\w:]+)>", valor, ruta) + f"?{'&'.join(pares)}"


def llenado(azar, pagina):
    """Los campos del formulario de ``pagina`` como vinieron, menos unos cuantos."""
    html = pagina.content.decode(errors="replace") if pagina.status_code == 200 and not pagina.streaming else ""
    datos = {}
    for control in re.finditer(r"<(?:input|select|textarea)[^>]*>", html):
        nombre, valor = (re.search(rf'\b{atributo}="([^"]*)"', control[0]) for atributo in ("name", "value"))
        if nombre:
            datos[nombre[1]] = unescape(valor[1]) if valor else ""
    libres = [nombre for nombre in datos if not ENRIQUECIDO.search(nombre)] or PARAMETROS
    for nombre in azar.sample(libres, min(len(libres), azar.choice([1, 1, 2, 6]))):
        datos[nombre] = azar.choice(BASURA)
    return datos


def enviar(azar, cliente, url):
    if azar.random() < 0.1:
        cuerpo, tipo = azar.choice(CUERPOS)
        return cliente.post(url, data=cuerpo, content_type=tipo)
    return cliente.post(url, llenado(azar, cliente.get(url.partition("?")[0])))


def con_rol(rol: str):
    """Alguien con ``rol`` en Cusco, en Presupuesto o en la sede, como lo pida el rol."""
    donde = {}
    if rol in ROLES_DE_CENTRO:
        donde["centro"] = personas.cusco()
    if rol in ROLES_DE_SISTEMA:
        donde["sistema"] = Sistema.objects.first() or fabricas.SistemaFactory()
    if rol == Rol.ALIADO:
        donde["organo"] = fabricas.OrganoFactory(sigla="OSCE", tipo=Organo.Tipo.ALIADO)
    return personas.con_rol(f"al.azar.{rol}", rol, **donde)


def direcciones(quien) -> list[str]:
    """Las nuestras: todas para quien no tiene cuenta, las de la intranet para el personal."""
    todas = [*rutas(get_resolver()), "", "centros/", "boletines/", "comunicados/"]
    return [ruta for ruta in todas if ruta.startswith("intranet/")] if quien else todas


def bombardear(quien, valores: dict, *, semilla, veces: int = 1) -> tuple[list[str], int]:
    """(lo que se cayó, cuántos pedidos) al mandar basura a cada dirección, ``veces`` por GET y otras por POST."""
    azar = random.Random(semilla)
    cliente = Client(raise_request_exception=False)
    if quien:
        cliente.force_login(quien)
    errores, pedidos = [], 0

    def anotar(request=None, **kwargs):
        errores.append(f"{request.method} {request.get_full_path()} {request.POST.dict()}: {sys.exception()!r}")

    got_request_exception.connect(anotar)
    try:
        for ruta in direcciones(quien) * veces:
            for pedir in (lambda url: cliente.get(url), lambda url: enviar(azar, cliente, url)):
                with transaction.atomic():
                    pedir(direccion(azar, ruta, valores))
                    transaction.set_rollback(True)
                pedidos += 1
    finally:
        got_request_exception.disconnect(anotar)
    return errores, pedidos
