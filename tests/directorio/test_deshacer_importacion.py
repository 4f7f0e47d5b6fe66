"""Deshacer una importación no se lleva lo que la gente hizo después, ni falla por ello."""

import datetime as dt

import pytest

from directorio.actions import dar_acceso
from directorio.duplicados.actions import fusionar_entidades
from directorio.importacion.deshacer import deshacer
from directorio.models import Contacto, Entidad, Operador, Pedido, Personal, TemaDeInteres
from directorio.situacion.actions import recoger_tema
from organizacion.models import Jurisdiccion, Persona
from tests.directorio.campanias import campania_de
from tests.directorio.test_importar import ROSA, importar, lista
from tests.fabricas import DistritoFactory, EntidadFactory, InscripcionFactory, SistemaFactory

pytestmark = pytest.mark.django_db
CAMBIADA, EN_USO = "Alguien la cambió después.", "Ya la usa otra parte del portal."
CORTA = lista("01234567;Quispe Mamani;Rosa;000123", encabezados="DNI;Apellidos;Nombres;Código SIAF")


@pytest.fixture
def entidad(cusco):
    SistemaFactory()
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


def motivos(importacion):
    return [motivo for fila in importacion.renglones.filter(resultado="queda") for motivo in fila.motivos]


@pytest.mark.parametrize(
    "despues",
    [
        {"telefono": "984123456"},
        {"correo": "rosa@muni.example"},
        {"cargo": "Jefa"},
        {"verificado_en": dt.date(2026, 1, 1)},
        {"esta_activo": False},
    ],
)
def test_la_fila_nueva_que_alguien_completo_se_queda(entidad, coordinadora, despues):
    importacion = importar(CORTA, coordinadora)
    Operador.objects.update(**despues)
    deshacer(importacion=importacion, por=coordinadora)
    assert motivos(importacion) == [CAMBIADA]
    assert Operador.objects.exists()


def test_la_fila_nueva_a_la_que_le_pusieron_sistemas_se_queda(entidad, coordinadora):
    importacion = importar(CORTA, coordinadora)
    Operador.objects.get().sistemas.add(SistemaFactory())
    deshacer(importacion=importacion, por=coordinadora)
    assert motivos(importacion) == [CAMBIADA]


def test_la_fila_nueva_con_otros_contactos_o_en_una_campania_se_queda(entidad, coordinadora):
    otra = "07654321;Condori Puma;Luz;000123"
    importacion = importar(f"{CORTA}\n{otra}", coordinadora)
    rosa = Operador.objects.get(nombres="Rosa")
    Contacto.objects.create(operador=rosa, clase="telefono", valor="984000111")
    campania_de(entidad.centro, coordinadora)
    deshacer(importacion=importacion, por=coordinadora)
    assert motivos(importacion) == [EN_USO, EN_USO]
    assert Contacto.objects.filter(operador=rosa).exists()
    assert Pedido.objects.exclude(operador=None).count() == 2


def test_la_entidad_nueva_de_la_que_ya_se_anoto_algo_se_queda(cusco, ogauc):
    distrito = DistritoFactory()
    Jurisdiccion.objects.create(centro=cusco, provincia=distrito.provincia, desde=dt.date(2020, 1, 1))
    hoja = lista(f"000777;Muni X;GL;{distrito.pk}", encabezados="Código SIAF;Nombre;Tipo;Ubigeo")
    importacion = importar(hoja, ogauc, tipo="entidad")
    recoger_tema(entidad=Entidad.objects.get(), sistema=None, texto="Piden un taller", por=ogauc)
    deshacer(importacion=importacion, por=ogauc)
    assert motivos(importacion) == [EN_USO]
    assert TemaDeInteres.objects.exists()


def test_el_personal_nuevo_que_ya_tiene_cuenta_se_queda(cusco, ogauc):
    hoja = lista("Ruiz;Ana;Asistente Administrativo;Cusco", encabezados="Apellidos;Nombres;Cargo;Centro")
    importacion = importar(hoja, ogauc, tipo="personal")
    dar_acceso(personal=Personal.objects.get(), username="ana", correo="ana@x.example", rol="asistente", por=ogauc)
    deshacer(importacion=importacion, por=ogauc)
    assert motivos(importacion) == [CAMBIADA]
    assert Personal.objects.exists()


@pytest.mark.parametrize("tipo", ["personal", "autoridad", "medio", "entidad"])
def test_lo_nuevo_que_nadie_toco_se_borra_aunque_el_archivo_traiga_poco(entidad, ogauc, tipo):
    Jurisdiccion.objects.get_or_create(centro=entidad.centro, provincia=entidad.distrito.provincia)
    hoja = {
        "personal": "Apellidos;Nombres;Cargo;Centro\nRuiz;Ana;Asistente Administrativo;Cusco",
        "autoridad": "Apellidos;Nombres;Cargo;Código SIAF\nRuiz;Ana;Alcaldesa;000123",
        "medio": "Nombre;Tipo;Centro\nRadio Sur;Radial;Cusco",
        "entidad": f"Nombre;Tipo;Ubigeo\nMuni X;GL;{entidad.distrito_id}",
    }[tipo]
    deshecha = deshacer(importacion=importar(hoja, ogauc, tipo=tipo), por=ogauc)
    assert deshecha.cuentas == {"nueva": 1, "deshechas": 1}


def test_la_persona_creada_por_el_dni_se_borra_con_su_fila_si_nadie_mas_la_usa(entidad, coordinadora):
    importacion = importar(lista(ROSA, ROSA.replace("01234567", "07654321")), coordinadora)
    InscripcionFactory(persona=Persona.objects.get(numero_documento="07654321"))
    deshacer(importacion=importacion, por=coordinadora)
    assert not Operador.objects.exists()
    assert list(Persona.objects.values_list("numero_documento", flat=True)) == ["07654321"]


def test_la_entidad_cuyo_codigo_de_antes_ya_es_de_otra_se_queda_y_las_demas_vuelven(entidad, cusco, ogauc):
    con_ruc = {"20131312955": entidad, "20131312956": EntidadFactory(centro=cusco, codigo_siaf="000124")}
    for ruc, fila in con_ruc.items():
        Entidad.objects.filter(pk=fila.pk).update(ruc=ruc)
    hoja = lista("20131312955;000998", "20131312956;000999", encabezados="RUC;Código SIAF")
    importacion = importar(hoja, ogauc, tipo="entidad")
    EntidadFactory(centro=cusco, codigo_siaf="000123")
    deshacer(importacion=importacion, por=ogauc)
    assert motivos(importacion) == ["Lo que tenía antes (su código SIAF o su RUC) hoy es de otra fila."]
    codigos = Entidad.objects.exclude(ruc="").order_by("ruc").values_list("codigo_siaf", flat=True)
    assert list(codigos) == ["000998", "000124"]


def test_el_operador_vuelve_a_la_entidad_en_que_se_unio_la_suya(entidad, cusco, coordinadora):
    importar(CORTA, coordinadora)
    EntidadFactory(centro=cusco, codigo_siaf="000124")
    quedo, tercera = (EntidadFactory(centro=cusco, nombre=nombre) for nombre in ("Wanchaq", "Wánchaq"))
    importacion = importar(CORTA.replace("000123", "000124"), coordinadora)
    fusionar_entidades(se_queda=tercera, absorbida=entidad, de_la_otra=set(), por=coordinadora)
    fusionar_entidades(se_queda=quedo, absorbida=tercera, de_la_otra=set(), por=coordinadora)
    deshacer(importacion=importacion, por=coordinadora)
    assert Operador.objects.get().entidad == quedo
