"""Nadie se lleva datos personales sin permiso, sin decir para qué y sin dejar huella."""

import ast
import subprocess

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from comun.modeladmin import RegistroAdmin
from comun.motivo import pide_motivo
from custodia.models import Huella
from tests.custodia.motivo import PARA_ALGO

LISTA = "inscripciones_modeladmin_index"
# Lo que cualquiera baja de la web, sin nadie que identificar.
PUBLICAS = ("eventos/views/datos_abiertos.py",)
# Solo arma el archivo: la huella la deja el paso de la solicitud que lo prepara.
SOLO_ARMAN = ("custodia/paquete.py",)
FUERA = ("tests/", "herramientas/", "demo/", "comun/exportar.py", *PUBLICAS, *SOLO_ARMAN)
# Sin datos de nadie: la hoja que se llena para importar.
VACIAS = {"plantilla"}
TABLAS = {"respuesta_tabla", "a_csv", "a_xlsx"}


def nombres_en(nodo) -> set[str]:
    return {n.id for n in ast.walk(nodo) if isinstance(n, ast.Name)}


def llamadas(nodo, nombre) -> list[ast.Call]:
    return [n for n in ast.walk(nodo) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == nombre]


def arma_una_tabla(funcion) -> bool:
    return funcion.name not in VACIAS and any(llamadas(funcion, tabla) for tabla in TABLAS)


def funciones_que_exportan():
    """(archivo, función) de cada una que arma una tabla para bajar."""
    orden = ["git", "-C", str(settings.BASE_DIR), "ls-files", "*.py"]
    for archivo in subprocess.run(orden, capture_output=True, text=True, check=True).stdout.split():
        if archivo.startswith(FUERA):
            continue
        ruta = settings.BASE_DIR / archivo
        if not ruta.exists():
            continue
        for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
            if isinstance(nodo, ast.FunctionDef) and arma_una_tabla(nodo):
                yield archivo, nodo


EXPORTAN = list(funciones_que_exportan())


def test_se_encuentran_las_exportaciones():
    assert {nodo.name for _, nodo in EXPORTAN} >= {"as_spreadsheet", "llamadas_xlsx", "invitados_xlsx", "exportar"}


@pytest.mark.parametrize(("archivo", "funcion"), EXPORTAN, ids=lambda x: getattr(x, "name", x))
def test_toda_exportacion_deja_huella(archivo, funcion):
    assert nombres_en(funcion) & {"al_exportar", "anotar"}, f"{archivo}: {funcion.name} exporta sin dejar huella"


@pytest.mark.parametrize(("archivo", "funcion"), EXPORTAN, ids=lambda x: getattr(x, "name", x))
def test_toda_exportacion_de_datos_personales_pide_motivo(archivo, funcion):
    avisados = [n.args[1].id for n in llamadas(funcion, "avisar") if isinstance(n.args[1], ast.Name)]
    modelos = [m for m in apps.get_models() if m.__name__ in avisados and pide_motivo(m)]
    if modelos or funcion.name == "as_spreadsheet":
        assert nombres_en(funcion) & {"con_motivo", "pregunta_de_motivo"}, f"{archivo}: {funcion.name} no pide motivo"


def registros_personales():
    def todas(clase):
        for hija in clase.__subclasses__():
            yield hija
            yield from todas(hija)

    clases = {c for c in todas(RegistroAdmin) if not c.__module__.startswith("tests") and getattr(c, "model", None)}
    return sorted((c for c in clases if c.list_export and pide_motivo(c.model)), key=lambda c: c.__name__)


@pytest.mark.django_db
def test_cada_registro_con_datos_personales_pregunta_antes_de_entregar(admin_client):
    clases = registros_personales()
    assert len(clases) >= 6
    for clase in clases:
        url = reverse(clase().url_helper.get_action_url_name("index")) + "?export=csv"
        pregunta = admin_client.get(url)
        assert "Content-Disposition" not in pregunta.headers, clase
        assert "¿Para qué necesita estos datos?" in pregunta.text
        assert not Huella.objects.filter(accion="exportar").exists()
    for clase in clases:
        url = reverse(clase().url_helper.get_action_url_name("index")) + "?export=csv"
        assert "attachment" in admin_client.post(url, PARA_ALGO)["Content-Disposition"], clase
        huella = Huella.objects.filter(modelo=clase.model._meta.label_lower).latest("pk")
        assert (huella.accion, huella.motivo) == ("exportar", PARA_ALGO["motivo"])


@pytest.mark.django_db
@pytest.mark.parametrize("motivo", ["", "ya", " " * 30, "x" * 256, "con\x00nulo adentro"])
def test_un_motivo_que_no_dice_nada_no_descarga(client, ogauc, motivo):
    client.force_login(ogauc)
    respuesta = client.post(f"{reverse(LISTA)}?export=csv", {"motivo": motivo})
    assert "Content-Disposition" not in respuesta.headers
    assert "errorlist" in respuesta.text
    assert not Huella.objects.exists()


@pytest.mark.django_db
def test_el_motivo_se_guarda_sin_los_datos_que_alguien_escriba_en_el(client, ogauc):
    client.force_login(ogauc)
    client.post(f"{reverse(LISTA)}?export=csv", {"motivo": "Lo pidió ana@muni.example, DNI 40123456"})
    assert Huella.objects.get(accion="exportar").motivo == "Lo pidió [tapado], DNI [tapado]"


@pytest.mark.django_db
def test_lo_que_no_lleva_datos_personales_se_baja_sin_preguntar(client, ogauc):
    client.force_login(ogauc)
    respuesta = client.get(reverse("capacitaciones_modeladmin_index"), {"export": "csv"})
    assert "attachment" in respuesta["Content-Disposition"]
    assert Huella.objects.get(accion="exportar").motivo == ""
