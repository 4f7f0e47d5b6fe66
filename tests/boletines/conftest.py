"""Un sitio mínimo: inicio, archivo de boletines y lista de comunicados."""

import datetime as dt

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from boletines.flujo import cargar_flujo
from boletines.models import (
    Aporte,
    BoletinesIndexPage,
    BoletinPage,
    ComunicadoPage,
    ComunicadosIndexPage,
    Edicion,
    NotaDeAporte,
)
from home.models import HomePage


@pytest.fixture
def inicio(db):
    inicio = Page.get_first_root_node().add_child(instance=HomePage(title="Inicio", slug="portada"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": inicio})
    return inicio


@pytest.fixture
def archivo(inicio):
    return inicio.add_child(instance=BoletinesIndexPage(title="Boletines", slug="boletines"))


@pytest.fixture
def con_flujo(archivo):
    """El archivo con el flujo de aprobación puesto, como lo deja ``cargar_datos``."""
    cargar_flujo()
    return archivo


@pytest.fixture
def lista(inicio):
    return inicio.add_child(instance=ComunicadosIndexPage(title="Comunicados", slug="comunicados"))


@pytest.fixture
def imagen(db):
    return Image.objects.create(
        title="auditorio.png", description="Auditorio lleno en Cusco", file=get_test_image_file(size=(800, 600))
    )


def cuerpo(imagen=None, **cambios):
    """Una noticia, una norma y una actividad, escritas en otro orden que el de la edición."""
    foto = {"image": imagen.pk, "decorative": False, "alt_text": "Equipo del centro"} if imagen else None
    bloques = {
        "actividad": {"centro": "Cusco", "titulo": "Visita a Urubamba", "texto": "<p>Con 20 municipios.</p>"},
        "norma": {"numero": "R.D. 001-2026-EF/50.01", "fecha": "2026-10-02", "resumen": "Directiva de cierre."},
        "noticia": {
            "titulo": "Plazos de cierre contable",
            "texto": '<p>Vea los <a href="/comunicados/">comunicados</a>.</p>',
            "imagen": foto,
            "enlace": "https://ejemplo.example/cierre",
        },
    } | cambios
    return [{"type": tipo, "value": valor} for tipo, valor in bloques.items()]


def nueva_edicion(archivo, **cambios):
    """La edición publicada de octubre de 2026, salvo lo que diga ``cambios``."""
    datos = {"anio": 2026, "mes": 10, "editorial": "Este mes cerramos el año con ustedes.", "live": True} | cambios
    return archivo.add_child(instance=BoletinPage(**datos))


@pytest.fixture
def edicion(archivo, imagen):
    edicion = nueva_edicion(archivo, portada=imagen)
    edicion.cuerpo = edicion.cuerpo.stream_block.to_python([])
    edicion.cuerpo = cuerpo(imagen)
    edicion.save_revision().publish()
    return BoletinPage.objects.get(pk=edicion.pk)


def nuevo_comunicado(lista, titulo="Cierre del SIAF", **cambios):
    datos = {"resumen": "Resumen oficial", "cuerpo": "<p>Texto completo</p>", "fecha": dt.date(2026, 1, 5)} | cambios
    return lista.add_child(instance=ComunicadoPage(title=titulo, **datos))


def nueva_parte(boletin, centro, notas=(), **cambios):
    """La parte entregada de ``centro`` para ``boletin``; cada nota, un dict que cambia la de ejemplo."""
    edicion, _ = Edicion.objects.get_or_create(anio=boletin.anio, mes=boletin.mes)
    datos = {"estado": "entregado", "editorial": "Lo que hicimos en el centro.", "plazo": dt.date(2026, 10, 26)}
    aporte = Aporte.objects.create(edicion=edicion, centro=centro, **(datos | cambios))
    for orden, nota in enumerate(notas):
        ejemplo = {"tipo": "actividad", "titulo": "Taller en Anta", "texto": "Con doce municipalidades."}
        NotaDeAporte.objects.create(aporte=aporte, orden=orden, **(ejemplo | nota))
    return aporte
