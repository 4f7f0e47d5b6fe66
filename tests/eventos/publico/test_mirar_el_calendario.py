"""La ficha pública de cada capacitación; el calendario, en test_vistas_del_calendario y test_filtrar_el_calendario."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from eventos.models import Capacitacion
from tests.fabricas import CapacitacionFactory, ExpositorFactory, InscripcionFactory

pytestmark = pytest.mark.django_db


def test_la_ficha_dice_todo_lo_que_el_programa_exige(client, cusco):
    curso = CapacitacionFactory(
        centro=cusco, objetivo="Formular bien", publico_objetivo="Tesoreros", abierta_a_ciudadania=False, cupos=20
    )
    ExpositorFactory(capacitacion=curso, nombre="Julia Huamán", tema="Devengado")
    curso.sesiones.get().actividades.create(
        hora_inicio=dt.time(9), hora_fin=dt.time(10, 30), actividad="Apertura", responsable="La coordinadora"
    )
    InscripcionFactory(capacitacion=curso)

    texto = client.get(curso.get_absolute_url()).text

    for esperado in [
        "9:00\u00a0a.\u00a0m. a 1:00\u00a0p.\u00a0m.", "Auditorio del centro",
        "Formular bien", "Tesoreros", "Julia Huamán",
        "Apertura", "10:30\u00a0a.\u00a0m.", "Quedan 19 cupos", "Inscribirme", "Es gratuita",
        "No se entregan constancias ni certificados", "084 123456", "de ninguna manera convalida",
    ]:  # fmt: skip
        assert esperado in texto


@pytest.mark.parametrize(
    ("cambios", "texto"),
    [
        ({"cupos": 0}, "Anotarme en la lista de espera"),
        ({"estado": "cancelada", "motivo_cancelacion": "Fuerza mayor: huaico"}, "Fuerza mayor: huaico"),
        ({"dias": -1}, "Esta capacitación ya se realizó."),
        ({"inscripcion_abre_en": timezone.make_aware(dt.datetime(2099, 1, 5, 9))}, "Abre el lunes 5 de enero de 2099"),
        ({"inscripcion_cierra_en": timezone.make_aware(dt.datetime(2020, 1, 6, 18))}, "Cerró el lunes 6 de enero"),
    ],
)
def test_la_ficha_dice_por_que_no_se_puede_inscribir(client, cusco, cambios, texto):
    respuesta = client.get(CapacitacionFactory(centro=cusco, **cambios).get_absolute_url())
    assert texto in respuesta.text
    assert ">Inscribirme<" not in respuesta.text


def test_un_borrador_no_tiene_ficha_ni_agenda(client, cusco):
    curso = CapacitacionFactory(centro=cusco, estado="borrador")
    assert client.get(curso.get_absolute_url()).status_code == 404
    assert client.get(reverse("eventos:capacitacion-ics", args=[curso.slug])).status_code == 404


def test_ningun_slug_tapa_una_direccion_del_portal():
    from eventos.actions.capacitacion import RESERVADAS
    from eventos.urls import bajo_capacitaciones

    primeras = {str(ruta.pattern).split("/")[0] for ruta in bajo_capacitaciones}
    # Un slug no lleva puntos: «calendario.ics» no choca con ninguno.
    assert {p for p in primeras if p.isidentifier()} <= RESERVADAS


def test_la_inscripcion_cierra_al_empezar_aunque_diga_otra_fecha(cusco):
    curso = CapacitacionFactory(centro=cusco, dias=1, inscripcion_cierra_en=timezone.now() + dt.timedelta(days=9))
    assert curso.admite_inscripcion()
    assert not curso.admite_inscripcion(en=curso.comienza_en)
    assert curso.situacion(en=curso.comienza_en) == Capacitacion.Situacion.EMPEZADA
