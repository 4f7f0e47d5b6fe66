"""Qué cuenta para quién (R63, R95–R97) y cuánto suma; lo que no se firma no se cuenta."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eventos import estadistica
from eventos.cifras import Cifras
from eventos.models import Capacitacion, Expositor
from organizacion.models import Organo
from tests import personas
from tests.eventos.intranet.realizadas import escanear
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    CentroFactory,
    ExpositorFactory,
    InscripcionFactory,
    OrganoFactory,
    PersonaFactory,
    PersonalFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
Organizador, Modalidad = Capacitacion.Organizador, Capacitacion.Modalidad


@pytest.fixture
def especialista(cusco):
    return PersonalFactory(centro=cusco, cargo="especialista", sistema=SistemaFactory())


@pytest.fixture
def de_arequipa(arequipa):
    return PersonalFactory(centro=arequipa, cargo="especialista", sistema=SistemaFactory())


def dictada(expone=None, firmas=1, **cambios):
    """Terminó hace tres días; ``expone`` es un miembro del personal."""
    capacitacion = CapacitacionFactory(**{"dias": -3} | cambios)
    for _ in range(firmas):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    if expone:
        ExpositorFactory(capacitacion=capacitacion, personal=expone)
    return capacitacion


def todas():
    hoy = timezone.localdate()
    return estadistica.terminadas(desde=hoy - dt.timedelta(days=365), hasta=hoy)


def del_centro(centro):
    return set(estadistica.que_cuentan_para_centro(todas(), centro))


def del_especialista(miembro):
    return set(estadistica.que_cuentan_para_especialista(todas(), miembro))


def test_r63_lo_que_organiza_el_centro_cuenta_para_el_y_no_para_otro(cusco, arequipa):
    propia = dictada(centro=cusco)
    assert del_centro(cusco) == {propia}
    assert del_centro(arequipa) == set()


def test_r95_lo_de_la_sede_lo_registra_la_sede_y_no_el_centro_en_que_se_hace(cusco):
    de_la_sede = dictada(centro=cusco, organizador=Organizador.SEDE)
    assert del_centro(cusco) == set()
    assert set(estadistica.que_cuentan_para_la_sede(todas())) == {de_la_sede}


def test_r95_el_centro_y_su_especialista_cuentan_lo_de_la_sede_solo_si_expone(cusco, arequipa, especialista):
    expone = dictada(expone=especialista, centro=None, organizador=Organizador.SEDE)
    dictada(centro=cusco, organizador=Organizador.SEDE)  # el especialista solo apoyó
    assert del_centro(cusco) == {expone}
    assert del_especialista(especialista) == {expone}
    assert del_centro(arequipa) == set()


def test_r96_lo_del_centro_cuenta_aunque_apoye_la_sede_u_otro_centro(cusco, arequipa, de_arequipa):
    apoyada = dictada(expone=de_arequipa, centro=cusco)
    ExpositorFactory(capacitacion=apoyada, procedencia=Expositor.Procedencia.SEDE)
    assert del_centro(cusco) == {apoyada}
    assert del_centro(arequipa) == set()


def test_r97_lo_de_otra_entidad_cuenta_si_expone_un_especialista_del_centro(cusco, especialista):
    expone = dictada(expone=especialista, centro=cusco, organizador=Organizador.OTRA)
    dictada(centro=cusco, organizador=Organizador.OTRA)
    assert del_centro(cusco) == {expone}
    assert del_especialista(especialista) == {expone}


def test_r97_se_senala_la_que_no_tiene_copia_del_registro(cusco, especialista, coordinadora):
    sin_copia = dictada(expone=especialista, centro=cusco, organizador=Organizador.OTRA)
    con_copia = dictada(expone=especialista, centro=cusco, organizador=Organizador.OTRA)
    escanear(con_copia.sesiones.get(), coordinadora)
    dictada(centro=cusco)  # lo propio no pide copia a nadie
    filas = estadistica.que_cuentan_para_centro(todas(), cusco)
    assert {c.capacitacion: c.falta_copia for c in estadistica.contadas(filas)}[sin_copia]
    assert [c.capacitacion for c in estadistica.contadas(filas) if c.falta_copia] == [sin_copia]


def test_sin_su_ficha_vale_la_procedencia_que_se_anoto(cusco, arequipa):
    capacitacion = dictada(centro=cusco, organizador=Organizador.OTRA)
    ExpositorFactory(capacitacion=capacitacion, procedencia=Expositor.Procedencia.CENTRO)
    assert del_centro(cusco) == {capacitacion}
    assert del_centro(arequipa) == set()


def test_lo_que_no_cuenta_dice_por_que(cusco):
    de_la_sede = dictada(centro=cusco, organizador=Organizador.SEDE)
    assert set(estadistica.que_no_cuentan_para_centro(todas(), cusco)) == {de_la_sede}
    assert "R95" in estadistica.POR_QUE_NO[de_la_sede.organizador]


def test_ni_lo_cancelado_ni_lo_que_no_termina_cuenta(cusco):
    dictada(centro=cusco, estado=Capacitacion.Estado.CANCELADA, firmas=0)
    dictada(centro=cusco, dias=3, firmas=0)
    assert del_centro(cusco) == set()


def test_las_cifras_son_las_de_siempre_y_una_persona_no_se_repite_en_el_total(cusco):
    persona = PersonaFactory()
    for _ in range(2):
        capacitacion = dictada(centro=cusco, firmas=0)
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion, persona=persona))
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), esta_firmada=False)
    filas = estadistica.que_cuentan_para_centro(todas(), cusco)
    assert estadistica.totales(filas) == estadistica.Grupo("Total", 2, Cifras(participantes=1, asistencias=2))


def test_r58_una_hibrida_se_informa_en_las_dos_modalidades(cusco):
    hibrida = dictada(centro=cusco, modalidad=Modalidad.HIBRIDA, firmas=0)
    for como in ("presencial", "virtual", "virtual", ""):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=hibrida, modalidad=como))
    filas = estadistica.que_cuentan_para_centro(todas(), cusco)
    assert [(g.nombre, g.capacitaciones, g.cifras.participantes) for g in estadistica.por_modalidad(filas)] == [
        ("Presencial", 1, 2),
        ("Virtual", 1, 2),
    ]


def test_una_de_varios_sistemas_esta_en_cada_uno_y_el_total_no_se_duplica(cusco):
    varios = [SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Tesorería", orden=9)]
    dictada(centro=cusco, sistemas=varios)
    filas = estadistica.que_cuentan_para_centro(todas(), cusco)
    assert [(g.nombre, g.cifras.participantes) for g in estadistica.por_sistema(filas)] == [
        ("Presupuesto Público", 1),
        ("Tesorería", 1),
    ]
    assert estadistica.totales(filas).cifras == Cifras(1, 1)


def test_por_expositor_cada_quien_tiene_lo_suyo(cusco, especialista):
    otra = PersonalFactory(centro=cusco, nombres="Ana", apellidos="Zúñiga")
    dictada(expone=especialista, centro=cusco)
    ambas = dictada(expone=especialista, centro=cusco)
    ExpositorFactory(capacitacion=ambas, personal=otra)
    filas = estadistica.que_cuentan_para_centro(todas(), cusco)
    assert {g.nombre: g.capacitaciones for g in estadistica.por_especialista(filas, cusco)} == {
        str(especialista): 2,
        str(otra): 1,
    }


def test_r7_se_filtra_por_el_aliado_con_que_se_hizo(cusco):
    osce = OrganoFactory(sigla="OSCE", nombre="OSCE", tipo=Organo.Tipo.ALIADO)
    conjunta = dictada(centro=cusco, aliado=osce)
    dictada(centro=cusco)
    hoy = timezone.localdate()
    filas = estadistica.terminadas(desde=hoy - dt.timedelta(days=30), hasta=hoy, aliado=osce)
    assert set(estadistica.que_cuentan_para_centro(filas, cusco)) == {conjunta}


def test_solo_entra_lo_que_empezo_entre_las_fechas(cusco):
    dentro, _ = dictada(centro=cusco, dias=-10), dictada(centro=cusco, dias=-40)
    hoy = timezone.localdate()
    filas = estadistica.terminadas(desde=hoy - dt.timedelta(days=10), hasta=hoy)
    assert set(filas) == {dentro}


def test_los_cuadros_no_hacen_mas_consultas_con_mas_capacitaciones(cusco, django_assert_max_num_queries):
    for _ in range(4):
        dictada(centro=cusco)
    filas = estadistica.que_cuentan_para_centro(todas(), cusco)
    with django_assert_max_num_queries(10):
        estadistica.contadas(filas)
        estadistica.por_sistema(filas)
        estadistica.por_mes(filas)


@given(organiza=st.sampled_from(Organizador.values), exponen=st.sets(st.sampled_from(["cusco", "arequipa"])))
def test_r95_r96_r97_cada_capacitacion_cuenta_para_quien_toca(organiza, exponen):
    """Sea quien sea quien organiza y quien expone: lo de un centro es de uno solo, y lo demás es de quien expone."""
    centros = {"cusco": personas.cusco(), "arequipa": personas.arequipa()}
    capacitacion = dictada(centro=centros["cusco"], organizador=organiza, firmas=0)
    for slug in exponen:
        ExpositorFactory(capacitacion=capacitacion, personal=PersonalFactory(centro=centros[slug]))
    cuenta = {slug for slug, centro in centros.items() if capacitacion in del_centro(centro)}
    assert cuenta == ({"cusco"} if organiza == Organizador.CENTRO else exponen)
    capacitacion.delete()


def test_el_mural_cuenta_con_las_mismas_reglas(cusco, especialista):
    from home.mural import _cifras_del_mes

    hoy = timezone.localdate()
    dictada(centro=cusco, dias=0, organizador=Organizador.SEDE, firmas=6)
    assert list(_cifras_del_mes(cusco, hoy)) == []
    dictada(expone=especialista, centro=None, dias=0, organizador=Organizador.SEDE, firmas=2)
    assert "2 personas" in next(iter(_cifras_del_mes(cusco, hoy))).titulo


def test_otro_centro_del_pais_no_hereda_nada(cusco):
    dictada(centro=cusco)
    assert del_centro(CentroFactory(nombre="Puno")) == set()
