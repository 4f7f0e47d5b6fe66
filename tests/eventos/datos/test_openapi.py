"""Lo que dice la descripción OpenAPI es lo que el portal responde."""

import datetime as dt

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from eventos.models import Capacitacion, Motivo
from eventos.openapi import documento
from tests.fabricas import (
    CapacitacionFactory,
    DistritoFactory,
    EntidadFactory,
    ExpositorFactory,
    SesionFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
DESCRIPCION = "/api/openapi.json"
CALENDARIO = "/capacitaciones.json"
# Con qué se pide cada ruta que no se explica sola.
VALORES = {"q": "cusco", "url": "http://localhost:8000/capacitaciones/", "slug": "cierre-contable"}


@pytest.fixture(autouse=True)
def programa(cusco, settings):
    """Una de cada clase: con todo, cancelada, de la sede sin límite de cupos, reprogramada, de varios sistemas."""
    settings.URL_DEL_SITIO = "http://localhost:8000"
    manana = timezone.now() + dt.timedelta(days=1)
    otro = SistemaFactory(slug="inversion", nombre="Inversión Pública")
    curso = CapacitacionFactory(
        slug="cierre-contable", centro=cusco, distrito=DistritoFactory(), sistemas=[otro, SistemaFactory()],
        inscripcion_cierra_en=manana, inscripcion_abre_en=timezone.now(),
    )  # fmt: skip
    ExpositorFactory(capacitacion=curso)
    SesionFactory(capacitacion=curso, fecha=curso.fecha_inicio, hora_inicio=dt.time(15), hora_fin=dt.time(18))
    CapacitacionFactory(centro=cusco, estado="cancelada", motivo_cancelacion="Fuerza mayor")
    CapacitacionFactory(centro=None, organizador="sede", cupos=None, modalidad="virtual")
    movida = CapacitacionFactory(centro=cusco)
    movida.reprogramaciones.create(
        motivo=Motivo.USUARIOS, comenzaba_en=timezone.now(), terminaba_el=timezone.localdate(), lugar_antes="Otro local"
    )
    EntidadFactory(nombre="Municipalidad de Cusco", centro=cusco)


def validador(descripcion, esquema):
    """``esquema`` con el documento a la mano, que sus ``$ref`` apuntan a él."""
    formatos = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(descripcion | esquema, format_checker=formatos)


def errores(descripcion, respuesta, operacion):
    contenido = operacion["responses"]["200"]["content"]
    tipo = respuesta["Content-Type"].split(";")[0]
    assert tipo in contenido, f"se describe {list(contenido)} y responde {tipo}"
    if tipo == "text/csv":
        return []
    return [e.message for e in validador(descripcion, contenido[tipo]["schema"]).iter_errors(respuesta.json())]


def test_el_documento_vale_segun_la_norma_de_openapi(client):
    respuesta = client.get(DESCRIPCION)
    assert respuesta["Content-Type"] == "application/json"
    assert respuesta["Access-Control-Allow-Origin"] == "*"
    assert list(OpenAPIV31SpecValidator(respuesta.json()).iter_errors()) == []


def test_cada_ruta_descrita_responde_lo_que_dice(client):
    descripcion = client.get(DESCRIPCION).json()
    assert len(descripcion["paths"]) == 7
    for ruta, metodos in descripcion["paths"].items():
        assert list(metodos) == ["get"], "la interfaz es de solo lectura"
        exigidos = [p for p in metodos["get"]["parameters"] if p.get("required")]
        consulta = {p["name"]: VALORES[p["name"]] for p in exigidos if p["in"] == "query"}
        respuesta = client.get(ruta.format(**VALORES), consulta)
        assert respuesta.status_code == 200, ruta
        assert errores(descripcion, respuesta, metodos["get"]) == [], ruta
        assert respuesta["Access-Control-Allow-Origin"] == "*", ruta
        assert "ETag" in respuesta, ruta


def test_las_listas_de_la_prueba_no_estan_vacias(client):
    assert len(client.get(CALENDARIO).json()["items"]) == 4
    for ruta in ("entidades", "distritos"):
        assert client.get(f"/capacitaciones/{ruta}.json", {"q": "cusco"}).json()["resultados"]


def test_cada_filtro_descrito_filtra_o_se_acepta_sin_avisos(client):
    operacion = documento()["paths"][CALENDARIO]["get"]
    for parametro in operacion["parameters"]:
        esquema = parametro["schema"].get("items", parametro["schema"])
        for valor in esquema.get("enum", []):
            avisos = client.get(CALENDARIO, {parametro["name"]: valor}).json()["_conectamef"]["avisos"]
            assert avisos == [], f"{parametro['name']}={valor}"


def test_las_opciones_son_las_de_los_modelos():
    propiedades = documento()["components"]["schemas"]["Datos"]["properties"]
    assert propiedades["tipo"]["enum"] == Capacitacion.Tipo.values
    assert "borrador" not in propiedades["estado"]["enum"]


def test_control_una_respuesta_con_un_campo_de_mas_o_de_menos_se_nota(client):
    descripcion = documento()
    operacion = descripcion["paths"][CALENDARIO]["get"]
    esquema = operacion["responses"]["200"]["content"]["application/feed+json"]["schema"]
    feed = client.get(CALENDARIO).json()
    assert validador(descripcion, esquema).is_valid(feed)
    feed["items"][0]["_conectamef"]["telefono"] = "984123456"
    assert not validador(descripcion, esquema).is_valid(feed)
    del feed["items"][0]["_conectamef"]
    assert not validador(descripcion, esquema).is_valid(feed)


def test_lo_que_no_existe_responde_lo_descrito(client):
    assert client.get("/capacitaciones/no-existe.json").status_code == 404
    assert client.get("/oembed/", {"url": "https://otra.example/"}).status_code == 404
