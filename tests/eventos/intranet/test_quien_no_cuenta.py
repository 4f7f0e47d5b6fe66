"""Quién no cuenta en las estadísticas y por qué: solo lo firmado cuenta (R84)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from eventos.cifras import cifras_de
from eventos.exclusiones import recuento_de
from eventos.models import Asistencia, Inscripcion
from tests import personas
from tests.fabricas import AsistenciaFactory, InscripcionFactory, PersonaFactory, SesionFactory

from .ayudas import HOY, completa, de_hoy, dentro_de

pytestmark = pytest.mark.django_db
Estado = Inscripcion.Estado


@pytest.fixture
def capacitacion(cusco):
    """De hoy, por la mañana y por la tarde."""
    capacitacion = de_hoy()
    SesionFactory(capacitacion=capacitacion, fecha=HOY(), hora_inicio="14:00", hora_fin="17:00")
    return capacitacion


def pantalla(capacitacion):
    return reverse("eventos_intranet:no-cuentan", args=[capacitacion.pk])


def inscrita(capacitacion, apellidos, firmas=0, **cambios):
    inscripcion = InscripcionFactory(capacitacion=capacitacion, apellidos=apellidos, **cambios)
    for sesion in capacitacion.sesiones.all()[:firmas]:
        AsistenciaFactory(inscripcion=inscripcion, sesion=sesion)
    return inscripcion


def test_r84_el_panel_dice_quien_no_cuenta_y_por_que(cliente, capacitacion):
    inscrita(capacitacion, "Completa", firmas=2)
    inscrita(capacitacion, "Amedias", firmas=1)
    inscrita(capacitacion, "Ausente")
    AsistenciaFactory(
        inscripcion=inscrita(capacitacion, "Nofirmo"), sesion=capacitacion.sesiones.first(), esta_firmada=False
    )
    inscrita(capacitacion, "Enespera", estado=Estado.EN_ESPERA)
    inscrita(capacitacion, "Anulada", estado=Estado.ANULADA, motivo_anulacion="personal")
    recuento = recuento_de(capacitacion, HOY())
    motivos = {p.inscripcion.apellidos: p.motivo for p in recuento.sin_contar}
    assert motivos == {
        "Ausente": "No firmó en ninguna sesión.",
        "Nofirmo": "Figura en el registro de papel y no firmó.",
        "Enespera": "Quedó en la lista de espera.",
        "Anulada": "Anulada: la anuló el personal.",
    }
    assert [(p.inscripcion.apellidos, p.firmas) for p in recuento.a_medias] == [("Amedias", [True, False])]
    panel = cliente.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).text
    assert "4 inscripciones no cuentan: solo lo firmado cuenta." in panel
    assert "1 persona firmó en unas sesiones y en otras no." in panel
    texto = cliente.get(pantalla(capacitacion)).text
    assert "Firmó en 1 de 2 sesiones: solo esas cuentan." in texto
    assert all(apellido in texto for apellido in motivos)
    assert "Completa" not in texto


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(Estado.values), st.integers(0, 2)), max_size=8))
def test_quien_cuenta_y_quien_no_suman_todas_las_inscripciones(cusco, casos):
    """Y la cuenta de participantes es la misma de las demás pantallas."""
    capacitacion = de_hoy()
    SesionFactory(capacitacion=capacitacion, fecha=HOY(), hora_inicio="14:00", hora_fin="17:00")
    for estado, firmas in casos:
        plazo = {"oferta_vence_en": "2030-01-01T00:00:00Z"} if estado == Estado.OFRECIDA else {}
        inscrita(capacitacion, "X", firmas if estado == Estado.CONFIRMADA else 0, estado=estado, **plazo)
    recuento = recuento_de(capacitacion, HOY())
    assert recuento.cifras == cifras_de(capacitacion)
    assert len(recuento.sin_contar) + recuento.cifras.participantes == recuento.inscritos == len(casos)
    assert len(recuento.a_medias) <= recuento.cifras.participantes
    Asistencia.objects.all().delete()
    Inscripcion.objects.all().delete()


def test_una_sesion_que_no_llego_no_le_falta_a_nadie(cusco):
    capacitacion = completa(dias=0, sesiones=False)
    for dia in (0, 1):
        SesionFactory(capacitacion=capacitacion, fecha=dentro_de(dia))
    inscrita(capacitacion, "Quispe", firmas=1)
    recuento = recuento_de(capacitacion, HOY())
    assert (recuento.sin_contar, recuento.a_medias) == ([], [])


def test_la_lista_de_cuarenta_no_hace_mas_consultas_que_la_de_una_y_vela_el_documento(cliente, capacitacion):
    def consultas():
        cliente.get(pantalla(capacitacion))
        with CaptureQueriesContext(connection) as capturadas:
            cliente.get(pantalla(capacitacion))
        return len(capturadas)

    InscripcionFactory(capacitacion=capacitacion, persona=PersonaFactory(numero_documento="41239876"))
    consultas()
    con_una = consultas()
    InscripcionFactory.create_batch(39, capacitacion=capacitacion)
    assert consultas() == con_una
    texto = cliente.get(pantalla(capacitacion)).text
    assert "****9876" in texto
    assert "41239876" not in texto


def test_lo_de_otro_centro_no_existe_y_sin_rol_no_se_ve(client, capacitacion):
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(pantalla(capacitacion)).status_code == 404
    client.force_login(personas.comunicaciones())
    assert client.get(pantalla(capacitacion)).status_code == 403
