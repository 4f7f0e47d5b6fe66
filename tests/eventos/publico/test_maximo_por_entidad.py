"""El máximo por entidad: se cuenta bajo la llave, con quienes esperan, y el personal puede pasarlo."""

import contextlib
import threading

import pytest
from django.urls import reverse

from eventos.actions import grupo
from eventos.actions import inscripcion as actions
from eventos.actions.maximo import MaximoPorEntidad
from eventos.enlaces import token_de
from eventos.models import Capacitacion, Inscripcion
from tests import personas as reparto
from tests.fabricas import CapacitacionFactory, DistritoFactory, EntidadFactory, InscripcionFactory
from tests.hilos import NO_VENDRA, VENDRA

from .test_carrera_por_los_cupos import a_la_vez, sin_reparto

__all__ = ["sin_reparto"]  # fixture


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, cupos=2, maximo_por_entidad=3)


def persona(n, entidad=None, **cambios):
    base = {
        "tipo_documento": "dni",
        "numero_documento": f"{41_000_000 + n}",
        "nombres": "Rosa",
        "apellidos": "Quispe",
        "entidad": entidad,
        "cargo": "Tesorera",
        "correo": f"rosa{n}@muni.example",
        "telefono": "984123456",
    }
    return base | cambios


@pytest.mark.django_db
def test_cuentan_quienes_esperan_y_se_dice_cuantas_hay(curso, entidad):
    for n in range(3):  # dos con cupo y una en espera
        actions.inscribir(capacitacion=curso, datos=persona(n, entidad))
    with pytest.raises(MaximoPorEntidad, match=r"hasta 3 personas.*Wanchaq ya hay 3 inscritas: ya no puede"):
        actions.inscribir(capacitacion=curso, datos=persona(9, entidad))
    assert curso.inscripciones.count() == 3
    actions.inscribir(capacitacion=curso, datos=persona(10, EntidadFactory()))


@pytest.mark.django_db
def test_quien_se_anulo_deja_su_lugar(curso, entidad):
    for n in range(3):
        actions.inscribir(capacitacion=curso, datos=persona(n, entidad))
    actions.anular(inscripcion=curso.inscripciones.first())
    assert actions.inscribir(capacitacion=curso, datos=persona(9, entidad))


@pytest.mark.django_db
def test_sin_maximo_y_sin_limite_de_cupos_entran_todas(cusco, entidad):
    libre = CapacitacionFactory(centro=cusco, cupos=None)
    for n in range(5):
        actions.inscribir(capacitacion=libre, datos=persona(n, entidad))
    assert libre.inscripciones.confirmadas().count() == 5


@pytest.mark.django_db
def test_la_entidad_que_se_escribio_tambien_cuenta_sin_mirar_tildes(curso):
    distrito = DistritoFactory()
    for n, texto in enumerate(["Beneficencia Pública", "BENEFICENCIA PUBLICA", "beneficencia publica"]):
        actions.inscribir(capacitacion=curso, datos=persona(n, entidad_texto=texto, entidad_distrito=distrito))
    otra = persona(9, entidad_texto="Beneficencia publica", entidad_distrito=distrito)
    with pytest.raises(MaximoPorEntidad):
        actions.inscribir(capacitacion=curso, datos=otra)


@pytest.mark.django_db
def test_a_la_ciudadania_no_se_le_cuenta(curso):
    Capacitacion.objects.update(abierta_a_ciudadania=True, apertura_pedida_por="Mesa")
    for n in range(5):
        actions.inscribir(capacitacion=curso, datos=persona(n, es_ciudadano=True))


@pytest.mark.django_db
def test_un_grupo_entra_entero_o_no_entra_nadie(client, curso, entidad, datos):
    actions.inscribir(capacitacion=curso, datos=persona(1, entidad))
    actions.inscribir(capacitacion=curso, datos=persona(2, entidad))
    colega = {
        "colega1-tipo_documento": "dni",
        "colega1-numero_documento": "40999999",
        "colega1-nombres": "Luz",
        "colega1-apellidos": "Ccori",
        "colega1-cargo": "Contadora",
    }
    respuesta = client.post(reverse("eventos:inscripcion-crear", args=[curso.slug]), datos() | colega)
    assert "ya hay 2 inscritas: puede inscribir a 1 más." in respuesta.text
    assert "Ccori" in respuesta.text
    assert curso.inscripciones.count() == 2


