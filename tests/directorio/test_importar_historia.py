"""Lo que una importación cambia deja su historia: puestos, nombres y quién verificó."""

import datetime as dt

import pytest
from django.utils import timezone

from directorio.actions import dejar_de_trabajar
from directorio.importacion.deshacer import deshacer
from directorio.models import Entidad, Operador, Puesto
from tests.directorio.test_importar import importar
from tests.fabricas import EntidadFactory, OperadorFactory, PersonaFactory, SistemaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
HACE_TIEMPO = dt.date(2020, 1, 1)


@pytest.fixture
def entidad(cusco):
    EntidadFactory(nombre="Gobierno Regional", centro=cusco, codigo_siaf="000124")
    return EntidadFactory(nombre="Municipalidad de Wanchaq", centro=cusco, codigo_siaf="000123")


@pytest.fixture
def rosa(entidad):
    persona = PersonaFactory(numero_documento="41414141")
    rosa = OperadorFactory(entidad=entidad, persona=persona, cargo="Tesorera")
    rosa.sistemas.add(SistemaFactory())
    return rosa


def historia():
    """(entidad, sistemas, desde, hasta) de cada puesto, en el orden en que se anotaron."""
    puestos = Puesto.objects.order_by("pk")
    return [(p.entidad.codigo_siaf, p.sistemas.count(), p.desde, p.hasta) for p in puestos]


@pytest.mark.parametrize(("desde", "cierra"), [(None, None), (HACE_TIEMPO, HACE_TIEMPO)])
def test_la_baja_importada_cierra_su_puesto_y_deshacerla_lo_deja_como_estaba(rosa, coordinadora, desde, cierra):
    if desde:
        rosa.puestos.create(entidad=rosa.entidad, desde=desde).sistemas.set(rosa.sistemas.all())
    antes = historia()
    importacion = importar("DNI;Activo\n41414141;no", coordinadora)
    assert historia() == [("000123", 1, cierra, HOY)]
    deshacer(importacion=importacion, por=coordinadora)
    assert historia() == antes
    assert Operador.objects.get().esta_activo


def test_el_puesto_que_se_deja_lleva_los_sistemas_de_antes_y_el_nuevo_los_de_ahora(rosa, coordinadora):
    rosa.puestos.create(entidad=rosa.entidad, desde=HACE_TIEMPO).sistemas.set(rosa.sistemas.all())
    tesoreria = SistemaFactory(nombre="Tesorería", slug="tesoreria")
    hoja = f"DNI;Código SIAF;Sistemas\n41414141;000124;{rosa.sistemas.get()}, {tesoreria}"
    importacion = importar(hoja, coordinadora)
    assert historia() == [("000123", 1, HACE_TIEMPO, HOY), ("000124", 2, HOY, None)]
    deshacer(importacion=importacion, por=coordinadora)
    assert historia() == [("000123", 1, HACE_TIEMPO, None)]


def test_quien_no_tenia_historia_la_empieza_con_sus_sistemas(rosa, coordinadora):
    importar("DNI;Código SIAF\n41414141;000124", coordinadora)
    assert historia() == [("000123", 1, None, HOY)]


def test_quien_ya_no_estaba_y_vuelve_en_otra_entidad_no_suma_dias_en_la_de_antes(rosa, coordinadora):
    dejar_de_trabajar(operador=rosa, hasta=HACE_TIEMPO, por=coordinadora)
    importacion = importar("DNI;Activo;Código SIAF\n41414141;sí;000124", coordinadora)
    assert historia() == [("000123", 1, None, HACE_TIEMPO), ("000124", 1, HOY, None)]
    deshacer(importacion=importacion, por=coordinadora)
    assert historia() == [("000123", 1, None, HACE_TIEMPO)]


def test_corregir_la_entidad_de_quien_ya_no_esta_no_toca_su_historia(rosa, coordinadora):
    dejar_de_trabajar(operador=rosa, hasta=HACE_TIEMPO, por=coordinadora)
    deshacer(importacion=importar("DNI;Código SIAF\n41414141;000124", coordinadora), por=coordinadora)
    assert historia() == [("000123", 1, None, HACE_TIEMPO)]


def test_el_nombre_que_cambia_queda_entre_los_anteriores_y_deshacer_lo_quita(rosa, entidad, ogauc):
    importacion = importar("Código SIAF;Nombre\n000123;Municipalidad del Sol", ogauc, tipo="entidad")
    [antes] = entidad.nombres_anteriores.all()
    assert (antes.nombre, antes.desde, antes.hasta) == ("Municipalidad de Wanchaq", None, HOY - dt.timedelta(days=1))
    assert Entidad.objects.buscar("wanchaq").get() == entidad
    assert "sol" in Operador.objects.get().texto_busqueda
    deshacer(importacion=importacion, por=ogauc)
    assert not entidad.nombres_anteriores.exists()
    assert not Entidad.objects.buscar("sol").exists()
    assert "wanchaq" in Operador.objects.get().texto_busqueda


def test_corregir_una_tilde_del_nombre_no_deja_otro(entidad, ogauc):
    importar("Código SIAF;Nombre\n000123;Municipalidad de Wánchaq", ogauc, tipo="entidad")
    assert not entidad.nombres_anteriores.exists()


def test_la_fecha_importada_la_verifica_quien_confirma_y_deshacer_lo_quita(rosa, coordinadora):
    importacion = importar("DNI;Verificado el\n41414141;05/01/2026", coordinadora)
    rosa.refresh_from_db()
    assert (rosa.verificado_en, rosa.verificado_por) == (dt.date(2026, 1, 5), coordinadora)
    deshacer(importacion=importacion, por=coordinadora)
    rosa.refresh_from_db()
    assert (rosa.verificado_en, rosa.verificado_por) == (None, None)


def test_lo_nuevo_con_su_fecha_tambien_y_se_puede_deshacer(entidad, coordinadora):
    hoja = "Apellidos;Nombres;Código SIAF;Verificado el\nQuispe;Rosa;000123;05/01/2026"
    importacion = importar(hoja, coordinadora)
    assert Operador.objects.get().verificado_por == coordinadora
    assert deshacer(importacion=importacion, por=coordinadora).cuentas["deshechas"] == 1
