"""Los filtros viven en la dirección, se combinan y se quitan uno por uno; lo que no existe se dice y no filtra."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from eventos.models import Capacitacion
from organizacion.models import Jurisdiccion
from tests.eventos.publico.programa import CALENDARIO, crear_programa, titulos
from tests.fabricas import (
    CapacitacionFactory,
    CentroFactory,
    DepartamentoFactory,
    DistritoFactory,
    InscripcionFactory,
    ProvinciaFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programa(cusco, arequipa):
    crear_programa(cusco, arequipa)


@pytest.mark.parametrize(
    ("consulta", "esperados"),
    [
        ("centro=cusco&tipo=basica&modalidad=presencial",
         ["Formulación presupuestaria", "Novedades de la sede", "Cancelada a última hora"]),
        ("centro=arequipa", ["Inversión pública", "Novedades de la sede"]),
        ("centro=cusco&centro=arequipa&sistema=tesoreria", ["Pagaduría", "Inversión pública"]),
        ("sistema=tesoreria", ["Pagaduría", "Inversión pública"]),
        ("sistema=tesoreria&sistema=presupuesto&tipo=informativa", ["Inversión pública"]),
        ("tipo=informativa&tipo=especializada", ["Inversión pública"]),
        ("alcance=varios", ["Inversión pública"]),
        ("alcance=uno&centro=arequipa", ["Novedades de la sede"]),
        ("alcance=uno&alcance=varios&centro=arequipa", ["Inversión pública", "Novedades de la sede"]),
        ("modalidad=virtual", ["Pagaduría"]),
        ("organiza=sede", ["Novedades de la sede"]),
        ("organiza=otra", []),
        ("cupos=libres&centro=cusco", ["Pagaduría", "Formulación presupuestaria", "Novedades de la sede"]),
        ("q=INVERSIONES publicas", ["Inversión pública"]),
        ("q=la formulacion del presupuesto", ["Formulación presupuestaria"]),
        ("vista=pasadas&centro=cusco", ["La del mes pasado"]),
    ],
)  # fmt: skip
def test_los_filtros_se_combinan_y_cada_uno_admite_varios_valores(client, programa, consulta, esperados):
    respuesta = client.get(f"{CALENDARIO}?{consulta}")
    assert titulos(respuesta) == esperados
    assert f"<strong>{len(esperados)} resultado" in respuesta.text


@pytest.fixture
def canchis(cusco):
    """La provincia de Canchis, que atiende el centro de Cusco."""
    provincia = ProvinciaFactory(codigo="0806", nombre="Canchis")
    Jurisdiccion.objects.create(centro=cusco, provincia=provincia, desde=dt.date(2020, 1, 1))
    return provincia


def test_cerca_de_mi_son_las_de_mi_centro_las_que_se_realizan_aqui_y_las_virtuales(client, cusco, arequipa, canchis):
    sicuani = DistritoFactory(ubigeo="080601", nombre="Sicuani", provincia=canchis)
    CapacitacionFactory(titulo="De mi centro", centro=cusco, dias=1)
    CapacitacionFactory(titulo="De otro centro, aquí", centro=arequipa, distrito=sicuani, dias=2)
    CapacitacionFactory(titulo="Virtual de lejos", centro=arequipa, modalidad="virtual", dias=3)
    CapacitacionFactory(titulo="De lejos", centro=arequipa, dias=4)
    cercanas = ["De mi centro", "De otro centro, aquí", "Virtual de lejos"]

    por_provincia = client.get(f"{CALENDARIO}?departamento=08&provincia=0806")

    assert titulos(por_provincia) == cercanas
    assert titulos(client.get(f"{CALENDARIO}?departamento=08")) == cercanas
    assert titulos(client.get(f"{CALENDARIO}?provincia=0806")) == cercanas
    assert "Cerca de mí: Cusco" in por_provincia.text
    assert "Provincia: Canchis" in por_provincia.text


def test_al_elegir_departamento_se_ofrecen_sus_provincias_y_una_ajena_no_cuenta(client, canchis):
    ProvinciaFactory(codigo="0401", nombre="Camaná", departamento=DepartamentoFactory(codigo="04", nombre="Arequipa"))
    assert "Canchis" not in client.get(CALENDARIO).text
    elegido = client.get(f"{CALENDARIO}?departamento=08&provincia=0401").text
    assert "Canchis" in elegido
    assert "Camaná" not in elegido
    assert "No reconocemos «0401» en «Provincia»" in elegido


@pytest.mark.parametrize(
    ("filtro", "aviso"),
    [
        ("centro=nohay", "No reconocemos «nohay» en «Centro»"),
        ("tipo=x&tipo=y&tipo=z&tipo=w", "No reconocemos «x», «y», «z» y 1 más en «Tipo»"),
        ("sistema=%00", "No reconocemos «·» en «Sistema»"),
        ("modalidad=x", "en «Modalidad»"),
        ("cupos=si", "en «Cupos»"),
        ("departamento=99", "en «Cerca de mí: departamento»"),
        ("dia=2026-13-45", "Ese día no existe"),
        ("vista=lustro", "se muestra la agenda"),
    ],
)
def test_un_valor_desconocido_se_informa_y_no_filtra(client, programa, filtro, aviso):
    respuesta = client.get(f"{CALENDARIO}?{filtro}")
    assert aviso in respuesta.text
    assert len(titulos(respuesta)) == 5


def test_de_varios_valores_los_conocidos_valen_aunque_otro_no_exista(client, programa):
    respuesta = client.get(f"{CALENDARIO}?centro=nohay&centro=arequipa")
    assert titulos(respuesta) == ["Inversión pública", "Novedades de la sede"]
    assert "No reconocemos «nohay»" in respuesta.text


def test_cada_filtro_se_quita_con_su_enlace_y_los_demas_quedan(client, programa):
    texto = client.get(f"{CALENDARIO}?centro=cusco&centro=arequipa&q=la+sede&vista=mes&mes=2027-01&pagina=3").text
    assert 'href="?vista=mes&amp;mes=2027-01&amp;q=la+sede&amp;centro=arequipa&amp;"' in texto
    assert 'href="?vista=mes&amp;mes=2027-01&amp;centro=arequipa&amp;centro=cusco&amp;"' in texto
    assert 'href="?vista=mes&amp;mes=2027-01&amp;" rel="nofollow">Quitar todos</a>' in texto


def test_quitar_el_departamento_quita_su_provincia(client, canchis):
    texto = client.get(f"{CALENDARIO}?departamento=08&provincia=0806&tipo=basica").text
    assert 'href="?tipo=basica&amp;" rel="nofollow"><span class="solo-lectores">Quitar </span>Cerca de mí' in texto


def test_filtrar_sin_elegir_nada_no_cuenta_como_filtro(client, programa):
    assert "Quitar todos" not in client.get(f"{CALENDARIO}?q=&centro=&departamento=&provincia=").text
    assert "Quitar todos" in client.get(f"{CALENDARIO}?q=&centro=cusco").text


def test_lo_elegido_queda_marcado_y_su_grupo_abierto(client, programa):
    texto = client.get(f"{CALENDARIO}?sistema=tesoreria").text
    assert '<input type="checkbox" name="sistema" value="tesoreria" id="id_sistema_1" checked>' in texto
    assert texto.count('<details class="faceta" open>') == 1


def test_sin_resultados_se_dice_que_hacer(client, programa):
    respuesta = client.get(f"{CALENDARIO}?q=zzz")
    assert "Ninguna capacitación coincide" in respuesta.text
    assert "Quitar los filtros" in respuesta.text


MOMENTO = st.one_of(st.none(), st.integers(-72, 72))


@settings(max_examples=60)
@given(
    dias=st.integers(-1, 1),
    estado=st.sampled_from(Capacitacion.Estado.values),
    cupos=st.sampled_from([None, 0, 1, 2]),
    abre=MOMENTO,
    dura=st.one_of(st.none(), st.integers(1, 72)),
    inscritas=st.integers(0, 2),
)
def test_con_cupos_libres_son_las_de_inscripcion_abierta(cusco, dias, estado, cupos, abre, dura, inscritas):
    """Lo mismo que dice cada ficha: ``situacion()`` fila por fila."""
    ahora = timezone.now()
    abre_en = None if abre is None else ahora + dt.timedelta(hours=abre)
    cierra_en = None if dura is None else (abre_en or ahora) + dt.timedelta(hours=dura)
    Capacitacion.objects.all().delete() if not Capacitacion.objects.filter(inscripciones__isnull=False) else None
    curso = CapacitacionFactory(
        centro=cusco,
        dias=dias,
        estado=estado,
        cupos=cupos,
        inscripcion_abre_en=abre_en,
        inscripcion_cierra_en=cierra_en,
    )
    for _ in range(inscritas):
        InscripcionFactory(capacitacion=curso)

    es_abierta = estado == "publicada" and curso.situacion(ahora) == Capacitacion.Situacion.ABIERTA

    assert Capacitacion.objects.con_cupos_libres(ahora).filter(pk=curso.pk).exists() == es_abierta


def test_los_filtros_no_repiten_una_capacitacion_de_varios_sistemas(client, cusco):
    dos = [SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Tesorería")]
    CapacitacionFactory(titulo="De los dos", centro=cusco, sistemas=dos)
    respuesta = client.get(f"{CALENDARIO}?sistema=presupuesto&sistema=tesoreria")
    assert titulos(respuesta) == ["De los dos"]


def test_un_centro_que_ya_no_atiende_no_se_ofrece(client, cusco):
    CentroFactory(nombre="Cerrado", esta_activo=False)
    assert "Cerrado" not in client.get(CALENDARIO).text
