"""Quién lleva qué parte del directorio: por su cargo, por encargo, y qué pasa cuando se va (R114)."""

import datetime as dt

import pytest
from django.utils import timezone

from comun.registros import relevos
from custodia.models import Huella
from directorio.actions import cambiar_de_puesto
from directorio.frescura.partes import RELEVO, NoPuedeLlevarla, completar_partes, encargar
from directorio.frescura.tablero import tablero
from directorio.models import Cartera, Personal
from tests import personas
from tests.directorio.campanias import HACE_UN_ANIO, con_ficha
from tests.fabricas import (
    EntidadFactory,
    MedioFactory,
    OperadorFactory,
    PersonalFactory,
    SistemaFactory,
    UsuarioFactory,
)

pytestmark = pytest.mark.django_db
Clase, Cargo = Cartera.Clase, Personal.Cargo


@pytest.fixture
def coordina(coordinadora):
    return con_ficha(coordinadora)


@pytest.fixture
def presupuesto(coordina):
    return PersonalFactory(cargo=Cargo.ESPECIALISTA, centro=coordina.centro, sistema=SistemaFactory())


def parte(clase, sistema=None, en=None):
    return Cartera.objects.con_titular(en).get(clase=clase, sistema=sistema)


def test_los_operadores_de_un_sistema_los_lleva_su_especialista_y_lo_demas_quien_coordina(coordina, presupuesto):
    assert parte(Clase.OPERADORES, presupuesto.sistema).titular == presupuesto.pk
    sin_especialista = [parte(Clase.OPERADORES), parte(Clase.ENTIDADES), parte(Clase.MEDIOS), parte(Clase.PERSONAL)]
    assert {una.titular for una in sin_especialista} == {coordina.pk}


def test_lo_encargado_manda_mientras_la_persona_trabaje(coordina, presupuesto, coordinadora):
    asistente = PersonalFactory(centro=coordina.centro)
    encargar(parte=parte(Clase.MEDIOS), responsable=asistente, por=coordinadora)
    assert parte(Clase.MEDIOS).titular == asistente.pk
    assert Huella.objects.filter(accion="encargar parte del directorio").count() == 1

    Personal.objects.filter(pk=asistente.pk).update(hasta=timezone.localdate() - dt.timedelta(days=1))
    assert parte(Clase.MEDIOS).titular == coordina.pk


def test_quien_pasa_a_otro_centro_deja_la_parte_que_se_le_encargo(coordina, coordinadora, arequipa):
    asistente = PersonalFactory(centro=coordina.centro)
    encargar(parte=parte(Clase.MEDIOS), responsable=asistente, por=coordinadora)
    puesto = {"cargo": Cargo.ASISTENTE, "centro": arequipa, "sistema": None, "organo": None}
    cambiar_de_puesto(personal=asistente, puesto=puesto, desde=timezone.localdate(), por=coordinadora)
    assert parte(Clase.MEDIOS).titular == coordina.pk


def test_no_se_encarga_a_alguien_de_otro_centro(coordina, coordinadora, arequipa):
    ajeno = PersonalFactory(centro=arequipa)
    with pytest.raises(NoPuedeLlevarla):
        encargar(parte=parte(Clase.MEDIOS), responsable=ajeno, por=coordinadora)
    assert Cartera.objects.get(clase=Clase.MEDIOS, centro=coordina.centro).responsable is None


def test_completar_dos_veces_no_repite_ninguna_parte(coordina):
    antes = Cartera.objects.count()
    assert (completar_partes(), Cartera.objects.count()) == ("", antes)


def test_a_quien_se_va_se_le_toma_toda_su_parte_la_de_su_cargo_y_la_encargada(coordina, presupuesto, coordinadora):
    presupuesto.usuario = UsuarioFactory()
    presupuesto.save()
    relevo = PersonalFactory(centro=coordina.centro, usuario=UsuarioFactory())
    encargar(parte=parte(Clase.MEDIOS), responsable=presupuesto, por=coordinadora)
    se_va = presupuesto.usuario

    assert RELEVO in relevos
    assert RELEVO.filas(se_va).count() == 2
    assert set(RELEVO.candidatos(se_va)) == {coordinadora, relevo.usuario}
    assert RELEVO.pasar(de=se_va, a=relevo.usuario, por=coordinadora) == ""

    assert {p.titular for p in (parte(Clase.MEDIOS), parte(Clase.OPERADORES, presupuesto.sistema))} == {relevo.pk}
    assert not RELEVO.filas(se_va).exists()


def test_el_tablero_dice_de_cada_quien_cuanto_tiene_y_lo_peor(coordina, presupuesto):
    hoy, entidad = timezone.localdate(), EntidadFactory(centro=coordina.centro, verificado_en=timezone.localdate())
    for fecha in (hoy, HACE_UN_ANIO, None):
        OperadorFactory(entidad=entidad, verificado_en=fecha).sistemas.add(presupuesto.sistema)
    peor = presupuesto.sistema.operadores.get(verificado_en=None)

    lineas = {linea.titular: linea for linea in tablero(Cartera.objects.con_titular())}

    suya = lineas[presupuesto]
    assert (suya.total, suya.verificados, suya.vencidos, suya.porcentaje, suya.peor) == (3, 1, 2, 33, peor)
    assert lineas[coordina].total == 1 + 2  # la entidad y los dos del personal


def test_un_operador_sin_sistema_no_queda_huerfano(coordina, presupuesto):
    OperadorFactory(entidad=EntidadFactory(centro=coordina.centro))
    lineas = {linea.titular: linea for linea in tablero(Cartera.objects.filter(clase=Clase.OPERADORES).con_titular())}
    assert (lineas[coordina].total, lineas[presupuesto].total) == (1, 0)


def test_la_coordinadora_encarga_en_su_pantalla_y_una_especialista_no(client, coordina, coordinadora):
    ficha = PersonalFactory(centro=coordina.centro)
    medios = Cartera.objects.get(clase=Clase.MEDIOS)
    client.force_login(coordinadora)
    MedioFactory(centro=coordina.centro)
    assert "Quién lleva qué" in client.get("/intranet/directorio/partes/").content.decode()
    client.post(f"/intranet/directorio/partes/{medios.pk}/", {f"{medios.pk}-responsable": ficha.pk})
    assert Cartera.objects.get(pk=medios.pk).responsable == ficha

    client.force_login(personas.especialista_de_cusco())
    client.post(f"/intranet/directorio/partes/{medios.pk}/", {f"{medios.pk}-responsable": ""})
    assert Cartera.objects.get(pk=medios.pk).responsable == ficha


def test_la_parte_de_otro_centro_no_existe(client, coordina, coordinadora, arequipa):
    completar_partes()
    ajena = Cartera.objects.get(clase=Clase.MEDIOS, centro=arequipa)
    client.force_login(coordinadora)
    assert client.post(f"/intranet/directorio/partes/{ajena.pk}/", {}).status_code == 404
