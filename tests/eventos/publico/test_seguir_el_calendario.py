"""Quien sigue el calendario desde su agenda o su lector recibe lo mismo que muestra la página."""

import datetime as dt
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.urls import reverse
from icalendar import Calendar

from comun.registros import fuentes_de_busqueda, secciones_de_centro
from correo.models import Envio
from eventos import correos
from eventos.registros import buscar_capacitaciones, proximas_de_centro
from eventos.sitemaps import CapacitacionSitemap
from tests.fabricas import CapacitacionFactory, InscripcionFactory, SesionFactory

pytestmark = pytest.mark.django_db
ICS = "/capacitaciones/calendario.ics"
RSS = "/capacitaciones/rss/"


@pytest.fixture
def curso(cusco):
    curso = CapacitacionFactory(centro=cusco, titulo="Cierre contable", secuencia=3)
    SesionFactory(capacitacion=curso, fecha=curso.fecha_inicio, hora_inicio=dt.time(15), hora_fin=dt.time(18))
    return curso


def eventos(respuesta):
    return Calendar.from_ical(respuesta.content).walk("VEVENT")


def test_el_ics_lleva_un_evento_por_sesion_en_hora_de_lima(client, curso):
    respuesta = client.get(ICS)

    manana, tarde = eventos(respuesta)
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert manana["DTSTART"].dt == dt.datetime.combine(curso.fecha_inicio, dt.time(9), ZoneInfo("America/Lima"))
    assert manana["DTSTART"].params["TZID"] == "America/Lima"
    assert manana["SUMMARY"] == "Cierre contable"
    assert (manana["SEQUENCE"], manana["STATUS"]) == (3, "CONFIRMED")
    assert manana["UID"] != tarde["UID"]
    assert respuesta.text.count("BEGIN:VTIMEZONE") == 1


def test_al_reprogramar_el_uid_no_cambia_y_al_cancelar_lo_dice(client, curso):
    antes = [evento["UID"] for evento in eventos(client.get(ICS))]
    fechas = [sesion.fecha + dt.timedelta(days=1) for sesion in curso.sesiones.all()]
    curso.sesiones.all().delete()
    for fecha, hora in zip(fechas, (9, 15), strict=True):
        SesionFactory(capacitacion=curso, fecha=fecha, hora_inicio=dt.time(hora), hora_fin=dt.time(hora + 3))
    curso.estado = "cancelada"
    curso.save()

    ahora = eventos(client.get(reverse("eventos:capacitacion-ics", args=[curso.slug])))

    assert [evento["UID"] for evento in ahora] == antes
    assert {evento["STATUS"] for evento in ahora} == {"CANCELLED"}


def test_el_ics_y_el_rss_respetan_los_filtros(client, curso, arequipa):
    CapacitacionFactory(centro=arequipa, titulo="En Arequipa")
    assert {str(e["SUMMARY"]) for e in eventos(client.get(f"{ICS}?centro=cusco"))} == {"Cierre contable"}
    leido = feedparser.parse(client.get(f"{RSS}?centro=arequipa").content)
    assert [entrada.title for entrada in leido.entries] == ["En Arequipa"]


def test_el_ics_publico_no_lleva_el_enlace_virtual_y_el_del_inscrito_si(client, cusco):
    curso = CapacitacionFactory(centro=cusco, modalidad="virtual", enlace_virtual="https://sala.example/abc")
    assert "sala.example" not in client.get(ICS).text
    assert "sala.example" not in client.get(curso.get_absolute_url()).text

    correos.avisar(InscripcionFactory(capacitacion=curso))
    envio = Envio.objects.get()
    assert "sala.example" in envio.texto

    correos.avisar(InscripcionFactory(capacitacion=curso, estado="en_espera"))
    assert "sala.example" not in Envio.objects.latest("pk").texto


def test_el_rss_se_lee_y_enlaza_a_cada_ficha(client, curso):
    leido = feedparser.parse(client.get(RSS).content)
    assert not leido.bozo
    assert leido.entries[0].link.endswith(curso.get_absolute_url())
    assert leido.entries[0].title == "Cierre contable"


def test_quien_ya_lo_tiene_no_lo_baja_de_nuevo(client, curso):
    etiqueta = client.get(ICS)["ETag"]
    assert client.get(ICS, headers={"If-None-Match": etiqueta}).status_code == 304


def test_la_pagina_del_centro_muestra_sus_proximas_y_las_de_la_sede(curso, cusco, arequipa):
    CapacitacionFactory(centro=None, organizador="sede", titulo="De la sede", dias=9)
    CapacitacionFactory(centro=arequipa, titulo="En Arequipa")
    seccion = proximas_de_centro(cusco)
    assert [c.titulo for c in seccion["contexto"]["capacitaciones"]] == ["Cierre contable", "De la sede"]
    assert proximas_de_centro in secciones_de_centro


def test_el_buscador_del_portal_halla_las_publicadas(curso, cusco):
    CapacitacionFactory(centro=cusco, titulo="Cierre secreto", estado="borrador")
    [hallada] = buscar_capacitaciones("cierres contables", 5)
    assert hallada["url"] == curso.get_absolute_url()
    assert buscar_capacitaciones in fuentes_de_busqueda


def test_el_mapa_del_sitio_no_lista_borradores(curso, cusco):
    CapacitacionFactory(centro=cusco, estado="borrador")
    assert list(CapacitacionSitemap().items()) == [curso]
