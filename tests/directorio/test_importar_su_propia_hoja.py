"""La hoja de cada quien, con los encabezados y las costumbres que tenga."""

import pytest
from django.urls import reverse

from directorio.importacion.campos import CAMPOS, adivinar
from directorio.importacion.juntos import apellidos_primero, nombres_primero
from directorio.models import Operador, Personal
from organizacion.carga import cargar_rectoria
from tests.directorio.test_importar import ensayar, importar, lista, subir
from tests.fabricas import EntidadFactory

pytestmark = pytest.mark.django_db
JUNTOS = "N°;Nro de documento;Apellidos y nombres;Cod. SIAF;Cargo"


@pytest.fixture
def entidad(cusco):
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


@pytest.mark.parametrize(
    ("encabezado", "campo"),
    [
        ("Nro de documento", "documento"),
        ("Nro. Documento", "documento"),
        ("N° DNI", "documento"),
        ("Nº de DNI", "documento"),
        ("DOCUMENTO DE IDENTIDAD", "documento"),
        ("Apellidos y nombres", "juntos"),
        ("APELLIDOS Y NOMBRES COMPLETOS", "juntos"),
        ("Nombres y apellidos", "juntos_al_reves"),
        ("Institución", "entidad_nombre"),
        ("Entidad / Institución", "entidad_nombre"),
        ("N° de celular", "telefono"),
        ("Correo institucional", "correo"),
        ("Sistema administrativo", "sistemas"),
    ],
)
def test_los_encabezados_de_costumbre_se_reconocen(encabezado, campo):
    assert adivinar("operador", [encabezado]) == {encabezado: campo}


def test_el_numero_de_orden_no_se_importa():
    assert adivinar("operador", ["N°", "Nro.", "Ítem"]) == {}


def test_si_vienen_por_separado_los_juntos_no_hacen_falta():
    mapeo = adivinar("operador", ["Apellidos y nombres", "Apellidos", "Nombres"])
    assert mapeo == {"Apellidos": "apellidos", "Nombres": "nombres"}


def test_las_entidades_no_tienen_apellidos():
    assert adivinar("entidad", ["Apellidos y nombres"]) == {}


@pytest.mark.parametrize(
    ("celda", "partida"),
    [
        ("Quispe Mamani, Rosa María", ("Quispe Mamani", "Rosa María")),
        ("Quispe, Rosa", ("Quispe", "Rosa")),
        ("Quispe Mamani Rosa María", ("Quispe Mamani", "Rosa María")),
        ("Quispe Rosa", ("Quispe", "Rosa")),
        ("De la Cruz Mamani Rosa", ("De la Cruz Mamani", "Rosa")),
        ("Ponce de León Ríos Ana", ("Ponce de León", "Ríos Ana")),
    ],
)
def test_los_apellidos_van_delante(celda, partida):
    assert apellidos_primero(celda) == partida


@pytest.mark.parametrize(
    ("celda", "partida"),
    [
        ("Rosa María Quispe Mamani", ("Quispe Mamani", "Rosa María")),
        ("Rosa Quispe", ("Quispe", "Rosa")),
        ("Rosa de la Cruz Mamani", ("de la Cruz Mamani", "Rosa")),
        ("Quispe Mamani, Rosa", ("Quispe Mamani", "Rosa")),
    ],
)
def test_o_los_nombres(celda, partida):
    assert nombres_primero(celda) == partida


def test_una_columna_junta_agrega_a_cada_quien_y_repetirla_no_cambia_nada(entidad, coordinadora):
    hoja = lista("1;01234567;Quispe Mamani, Rosa;123;Jefa", "2;07654321;Condori Puma Luz;123;", encabezados=JUNTOS)
    hoja = hoja.replace(";123;", ";000123;")
    assert importar(hoja, coordinadora).cuentas == {"nueva": 2}
    assert set(Operador.objects.values_list("apellidos", "nombres")) == {
        ("Quispe Mamani", "Rosa"),
        ("Condori Puma", "Luz"),
    }
    assert importar(hoja, coordinadora).cuentas == {"igual": 2}


def test_lo_que_el_directorio_ya_sabe_partir_no_se_parte_de_otro_modo(entidad, coordinadora):
    encabezados = "DNI;Apellidos;Nombres;Cod. SIAF;Cargo"
    importar(lista("01234567;Ponce de León Ríos;Ana;000123;Jefa", encabezados=encabezados), coordinadora)
    junta = lista("1;01234567;Ponce de León Ríos Ana;000123;Jefa", encabezados=JUNTOS)
    assert importar(junta, coordinadora).cuentas == {"igual": 1}


def test_una_sola_palabra_dice_como_escribirlo(entidad, coordinadora):
    importacion = ensayar(subir(lista("1;;Quispe;000123;", encabezados=JUNTOS), coordinadora), coordinadora)
    assert "separados por una coma" in importacion.renglones.get().motivos[0]


def test_juntos_y_por_separado_a_la_vez_no(client, entidad, coordinadora):
    importacion = subir(lista("Quispe, Rosa;Quispe", encabezados="Quién;Apellidos"), coordinadora)
    client.force_login(coordinadora)
    datos = {"columna-0": "juntos", "columna-1": "apellidos"}
    respuesta = client.post(reverse("directorio_importacion_columnas", args=[importacion.pk]), datos)
    assert "elija juntos o por separado" in respuesta.text


def test_lo_que_se_exporta_va_por_separado():
    assert not {campo.nombre for campo in CAMPOS["operador"]} & {"juntos", "juntos_al_reves"}


@pytest.mark.parametrize(
    ("dicho", "sistema"),
    [
        ("Tesorería", "Endeudamiento y Tesoro Público"),
        ("Sistema Nacional de Tesorería", "Endeudamiento y Tesoro Público"),
        ("PRESUPUESTO", "Presupuesto Público"),
        ("Sistema de Contabilidad", "Contabilidad Pública"),
        ("Inversiones", "Inversión Pública"),
    ],
)
def test_los_sistemas_se_dicen_como_los_dice_la_gente(entidad, coordinadora, dicho, sistema):
    cargar_rectoria()
    hoja = lista(f"Quispe;Rosa;000123;{dicho}", encabezados="Apellidos;Nombres;SIAF;Sistema")
    importar(hoja, coordinadora)
    assert [str(suyo) for suyo in Operador.objects.get().sistemas.all()] == [sistema]


def test_el_que_no_existe_dice_cuales_hay(entidad, coordinadora):
    cargar_rectoria()
    hoja = lista("Quispe;Rosa;Especialista;Cusco;Logística", encabezados="Apellidos;Nombres;Cargo;Centro;Sistema")
    motivo = " ".join(ensayar(subir(hoja, coordinadora, tipo="personal"), coordinadora).renglones.get().motivos)
    assert "No hay un sistema «Logística»" in motivo
    assert "hay Contabilidad Pública, Endeudamiento y Tesoro Público" in motivo
    assert not Personal.objects.exists()
