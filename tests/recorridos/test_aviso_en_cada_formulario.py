"""Bajo cada formulario público que pide datos personales está el aviso de su finalidad (Ley 29733).

Toda ruta pública está en una de estas dos tablas: la que aparezca sin declarar hace fallar la suite.
"""

import re

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from acceso.enlaces import enlace_para_elegir_clave
from custodia.actions import aviso_vigente, poner_avisos_al_dia
from custodia.finalidades import TRATAMIENTOS, texto_de_aviso
from custodia.inventario import PARECE
from custodia.models import Aviso
from directorio.campanias.enlaces import token_de
from eventos.models import Convocatoria, Invitacion
from tests import personas
from tests.directorio.campanias import campania_de
from tests.fabricas import CapacitacionFactory, EntidadFactory, UsuarioFactory
from tests.recorridos.poblado import poblar

pytestmark = pytest.mark.django_db

# Ruta con formulario que pide datos → (página de ``poblar``, finalidad).
CON_AVISO = {
    "eventos:inscripcion-crear": ("inscripción", "inscripcion"),
    "eventos:inscripcion-editar": ("corregir", "inscripcion"),
    "eventos:preguntar": ("preguntar", "pregunta"),
    "eventos:invitacion-personal": ("invitación personal", "convocatoria"),
    "boletines:suscribir": ("suscripción", "suscripcion"),
    "boletines:invitacion": ("invitación", "suscripcion"),
    "boletines:preferencias-pedir": ("pedir las preferencias", "suscripcion"),
    "boletines:preferencias": ("preferencias", "suscripcion"),
    "boletines:baja-oficial": ("baja de un correo oficial", "correo_oficial"),
    "custodia:solicitar": ("solicitud de derechos", "derechos"),
    "directorio:actualizar": ("corregir el directorio", "operadores"),
    "account_reset_password_from_key": ("elegir la contraseña", "cuentas"),
}
# Sin datos de quien escribe: buscadores, páginas, feeds; las encuestas son anónimas (invariante 6), la mesa la usa el
# personal, y anular, aceptar un cupo, rendir una prueba o firmar por enlace no piden un dato nuevo. Entrar y cuidar la
# cuenta tampoco: su aviso se lee al elegir la contraseña.
SIN_DATOS = re.compile(
    r"^(home|wagtail\w*|anymail|eventos:(calendario|feed|entidades|distritos|incrustar.*|programa|capacitacion.*|"
    r"invitacion|invitacion-pdf|inscripcion-(grupo|ver|anular)|oferta|prueba|pruebas|asistencia|material|encuesta.*|"
    r"mesa|mesa:.*|pregunta-recibida|datos-abiertos|.*-csv|openapi|oembed|\d*)|boletines:(rss.*|comunicados-rss|"
    r"revise-su-correo|confirmar|baja|preferencias-pedidas|pausa|listo)|home:.*|"
    r"custodia:(proteccion-de-datos|solicitud-recibida)|directorio:(personal|vcard.*)|acceso_.*|mfa_.*|usersessions_.*|"
    r"account_(login|logout|reauthenticate|change_password|reset_password|reset_password_done)|)$"
)
TECNICAS = ("intranet/", "documentos/", "anymail/", "media/", "_util/", "correo/", "__debug__", "avisos/")
CAMPO = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"')
FORMULARIO = re.compile(r'<form\b(?=[^>]*method="post")[^>]*>.*?</form>', re.S)


def rutas(patrones=None, prefijo="", espacio=""):
    """(nombre con espacio, ruta) de cada patrón público con nombre."""
    for patron in patrones or get_resolver().url_patterns:
        ruta = prefijo + str(patron.pattern)
        if ruta.lstrip("^").startswith(TECNICAS):
            continue
        if isinstance(patron, URLResolver):
            propio = f"{espacio}{patron.namespace}:" if patron.namespace else espacio
            yield from rutas(patron.url_patterns, ruta, propio)
        elif isinstance(patron, URLPattern):
            yield f"{espacio}{patron.name or ''}", ruta


