"""Solo lo firmado cuenta, y se cuenta en un solo lugar."""

import pytest

from eventos.cifras import Cifras, cifras_de, cifras_por_capacitacion, cifras_totales, firmas_por_sesion
from eventos.models import Capacitacion
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, InscripcionFactory, PersonaFactory, SesionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def de_dos_sesiones():
    capacitacion = CapacitacionFactory()
    SesionFactory(capacitacion=capacitacion, fecha=capacitacion.fecha_inicio, hora_inicio="14:00", hora_fin="17:00")
    return capacitacion


def firmar(capacitacion, persona, veces=1, esta_firmada=True):
    inscripcion = InscripcionFactory(capacitacion=capacitacion, persona=persona)
    for sesion in capacitacion.sesiones.all()[:veces]:
        AsistenciaFactory(inscripcion=inscripcion, sesion=sesion, esta_firmada=esta_firmada)


def test_sin_firmas_todo_es_cero(de_dos_sesiones):
    assert cifras_de(de_dos_sesiones) == Cifras(0, 0)


def test_quien_firma_dos_sesiones_es_un_participante_y_dos_asistencias(de_dos_sesiones):
    firmar(de_dos_sesiones, PersonaFactory(), veces=2)
    firmar(de_dos_sesiones, PersonaFactory())
    assert cifras_de(de_dos_sesiones) == Cifras(participantes=2, asistencias=3)


def test_quien_no_firmo_no_cuenta(de_dos_sesiones):
    firmar(de_dos_sesiones, PersonaFactory(), esta_firmada=False)
    InscripcionFactory(capacitacion=de_dos_sesiones)
    assert cifras_de(de_dos_sesiones) == Cifras(0, 0)


def test_quien_asiste_a_dos_capacitaciones_es_un_solo_participante_en_el_total(de_dos_sesiones):
    otra, persona = CapacitacionFactory(), PersonaFactory()
    firmar(de_dos_sesiones, persona)
    firmar(otra, persona)
    assert cifras_totales(Capacitacion.objects.all()) == Cifras(participantes=1, asistencias=2)
    assert cifras_por_capacitacion(Capacitacion.objects.all()) == {
        de_dos_sesiones.pk: Cifras(1, 1),
        otra.pk: Cifras(1, 1),
    }


def test_las_de_muchas_capacitaciones_salen_en_una_consulta(django_assert_num_queries):
    for _ in range(3):
        firmar(CapacitacionFactory(), PersonaFactory())
    with django_assert_num_queries(1):
        assert len(cifras_por_capacitacion(Capacitacion.objects.all())) == 3


def test_las_firmas_se_cuentan_por_sesion(de_dos_sesiones):
    primera, segunda = de_dos_sesiones.sesiones.all()
    firmar(de_dos_sesiones, PersonaFactory(), veces=2)
    firmar(de_dos_sesiones, PersonaFactory(), veces=1)
    assert firmas_por_sesion(de_dos_sesiones) == {primera.pk: 2, segunda.pk: 1}
