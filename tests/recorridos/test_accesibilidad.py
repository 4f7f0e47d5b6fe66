"""El sitio público en un teléfono con línea lenta, con teclado, con lector de pantalla y sin JavaScript."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.utils import timezone

from boletines.enlaces import url_baja, url_confirmar
from boletines.models import BoletinesIndexPage, ComunicadosIndexPage, Suscriptor
from eventos.enlaces import token_de
from eventos.models import ActividadPrograma, Capacitacion, Inscripcion
from home.carga import cargar_paginas
from organizacion.models import Jurisdiccion
from tests import personas
from tests.boletines.conftest import cuerpo, nueva_edicion, nuevo_comunicado
from tests.fabricas import (
    CapacitacionFactory,
    EntidadFactory,
    ExpositorFactory,
    InscripcionFactory,
    PersonalFactory,
    ProvinciaFactory,
    SuscriptorFactory,
)

PESO_MAXIMO = 60_000
CONSULTAS = 16
PAUTAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# El modo oscuro solo cambia colores: allí basta mirar el contraste.
MIRADAS = (
    (360, "light", {"type": "tag", "values": PAUTAS}),
    (1280, "light", {"type": "tag", "values": PAUTAS}),
    (360, "dark", {"type": "rule", "values": ["color-contrast"]}),
    (1280, "dark", {"type": "rule", "values": ["color-contrast"]}),
)
# Las que llevan un formulario con protección CSRF: dejan su cookie y nadie las guarda en caché.
CON_FORMULARIO = {"inscripción", "inscripción a la espera", "cancelar", "suscripción", "confirmar suscripción"}


def poblar() -> dict[str, str]:
    """Una fila de cada cosa que el público ve; devuelve cada página con su dirección."""
    cusco = personas.cusco()
    cargar_paginas()
    for codigo in ("0801", "0802", "0803"):
        Jurisdiccion.objects.create(centro=cusco, provincia=ProvinciaFactory(codigo=codigo))
    PersonalFactory(centro=cusco, correo="julia@conectamef.example", es_publico=True)
    return PAGINAS_FIJAS | _capacitaciones(cusco) | _publicaciones() | _suscripcion()


PAGINAS_FIJAS = {
    "inicio": "/",
    "calendario": "/capacitaciones/",
    "calendario sin resultados": "/capacitaciones/?q=zzzz",
    "mes": "/capacitaciones/?vista=mes",
    "pasadas": "/capacitaciones/?vista=pasadas",
    "boletines": "/boletines/",
    "comunicados": "/comunicados/",
    "centros": "/centros/",
    "centro": "/centros/cusco/",
    "suscripción": "/suscripcion/",
    "revise su correo": "/suscripcion/revise-su-correo/",
    "suscripción lista": "/suscripcion/listo/confirmado/",
    "enlace no válido": "/suscripcion/confirmar/cortado/",
    "buscador": "/buscar/",
    "resultados": "/buscar/?q=presupuestaria",
    "sin resultados": "/buscar/?q=zzzz",
    "página de contenido": "/privacidad/",
    "no existe": "/no-existe/",
}


def _capacitaciones(cusco):
    abierta = CapacitacionFactory(titulo="Formulación presupuestaria", centro=cusco, descripcion="<p>Con casos.</p>")
    llena = CapacitacionFactory(titulo="Conciliación bancaria", centro=cusco, cupos=1)
    cancelada = CapacitacionFactory(
        titulo="Cierre contable",
        centro=cusco,
        estado=Capacitacion.Estado.CANCELADA,
        motivo_cancelacion="El local no está disponible",
    )
    CapacitacionFactory(titulo="Inversión pública", centro=cusco, dias=-10)
    ExpositorFactory(capacitacion=abierta)
    ActividadPrograma.objects.create(
        sesion=abierta.sesiones.get(), hora_inicio=dt.time(9), hora_fin=dt.time(10), actividad="Registro"
    )
    estados = Inscripcion.Estado
    fila = {"entidad": EntidadFactory(centro=cusco), "capacitacion": llena}
    confirmada = InscripcionFactory(**fila)
    en_espera = InscripcionFactory(**fila, estado=estados.EN_ESPERA)
    anulada = InscripcionFactory(**fila, estado=estados.ANULADA)
    suya = "/capacitaciones/inscripciones/{}/".format
    return {
        "capacitación": abierta.get_absolute_url(),
        "capacitación llena": llena.get_absolute_url(),
        "capacitación cancelada": cancelada.get_absolute_url(),
        "inscripción": f"{abierta.get_absolute_url()}inscripcion/",
        "inscripción a la espera": f"{llena.get_absolute_url()}inscripcion/",
        "confirmada": suya(token_de(confirmada)),
        "en espera": suya(token_de(en_espera)),
        "anulada": suya(token_de(anulada)),
        "cancelar": suya(token_de(confirmada)) + "cancelar/",
    }


def _publicaciones():
    edicion = nueva_edicion(BoletinesIndexPage.objects.get())
    edicion.cuerpo = cuerpo()
    edicion.save_revision().publish()
    lista = ComunicadosIndexPage.objects.get()
    vencido = nuevo_comunicado(lista, "Cierre presupuestario", vigente_hasta=dt.date(2026, 1, 31))
    return {"edición": edicion.url, "comunicado": nuevo_comunicado(lista).url, "comunicado vencido": vencido.url}


def _suscripcion():
    pendiente = SuscriptorFactory(estado=Suscriptor.Estado.PENDIENTE, confirmacion_pedida_en=timezone.now())
    return {
        "confirmar suscripción": urlsplit(url_confirmar(pendiente)).path,
        "baja": urlsplit(url_baja(SuscriptorFactory())).path,
    }


def _faltas(pestana, reglas):
    """Lo que axe reprocha y, si la página se sale de la pantalla, por cuánto."""
    hallado = Axe().run(pestana, options={"runOnly": reglas, "resultTypes": ["violations"]}).response["violations"]
    faltas = [f"{falta['id']}: {nodo['html'][:160]}" for falta in hallado for nodo in falta["nodes"]]
    raiz = "document.documentElement"
    if sobra := pestana.evaluate(f"{raiz}.scrollWidth - {raiz}.clientWidth"):
        faltas.append(f"se sale {sobra} px de la pantalla")
    return faltas


def _mirar(pestana, nombre):
    for ancho, tema, reglas in MIRADAS:
        pestana.set_viewport_size({"width": ancho, "height": 800})
        pestana.emulate_media(color_scheme=tema, reduced_motion="reduce")
        yield from (f"{nombre} ({ancho} px, {tema}): {falta}" for falta in _faltas(pestana, reglas))


@pytest.mark.navegador
@pytest.mark.lenta
@pytest.mark.django_db(transaction=True)
def test_nadie_encuentra_una_barrera(chromium, live_server):
    paginas = poblar()
    # Solo axe se salta la política de contenido, para poder entrar en la página.
    pestana = chromium.new_context(locale="es-PE", bypass_csp=True).new_page()
    faltas = []
    for nombre, ruta in paginas.items():
        pestana.goto(live_server.url + ruta)
        faltas += _mirar(pestana, nombre)
    for nombre in ("inscripción", "suscripción"):
        pestana.goto(live_server.url + paginas[nombre])
        pestana.locator("main .acciones button").click()
        pestana.locator(".resumen-errores").wait_for()
        faltas += _mirar(pestana, f"{nombre} con errores")
    pestana.context.close()
    assert faltas == []


@pytest.fixture
def paginas(db):
    return poblar()


def _peso(respuesta):
    """La página y sus hojas de estilo y guiones, sin comprimir."""
    estaticos = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', respuesta.content.decode())
    return len(respuesta.content) + sum(Path(finders.find(ruta)).stat().st_size for ruta in set(estaticos))


def test_cada_pagina_pesa_poco_y_pregunta_poco_a_la_base(client, paginas, django_assert_max_num_queries):
    for nombre, ruta in paginas.items():
        with django_assert_max_num_queries(CONSULTAS, info=nombre):
            respuesta = client.get(ruta)
        assert _peso(respuesta) < PESO_MAXIMO, nombre


def test_navegar_no_deja_cookies(client, paginas):
    dejan = {nombre for nombre, ruta in paginas.items() if client.get(ruta).cookies}

    assert dejan == CON_FORMULARIO
