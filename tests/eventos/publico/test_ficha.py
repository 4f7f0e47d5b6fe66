"""La página de una capacitación: qué dice antes, mientras se dicta y después, a la gente y a las máquinas."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from comun.templatetags.comun import fecha_larga
from eventos.models import Motivo, Reprogramacion
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    DistritoFactory,
    ExpositorFactory,
    InscripcionFactory,
    MaterialFactory,
    SesionFactory,
)

pytestmark = pytest.mark.django_db
DEL_EVENTO = {
    *("name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "isAccessibleForFree"),
    *("location", "organizer", "offers", "description", "url"),
}


@pytest.fixture(autouse=True)
def archivos_aparte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def html(client, capacitacion):
    respuesta = client.get(capacitacion.get_absolute_url())
    assert respuesta.status_code == 200
    return respuesta.text


def evento(client, capacitacion):
    bloque = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(client, capacitacion), re.DOTALL)
    return json.loads(bloque[1])


def en_curso(cusco, **cambios):
    """De ayer a mañana: ni empieza ni termina hoy, sea la hora que sea."""
    capacitacion = CapacitacionFactory(centro=cusco, sesiones=False, dias=-1, **cambios)
    for dias in (-1, 1):
        SesionFactory(capacitacion=capacitacion, fecha=timezone.localdate() + dt.timedelta(days=dias))
    capacitacion.fecha_fin = timezone.localdate() + dt.timedelta(days=1)
    capacitacion.save()
    return capacitacion


def test_antes_dice_como_inscribirse_que_llevar_y_como_llegar(client, cusco):
    capacitacion = CapacitacionFactory(
        centro=cusco, direccion="Av. El Sol 123", como_llegar="Segunda puerta, tercer piso"
    )
    texto = html(client, capacitacion)
    for esperado in [
        ">Inscribirme<", "Lleve su documento de identidad", "Segunda puerta, tercer piso",
        "openstreetmap.org/search?query=Av.+El+Sol+123%2C+Cusco", "Cierra al empezar la primera sesión",
        "https://wa.me/?text=", "Agregar a mi agenda", "Invitación para mi entidad", "Preguntar al centro",
        f'value="http://localhost:8000{capacitacion.get_absolute_url()}"',
    ]:  # fmt: skip
        assert esperado in texto


def test_el_mapa_de_otra_ciudad_busca_en_su_distrito_y_el_virtual_no_lo_tiene(cusco):
    pisac = DistritoFactory(ubigeo="080104", nombre="Pisac")
    fuera = CapacitacionFactory(centro=cusco, distrito=pisac, direccion="Plaza 1")
    assert "Pisac" in fuera.url_mapa
    assert fuera.donde == "Auditorio del centro, Plaza 1, Pisac"
    assert CapacitacionFactory(centro=cusco, distrito=pisac).url_mapa == ""
    assert CapacitacionFactory(centro=cusco, modalidad="virtual", direccion="x").url_mapa == ""
    assert CapacitacionFactory(centro=None, organizador="sede").url_mapa == ""


def test_en_curso_dice_la_sesion_que_sigue_y_ya_no_recibe_inscripciones(client, cusco):
    capacitacion = en_curso(cusco)
    texto = html(client, capacitacion)
    assert "En curso" in texto
    assert fecha_larga(capacitacion.fecha_fin) in texto
    assert "/inscripcion/" not in texto


def test_en_curso_y_virtual_no_revela_el_enlace(client, cusco):
    capacitacion = en_curso(cusco, modalidad="virtual", enlace_virtual="https://sala.example/secreta")
    texto = html(client, capacitacion)
    assert "el enlace que le llegó por correo" in texto
    assert "sala.example" not in texto


def test_despues_muestra_lo_que_se_hizo_los_materiales_y_las_parecidas(client, cusco):
    capacitacion = CapacitacionFactory(centro=cusco, dias=-3)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    material = MaterialFactory(capacitacion=capacitacion, titulo="Diapositivas", octetos=1_258_291)
    CapacitacionFactory(centro=cusco, titulo="La que sigue")
    texto = html(client, capacitacion)
    for esperado in ["Participaron 1 persona", "Diapositivas", "(PDF, 1.2\xa0MB)", material.get_absolute_url()]:
        assert esperado in texto
    assert "La que sigue" in texto
    assert "/inscripcion/" not in texto
    assert "El día de la capacitación" not in texto


def test_de_varios_dias_el_programa_va_dia_por_dia(client, cusco):
    capacitacion = en_curso(cusco)
    texto = html(client, capacitacion)
    assert f"Día 1: {fecha_larga(capacitacion.fecha_inicio)}" in texto
    assert f"Día 2: {fecha_larga(capacitacion.fecha_fin)}" in texto


def reprogramada(cusco, **cambios):
    capacitacion = CapacitacionFactory(centro=cusco)
    antes = timezone.make_aware(dt.datetime(2026, 11, 3, 9))
    datos = {"comenzaba_en": antes, "terminaba_el": antes.date(), "lugar_antes": capacitacion.donde} | cambios
    Reprogramacion.objects.create(capacitacion=capacitacion, motivo=Motivo.RECURSOS, **datos)
    return capacitacion


def test_r67_reprogramada_dice_que_cambio_como_era_y_por_que(client, cusco):
    texto = html(client, reprogramada(cusco))
    assert "CAMBIÓ DE FECHA" in texto
    assert "Antes: martes 3 de noviembre de 2026, 9:00\u00a0a.\u00a0m." in texto
    assert "disponibilidad de recursos humanos o logística" in texto


def test_r67_cancelada_dice_el_motivo_y_la_proxima_parecida(client, cusco):
    capacitacion = CapacitacionFactory(centro=cusco, estado="cancelada", motivo_cancelacion="Fuerza mayor: huaico")
    CapacitacionFactory(centro=cusco, titulo="La que sigue", dias=9)
    texto = html(client, capacitacion)
    assert "CANCELADA" in texto
    assert "Motivo: Fuerza mayor: huaico." in texto
    assert "La que sigue" in texto
    assert "/inscripcion/" not in texto


def test_sin_parecidas_lleva_al_calendario(client, cusco):
    assert "Ver todas las próximas" in html(client, CapacitacionFactory(centro=cusco, estado="cancelada"))


def test_los_datos_estructurados_dicen_lo_que_pide_un_buscador(client, cusco):
    capacitacion = CapacitacionFactory(centro=cusco, cupos=20, objetivo="Cerrar bien")
    ExpositorFactory(capacitacion=capacitacion, nombre="Julia Huamán")
    InscripcionFactory(capacitacion=capacitacion)
    datos = evento(client, capacitacion)
    assert datos["@context"] == "https://schema.org"
    assert datos["@type"] == "Event"
    assert datos.keys() >= DEL_EVENTO
    assert datos["eventStatus"] == "https://schema.org/EventScheduled"
    assert datos["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert datos["isAccessibleForFree"] is True
    assert datos["offers"]["price"] == "0"
    assert datos["offers"]["availability"] == "https://schema.org/InStock"
    assert datos["remainingAttendeeCapacity"] == 19
    assert dt.datetime.fromisoformat(datos["startDate"]) == capacitacion.comienza_en
    assert datos["startDate"].endswith("T09:00:00-05:00")
    assert datos["location"]["address"]["addressLocality"] == "Cusco"
    assert datos["organizer"]["name"] == "CONECTAMEF Cusco"
    assert "previousStartDate" not in datos
    assert "subEvent" not in datos


def test_los_datos_estructurados_de_una_reprogramada_una_cancelada_y_una_llena(client, cusco):
    datos = evento(client, reprogramada(cusco))
    assert datos["eventStatus"].endswith("/EventRescheduled")
    assert datos["previousStartDate"] == "2026-11-03T09:00:00-05:00"
    cancelada = evento(client, CapacitacionFactory(centro=cusco, estado="cancelada"))
    assert cancelada["eventStatus"].endswith("/EventCancelled")
    assert cancelada["offers"]["availability"].endswith("/SoldOut")
    assert evento(client, CapacitacionFactory(centro=cusco, cupos=0))["offers"]["availability"].endswith("/SoldOut")


def test_si_solo_cambio_el_lugar_no_dice_que_cambio_de_fecha(client, cusco):
    capacitacion = CapacitacionFactory(centro=cusco)
    Reprogramacion.objects.create(
        capacitacion=capacitacion,
        motivo=Motivo.RECURSOS,
        comenzaba_en=capacitacion.comienza_en,
        terminaba_el=capacitacion.fecha_fin,
        lugar_antes="Otro auditorio, Cusco",
    )
    assert evento(client, capacitacion)["eventStatus"].endswith("/EventScheduled")
    texto = html(client, capacitacion)
    assert "CAMBIÓ DE LUGAR" in texto
    assert "Antes: Otro auditorio, Cusco" in texto


def test_el_evento_virtual_no_revela_el_enlace_y_el_de_varios_dias_los_lista(client, cusco):
    datos = evento(client, en_curso(cusco, modalidad="virtual", enlace_virtual="https://sala.example/secreta"))
    assert datos["location"] == {"@type": "VirtualLocation", "url": datos["url"]}
    assert "sala.example" not in json.dumps(datos)
    assert [dia["startDate"][11:] for dia in datos["subEvent"]] == ["09:00:00-05:00"] * 2
    assert all(dia.keys() >= {"name", "startDate", "endDate", "location", "eventStatus"} for dia in datos["subEvent"])


def test_ningun_texto_se_sale_del_bloque_de_datos(client, cusco):
    malo = '</script><script>alert(1)</script><!-- "\u2028'
    capacitacion = CapacitacionFactory(centro=cusco, objetivo=malo, titulo="<b>x</b> & y")
    assert "<script>alert" not in html(client, capacitacion)
    datos = evento(client, capacitacion)
    assert datos["description"] == malo
    assert datos["name"] == "<b>x</b> & y"


@pytest.mark.parametrize("dias", [7, -7])
def test_la_ficha_no_pasa_de_quince_consultas_ni_crece(client, cusco, dias, django_assert_max_num_queries):
    capacitacion = CapacitacionFactory(centro=cusco, dias=dias, cupos=0)
    for n in range(4):
        ExpositorFactory(capacitacion=capacitacion)
        MaterialFactory(capacitacion=capacitacion)
        sesion = SesionFactory(capacitacion=capacitacion, fecha=capacitacion.fecha_inicio + dt.timedelta(days=n + 1))
        sesion.actividades.create(hora_inicio=dt.time(9), hora_fin=dt.time(10), actividad="Apertura")
        CapacitacionFactory(centro=cusco, dias=n + 1)
    client.get("/preguntar/")  # los menús se leen una vez y valen para todas las páginas
    with django_assert_max_num_queries(15):
        html(client, capacitacion)
