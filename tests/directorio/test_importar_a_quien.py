"""A qué fila del directorio corresponde cada una del archivo: DNI, periodos y entidades que cambiaron de nombre."""

import datetime as dt

import pytest
from django.utils import timezone

from directorio.actions import renombrar_entidad
from directorio.duplicados.actions import fusionar_entidades
from directorio.models import Autoridad, Entidad, Operador, Personal
from organizacion.models import Jurisdiccion
from tests.directorio.test_importar import ensayar, importar, lista, subir
from tests.fabricas import (
    AutoridadFactory,
    EntidadFactory,
    OperadorFactory,
    PersonaFactory,
    PersonalFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
DE_OTRA = ["Ese DNI figura a nombre de otra persona: revise el número."]
CON_DNI = "DNI;Apellidos;Nombres;Código SIAF;Teléfono"
AUTORIDAD = "Apellidos;Nombres;Código SIAF;Cargo;Desde;Hasta"


@pytest.fixture
def entidad(cusco):
    SistemaFactory()
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


@pytest.fixture
def alcaldesa(entidad):
    periodo = {"desde": dt.date(2019, 1, 1), "hasta": dt.date(2022, 12, 31)}
    return AutoridadFactory(entidad=entidad, apellidos="Ruiz", nombres="Ana", cargo="Alcaldesa", **periodo)


def motivos(texto, por, **opciones):
    return ensayar(subir(texto, por, **opciones), por).renglones.get().motivos


def periodos():
    return list(Autoridad.objects.order_by("desde").values_list("cargo", "desde__year", "hasta__year"))


@pytest.mark.parametrize("bloqueada_en", [None, timezone.now()])
def test_el_dni_de_otra_persona_es_un_error(entidad, coordinadora, bloqueada_en):
    PersonaFactory(numero_documento="41414141", nombres="Marcelo", apellidos="Zea Choque", bloqueada_en=bloqueada_en)
    assert motivos(lista("41414141;Quispe;Rosa;000123;", encabezados=CON_DNI), coordinadora) == DE_OTRA


def test_por_su_dni_rosa_no_pasa_a_llamarse_juan(entidad, coordinadora):
    importar(lista("41414141;Quispe Mamani;Rosa;000123;", encabezados=CON_DNI), coordinadora)
    assert motivos(lista("41414141;Pérez Gómez;Juan;000123;", encabezados=CON_DNI), coordinadora) == DE_OTRA
    corregida = importar(lista("41414141;Quispe Mamani;Rosa María;000123;", encabezados=CON_DNI), coordinadora)
    assert corregida.cuentas == {"actualiza": 1}


def test_un_dni_con_el_decimal_de_excel_no_gana_una_cifra(entidad, coordinadora):
    texto = lista("1234567.0;Quispe;Rosa;000123;", encabezados=CON_DNI)
    assert motivos(texto, coordinadora) == ["«DNI»: El DNI tiene 8 dígitos, sin puntos ni espacios."]
    importar(texto.replace("1234567.0", "41414141.0"), coordinadora)
    assert Operador.objects.get().persona.numero_documento == "41414141"


def test_de_las_filas_de_un_dni_gana_la_activa_y_luego_la_de_su_entidad(entidad, cusco, coordinadora):
    rosa = {"persona": PersonaFactory(numero_documento="41414141"), "apellidos": "Quispe", "nombres": "Rosa"}
    otra = EntidadFactory(centro=cusco, codigo_siaf="000124")
    cesada = OperadorFactory(entidad=entidad, esta_activo=False, **rosa)
    activas = [OperadorFactory(entidad=fila, **rosa) for fila in (otra, entidad)]
    for siaf, esperada in (("000124", activas[0]), ("000123", activas[1])):
        hoja = lista(f"41414141;Quispe;Rosa;{siaf};984123456", encabezados=CON_DNI)
        renglon = ensayar(subir(hoja, coordinadora), coordinadora).renglones.get()
        assert (renglon.objeto, renglon.cambios) == (esperada.pk, {"telefono": ["", "984123456"]})
    assert cesada.pk < activas[0].pk


def test_dos_filas_del_archivo_no_cambian_la_misma(entidad, coordinadora):
    OperadorFactory(entidad=entidad, apellidos="Quispe", nombres="Rosa")
    filas = ("41414141;Quispe;Rosa;000123;", "41414142;Quispe;Rosa;000123;")
    importacion = ensayar(subir(lista(*filas, encabezados=CON_DNI), coordinadora), coordinadora)
    assert importacion.renglones.get(resultado="error").motivos == ["Repite la fila 2."]


def test_la_autoridad_que_vuelve_tiene_otro_periodo(alcaldesa, coordinadora):
    vuelve = lista("Ruiz;Ana;000123;Gerenta;01/01/2023;", encabezados=AUTORIDAD)
    assert importar(vuelve, coordinadora, tipo="autoridad").cuentas == {"nueva": 1}
    assert periodos() == [("Alcaldesa", 2019, 2022), ("Gerenta", 2023, None)]
    assert importar(vuelve, coordinadora, tipo="autoridad").cuentas == {"igual": 1}


def test_un_periodo_mas_antiguo_no_pisa_al_vigente_y_sin_fechas_se_corrige_el_vigente(alcaldesa, coordinadora):
    Autoridad.objects.filter(pk=alcaldesa.pk).update(desde=dt.date(2023, 1, 1), hasta=None)
    antigua = lista("Ruiz;Ana;000123;Regidora;01/01/2011;31/12/2014", encabezados=AUTORIDAD)
    importar(antigua, coordinadora, tipo="autoridad")
    importar(lista("Ruiz;Ana;000123;Gerenta;;", encabezados=AUTORIDAD), coordinadora, tipo="autoridad")
    assert periodos() == [("Regidora", 2011, 2014), ("Gerenta", 2023, None)]


def test_dos_periodos_en_el_mismo_archivo_son_dos_filas(entidad, coordinadora):
    filas = ("Ruiz;Ana;000123;Regidora;01/01/2011;31/12/2014", "Ruiz;Ana;000123;Alcaldesa;01/01/2015;31/12/2018")
    hoja = lista(*filas, encabezados=AUTORIDAD)
    assert importar(hoja, coordinadora, tipo="autoridad").cuentas == {"nueva": 2}
    assert importar(hoja, coordinadora, tipo="autoridad").cuentas == {"igual": 2}


def test_el_personal_que_ceso_y_vuelve_tiene_otra_fila(cusco, ogauc):
    PersonalFactory(
        centro=cusco, nombres="Ana", apellidos="Ruiz", desde=dt.date(2020, 1, 1), hasta=dt.date(2024, 12, 31)
    )
    hoja = "Apellidos;Nombres;Cargo;Centro;Desde\nRuiz;Ana;Asistente Administrativo;Cusco;01/02/2026"
    assert importar(hoja, ogauc, tipo="personal").cuentas == {"nueva": 1}
    assert list(Personal.objects.order_by("desde").values_list("hasta__year", flat=True)) == [2024, None]


@pytest.mark.parametrize("periodo", ["01/01/2027;31/12/2026", ";31/12/2025"])
def test_las_fechas_al_reves_se_dicen_en_el_ensayo(entidad, coordinadora, periodo):
    hoja = lista(f"Ruiz;Ana;000123;Alcaldesa;{periodo}", encabezados=AUTORIDAD)
    [motivo] = motivos(hoja, coordinadora, tipo="autoridad")
    assert "no puede ser anterior a «Desde»" in motivo


def test_una_entidad_se_reconoce_por_la_que_se_unio_a_ella_y_por_su_nombre_de_antes(entidad, cusco, ogauc):
    Jurisdiccion.objects.get_or_create(centro=cusco, provincia=entidad.distrito.provincia)
    repetida = EntidadFactory(centro=cusco, nombre="Muni Wánchaq", distrito=entidad.distrito)
    fusionar_entidades(se_queda=entidad, absorbida=repetida, de_la_otra=set(), por=ogauc)
    otra = EntidadFactory(centro=cusco, nombre="Muni Vieja", distrito=entidad.distrito)
    renombrar_entidad(entidad=otra, nombre="Muni Nueva", desde=dt.date(2026, 1, 1), por=ogauc)
    filas = [f"{entidad.distrito_id};{nombre};984123456" for nombre in ("Muni Wánchaq", "Muni Vieja")]
    importacion = importar(lista(*filas, encabezados="Ubigeo;Nombre;Teléfono"), ogauc, tipo="entidad")
    assert importacion.cuentas == {"actualiza": 2}
    vivas = Entidad.objects.filter(fusionada_en=None, telefono="984123456").order_by("pk")
    assert list(vivas.values_list("nombre", flat=True)) == ["Municipalidad de Wanchaq", "Muni Nueva"]
    repetida.refresh_from_db()
    assert (repetida.telefono, repetida.esta_activa) == ("", False)


def test_el_operador_llega_a_su_entidad_por_el_nombre_que_tuvo(entidad, ogauc, coordinadora):
    renombrar_entidad(entidad=entidad, nombre="Municipalidad de Wánchaq Nueva", desde=dt.date(2026, 1, 1), por=ogauc)
    hoja = "Apellidos;Nombres;Entidad\nQuispe;Rosa;Municipalidad de Wanchaq"
    assert importar(hoja, coordinadora).cuentas == {"nueva": 1}
    assert Operador.objects.get().entidad == entidad


def test_con_el_nombre_de_otra_y_otro_dni_se_agrega_si_la_hoja_dice_que_es_otra(entidad, coordinadora):
    importar(lista("41414141;Quispe;Rosa;000123;", encabezados=CON_DNI), coordinadora)
    tocaya = "42424242;Quispe;Rosa;000123;"
    assert "una columna «Es otra persona»" in motivos(lista(tocaya, encabezados=CON_DNI), coordinadora)[0]
    hoja = lista(f"{tocaya};sí", encabezados=f"{CON_DNI};Es otra persona")
    assert importar(hoja, coordinadora).cuentas == {"nueva": 1}
    assert importar(hoja, coordinadora).cuentas == {"igual": 1}
    assert Operador.objects.filter(apellidos="Quispe", nombres="Rosa").count() == 2


def test_decir_que_es_otra_sin_dni_no_la_agrega(entidad, coordinadora):
    importar(lista("41414141;Quispe;Rosa;000123;", encabezados=CON_DNI), coordinadora)
    hoja = lista("Quispe;Rosa;000123;sí", encabezados="Apellidos;Nombres;Código SIAF;Es otra persona")
    assert "hace falta su DNI" in motivos(hoja, coordinadora)[0]