def pide_datos(html: str) -> bool:
    nombres = {n for formulario in FORMULARIO.findall(html) for n in CAMPO.findall(formulario)}
    return any(PARECE.search(nombre) for nombre in nombres)


@pytest.fixture
def paginas():
    todas = poblar()
    capacitacion = CapacitacionFactory()
    entidad = EntidadFactory()
    convocatoria = Convocatoria.objects.create(capacitacion=capacitacion, anticipacion=8)
    invitacion = Invitacion.objects.create(
        capacitacion=capacitacion, convocatoria=convocatoria, entidad=entidad, nombre="Rosa", correo="a@b.example"
    )
    return todas | {
        "preguntar": "/preguntar/",
        "invitación personal": f"/capacitaciones/invitaciones/{invitacion.clave}/",
        "solicitud de derechos": "/proteccion-de-datos/solicitud/",
        "corregir el directorio": f"/actualizar-datos/{token_de(_pedido(entidad))}/",
        "elegir la contraseña": enlace_para_elegir_clave(UsuarioFactory()).removeprefix(settings.URL_DEL_SITIO),
    }


def _pedido(entidad):
    entidad.correo = "mesa@muni.example"
    entidad.save()
    return campania_de(entidad.centro, personas.directora_de_ogauc()).pedidos.get(entidad=entidad)


def test_toda_ruta_publica_esta_declarada():
    for nombre, ruta in rutas():
        assert nombre in CON_AVISO or SIN_DATOS.match(nombre), f"Diga si «{nombre}» ({ruta}) pide datos personales."


@pytest.mark.parametrize(("pagina", "finalidad"), CON_AVISO.values(), ids=CON_AVISO)
def test_el_aviso_de_su_finalidad_esta_en_la_pagina(client, paginas, pagina, finalidad):
    texto = client.get(paginas[pagina], follow=True).text
    assert f'data-finalidad="{finalidad}"' in texto
    assert "/proteccion-de-datos/" in texto


def test_ninguna_otra_pagina_pide_datos_sin_su_aviso(client, paginas):
    sin_aviso = []
    for nombre, ruta in paginas.items():
        html = client.get(ruta).text
        if pide_datos(html) and "data-finalidad=" not in html and not nombre.startswith("encuesta"):
            sin_aviso.append(nombre)
    assert sin_aviso == []


def test_control_un_formulario_sin_aviso_se_descubre():
    assert pide_datos('<form method="post"><input type="text" name="correo"></form>')
    assert not pide_datos('<form method="get"><input type="text" name="correo"></form>')


def test_cada_aviso_dice_para_que_con_que_base_quien_los_ve_hasta_cuando_y_como_reclamar():
    for finalidad in Aviso.Finalidad.values:
        suyo, texto = TRATAMIENTOS[finalidad], texto_de_aviso(finalidad)
        assert suyo.aviso, finalidad
        for parte in (suyo.aviso, suyo.destinatarios, suyo.base[1:], suyo.plazo, "Protección de datos personales"):
            assert parte in texto


def test_al_cambiar_el_registro_nace_la_version_siguiente_y_la_aceptada_se_conserva(monkeypatch):
    import dataclasses

    poner_avisos_al_dia()
    primera = aviso_vigente("pregunta")
    nueva = dataclasses.replace(TRATAMIENTOS["pregunta"], aviso="Usaremos estos datos de otro modo.")
    monkeypatch.setitem(TRATAMIENTOS, "pregunta", nueva)
    assert poner_avisos_al_dia() == 1
    segunda = aviso_vigente("pregunta")
    assert (segunda.version, segunda.sha256 != primera.sha256) == (primera.version + 1, True)
    primera.refresh_from_db()
    assert "solo para responder" in primera.texto
    assert poner_avisos_al_dia() == 0
