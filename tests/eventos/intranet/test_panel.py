"""El panel: once pasos en su orden, a la vista de un golpe, y sin que el costo crezca con las filas."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eventos.intranet.panel import PASOS
from tests.eventos.intranet.ayudas import completa
from tests.fabricas import AsistenciaFactory, InscripcionFactory, MaterialFactory

pytestmark = pytest.mark.django_db
MAX_CONSULTAS = 70


def url(capacitacion):
    return reverse("eventos_intranet:panel", args=[capacitacion.pk])


def poblar(capacitacion, cuantas):
    for _ in range(cuantas):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    MaterialFactory.create_batch(cuantas, capacitacion=capacitacion)


def consultas(client, capacitacion) -> int:
    with CaptureQueriesContext(
        connection,
    ) as hechas:
        assert client.get(url(capacitacion)).status_code == 200
    return len(hechas)


def test_los_pasos_van_del_programa_al_expediente():
    assert [paso.__name__ for paso in PASOS] == [
        *("programacion", "preparativos", "validacion", "convocatoria", "logistica", "inscripcion", "asistencia"),
        *("pruebas", "encuestas", "informe", "expediente"),
    ]


def test_cada_paso_se_ve_arriba_con_su_estado_y_lleva_a_su_tarjeta(client, coordinadora):
    client.force_login(coordinadora)
    respuesta = client.get(url(completa()))
    for paso in respuesta.context["pasos"]:
        assert f'href="#{paso.clave}"' in respuesta.text
        assert f'id="{paso.clave}"' in respuesta.text
        assert f'{paso.titulo}<span class="w-sr-only">: {paso.rotulo}</span>' in respuesta.text


def test_lo_atrasado_se_nombra_arriba_aunque_no_sea_lo_que_sigue(client, coordinadora):
    client.force_login(coordinadora)
    respuesta = client.get(url(completa(dias=-3)))
    assert "Atrasado:" in respuesta.text
    assert "asistencia" in [paso.clave for paso in respuesta.context["atrasados"]]


@pytest.mark.parametrize("dias", [10, -3])
def test_abrirlo_cuesta_lo_mismo_con_pocas_filas_que_con_muchas(client, coordinadora, dias):
    client.force_login(coordinadora)
    pocas, muchas = completa(dias=dias), completa(dias=dias)
    poblar(pocas, 2)
    poblar(muchas, 12)
    for capacitacion in (pocas, muchas):
        consultas(client, capacitacion)  # deja leídos los ajustes y los menús
    assert consultas(client, muchas) == consultas(client, pocas) <= MAX_CONSULTAS