@pytest.mark.django_db
def test_repetir_el_envio_de_un_grupo_que_lleno_el_maximo_muestra_lo_mismo(curso, entidad):
    envio = "7f1d9f9e-1111-4222-8333-444455556666"
    personas = [persona(n, entidad) for n in range(3)]
    primera = grupo.inscribir_grupo(capacitacion=curso, personas=personas, envio=envio)
    assert grupo.inscribir_grupo(capacitacion=curso, personas=personas, envio=envio) == primera


@pytest.mark.django_db
def test_corregir_la_entidad_no_es_un_atajo(client, curso, entidad, datos):
    for n in range(3):
        InscripcionFactory(capacitacion=curso, entidad=entidad, orden=n + 1)
    suya = InscripcionFactory(capacitacion=curso, orden=9)
    campos = datos(acepta_aviso=None, trabaja_en_entidad=None, envio=None)
    respuesta = client.post(reverse("eventos:inscripcion-editar", args=[token_de(suya)]), campos)
    assert "ya hay 3 inscritas" in respuesta.text
    assert Inscripcion.objects.get(pk=suya.pk).entidad != entidad


@pytest.mark.django_db
def test_el_personal_puede_pasarlo_y_se_le_avisa(client, asistente_de_cusco, curso, entidad):
    for n in range(3):
        InscripcionFactory(capacitacion=curso, entidad=entidad, orden=n + 1)
    client.force_login(asistente_de_cusco)
    campos = persona(9, entidad_texto=entidad.nombre)
    del campos["entidad"]
    url = reverse("eventos_intranet:asistencia-inscribir", args=[curso.pk])
    respuesta = client.post(url, campos, follow=True)
    assert "ya tiene 4 inscritas y el máximo por entidad es 3." in respuesta.text
    assert curso.inscripciones.count() == 4


@pytest.fixture
def asistente_de_cusco(db):
    return reparto.asistente_de_cusco()


@pytest.mark.django_db(transaction=True)
def test_treinta_de_la_misma_entidad_a_la_vez_y_entran_cuatro(sin_reparto):
    curso = CapacitacionFactory(cupos=None, maximo_por_entidad=4)
    entidad = EntidadFactory(centro=curso.centro)
    errores = a_la_vez(30, actions.inscribir, curso, entidad)
    assert {type(error) for error in errores} == {MaximoPorEntidad}
    assert (len(errores), curso.inscripciones.count()) == (26, 4)


def dos_por_un_lugar(inscribir, monkeypatch, plazo):
    """Dos de la misma entidad cuentan antes de que cualquiera se inscriba; después se inscriben de una en una."""
    curso = CapacitacionFactory(cupos=None, maximo_por_entidad=1)
    contaron, turno, con_turno = threading.Barrier(2, timeout=plazo), threading.Lock(), threading.local()
    contar = actions.exigir_maximo

    def contar_y_esperar(*args, **kwargs):
        contar(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):  # con llave, la otra no llega a contar
            contaron.wait()
        turno.acquire()
        con_turno.ya = True

    def soltar():
        if getattr(con_turno, "ya", False):
            turno.release()

    monkeypatch.setattr(actions, "exigir_maximo", contar_y_esperar)
    errores = a_la_vez(2, inscribir, curso, EntidadFactory(centro=curso.centro), al_terminar=soltar)
    return curso.inscripciones.count(), errores


@pytest.mark.django_db(transaction=True)
def test_con_la_llave_el_ultimo_lugar_es_de_una_sola(sin_reparto, monkeypatch):
    cuantas, errores = dos_por_un_lugar(actions.inscribir, monkeypatch, NO_VENDRA)
    assert cuantas == 1
    assert isinstance(errores[0], MaximoPorEntidad)


@pytest.mark.django_db(transaction=True)
def test_control_sin_la_llave_la_entidad_pasa_el_maximo(sin_reparto, monkeypatch):
    monkeypatch.setattr(actions, "bajo_llave", lambda c: Capacitacion.objects.get(pk=c.pk))
    assert dos_por_un_lugar(actions.inscribir.__wrapped__, monkeypatch, VENDRA) == (2, [])
