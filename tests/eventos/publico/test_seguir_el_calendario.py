"""Quien sigue el calendario desde su agenda, su lector o su sitio recibe lo mismo que muestra la página."""

import datetime as dt
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.utils import timezone
from icalendar import Calendar

from comun.registros import fuentes_de_busqueda, secciones_de_centro
from correo.models import Envio
from eventos import correos
from eventos.models import Capacitacion, Reprogramacion
from eventos.registros import buscar_capacitaciones, proximas_de_centro
from eventos.sitemaps import CapacitacionSitemap
from eventos.views import feeds
from tests.fabricas import (
    CapacitacionFactory,
    ExpositorFactory,
    InscripcionFactory,
    SesionFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
ICS, RSS, JSON = "/capacitaciones.ics", "/capacitaciones.rss", "/capacitaciones.json"
LIMA = ZoneInfo("America/Lima")


@pytest.fixture
def curso(cusco):
    curso = CapacitacionFactory(centro=cusco, titulo="Cierre contable", secuencia=3)
    SesionFactory(capacitacion=curso, fecha=curso.fecha_inicio, hora_inicio=dt.time(15), hora_fin=dt.time(18))
    return curso


TITULO_DIFICIL = (
    "Presupuesto, tesorería; contabilidad \\ inversión: «¿qué cambia?» 🎓🇵🇪 y 'otras' \"novedades\" <b>&amp;</b> "
    + "ñ" * 45
)
LARGO = "Formular, programar; ejecutar 🎯. " * 10


@pytest.fixture
def dificil(cusco):
    """De tres días y dos sistemas, con todo lo que suele romper una agenda."""
    sistemas = [SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Endeudamiento, Tesoro; y más")]
    curso = CapacitacionFactory(
        centro=cusco, titulo=TITULO_DIFICIL, slug="dificil", objetivo=LARGO, publico_objetivo="Uno\r\nDos\x0b",
        descripcion="<p>Lea la <a href=\"/normas/\">norma</a> &amp; venga.</p>", sistemas=sistemas, sesiones=False,
        fecha_inicio=timezone.localdate() + dt.timedelta(days=3), fecha_fin=timezone.localdate() + dt.timedelta(days=8),
        cupos=20,
    )  # fmt: skip
    for dias in (3, 4, 8):
        SesionFactory(capacitacion=curso, fecha=timezone.localdate() + dt.timedelta(days=dias))
    ExpositorFactory(capacitacion=curso, nombre="Julia Huamán", tema="Devengado")
    curso.sesiones.first().actividades.create(hora_inicio=dt.time(9), hora_fin=dt.time(10), actividad="Apertura & más")
    return curso


def eventos(respuesta):
    return Calendar.from_ical(respuesta.content).walk("VEVENT")


# --- iCalendar ---


def test_el_ics_leido_de_vuelta_no_pierde_nada(client, dificil):
    respuesta = client.get(ICS)

    leidos = eventos(respuesta)
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert [e["DTSTART"].dt for e in leidos] == [
        dt.datetime.combine(s.fecha, dt.time(9), LIMA) for s in dificil.sesiones.all()
    ]
    for evento in leidos:
        assert str(evento["SUMMARY"]) == TITULO_DIFICIL
        assert LARGO in str(evento["DESCRIPTION"])
        assert str(evento["LOCATION"]) == "Auditorio del centro, Cusco"
        assert [str(c) for c in evento["CATEGORIES"].cats] == [
            *(s.nombre for s in dificil.sistemas.all()), "General básica"
        ]  # fmt: skip
        assert evento["DTSTART"].params["TZID"] == "America/Lima"
        assert evento["ORGANIZER"] == "mailto:cusco@conectamef.example"
        assert evento["ORGANIZER"].params["CN"] == "CONECTAMEF Cusco"
        assert str(evento["URL"]).endswith(dificil.get_absolute_url())
    assert len({e["UID"] for e in leidos}) == 3


def test_el_ics_sigue_la_norma_en_cada_renglon(client, dificil):
    contenido = client.get(ICS).content
    renglones = contenido.split(b"\r\n")
    assert max(len(renglon) for renglon in renglones) <= 75
    assert b"\n" not in contenido.replace(b"\r\n", b"")
    assert contenido.count(b"BEGIN:VTIMEZONE") == 1
    assert b"TZID:America/Lima" in contenido
    assert b"\x0b" not in contenido


def test_el_ics_lleva_un_evento_por_sesion(client, curso):
    manana, tarde = eventos(client.get(ICS))
    assert (manana["SEQUENCE"], manana["STATUS"]) == (3, "CONFIRMED")
    assert manana["DTSTART"].dt.hour == 9
    assert tarde["DTEND"].dt.hour == 18
    assert manana["UID"] != tarde["UID"]


def test_sin_correo_del_centro_no_hay_organizador(client, curso, cusco):
    type(cusco).objects.update(correo="")
    assert "ORGANIZER" not in eventos(client.get(ICS))[0]


def test_al_reprogramar_el_uid_no_cambia_y_la_agenda_dice_cuando_era(client, curso):
    antes = [evento["UID"] for evento in eventos(client.get(ICS))]
    fechas = [sesion.fecha + dt.timedelta(days=1) for sesion in curso.sesiones.all()]
    curso.sesiones.all().delete()
    for fecha, hora in zip(fechas, (9, 15), strict=True):
        SesionFactory(capacitacion=curso, fecha=fecha, hora_inicio=dt.time(hora), hora_fin=dt.time(hora + 3))
    reprogramar(curso)

    ahora = eventos(client.get(f"/capacitaciones/{curso.slug}.ics"))

    assert [evento["UID"] for evento in ahora] == antes
    assert {evento["SEQUENCE"] for evento in ahora} == {4}
    assert "Antes: martes 3 de noviembre de 2026" in str(ahora[0]["DESCRIPTION"])


def reprogramar(curso):
    Capacitacion.objects.filter(pk=curso.pk).update(secuencia=curso.secuencia + 1)
    comenzaba = timezone.make_aware(dt.datetime(2026, 11, 3, 9))
    Reprogramacion.objects.create(
        capacitacion=curso, motivo="usuarios", comenzaba_en=comenzaba, terminaba_el=comenzaba.date(), lugar_antes="Aula"
    )


def test_la_cancelada_sigue_en_la_agenda_y_lo_dice(client, curso):
    Capacitacion.objects.update(estado="cancelada", motivo_cancelacion="Huaico")
    leidos = eventos(client.get(ICS))
    assert {evento["STATUS"] for evento in leidos} == {"CANCELLED"}
    assert str(leidos[0]["SUMMARY"]) == "CANCELADA: Cierre contable"
    assert "Huaico" in str(leidos[0]["DESCRIPTION"])


def test_si_son_demasiadas_la_agenda_lo_dice(client, curso, cusco, monkeypatch):
    monkeypatch.setattr(feeds, "TOPE_ICS", 1)
    CapacitacionFactory(centro=cusco, titulo="La segunda", dias=30)
    respuesta = client.get(ICS)
    assert {str(e["SUMMARY"]) for e in eventos(respuesta)} == {"Cierre contable"}
    assert "van las primeras 1" in str(Calendar.from_ical(respuesta.content)["X-WR-CALDESC"])


# --- Lo mismo que en pantalla ---


def en_json(client, consulta):
    return [item["title"] for item in client.get(f"{JSON}?{consulta}").json()["items"]]


def en_ics(client, consulta):
    return {str(evento["SUMMARY"]) for evento in eventos(client.get(f"{ICS}?{consulta}"))}


def en_rss(client, consulta):
    return {entrada.title for entrada in feedparser.parse(client.get(f"{RSS}?{consulta}").content).entries}


@pytest.mark.parametrize(
    ("consulta", "esperadas"),
    [
        ("", {"Cierre contable", "En Arequipa", "Virtual"}),
        ("centro=arequipa", {"En Arequipa", "Virtual"}),
        ("centro=arequipa&modalidad=presencial", {"En Arequipa"}),
        ("centro=nohay&modalidad=virtual", {"Virtual"}),
        ("vista=pasadas", {"La vieja"}),
        ("vista=pasadas&mes=2024-05", {"La vieja"}),
        ("vista=pasadas&mes=2024-06", set()),
        ("vista=mes&mes=2024-05", {"La vieja"}),
        ("vista=semana&semana=2024-W19", {"La vieja"}),
        ("dia=2024-05-06", {"La vieja"}),
        ("dia=2024-05-07", set()),
    ],
)
def test_cada_feed_lleva_exactamente_lo_que_se_ve(client, curso, arequipa, consulta, esperadas):
    CapacitacionFactory(centro=arequipa, titulo="En Arequipa")
    CapacitacionFactory(centro=arequipa, titulo="Virtual", modalidad="virtual")
    vieja = dt.date(2024, 5, 6)
    CapacitacionFactory(centro=arequipa, titulo="La vieja", fecha_inicio=vieja, fecha_fin=vieja)
    assert set(en_json(client, consulta)) == en_ics(client, consulta) == en_rss(client, consulta) == esperadas


def test_la_pagina_ofrece_el_feed_de_lo_que_se_ve(client, curso, settings):
    settings.URL_DEL_SITIO = "https://portal.example"
    texto = client.get("/capacitaciones/?vista=mes&mes=2026-11&centro=cusco&q=&pagina=2").text
    consulta = "vista=mes&amp;mes=2026-11&amp;centro=cusco"
    for direccion in (f"{ICS}?{consulta}&amp;", f"{RSS}?{consulta}&amp;", f"{JSON}?{consulta}&amp;"):
        assert texto.count(f'href="{direccion}"') == 2
    assert f'href="webcal://portal.example{ICS}?{consulta}"' in texto


@pytest.mark.parametrize(
    ("vieja", "nueva"),
    [
        ("/capacitaciones/calendario.ics?centro=cusco&centro=puno", f"{ICS}?centro=cusco&centro=puno"),
        ("/capacitaciones/rss/", RSS),
        ("/capacitaciones/cierre-contable/calendario.ics", "/capacitaciones/cierre-contable.ics"),
    ],
)
def test_las_direcciones_de_antes_llevan_a_las_de_ahora(client, vieja, nueva):
    respuesta = client.get(vieja)
    assert (respuesta.status_code, respuesta["Location"]) == (301, nueva)


@pytest.mark.parametrize("ruta", ["/capacitaciones.xml", "/capacitaciones/no-hay.ics", "/capacitaciones/no-hay.json"])
def test_lo_que_no_existe_es_404(client, db, ruta):
    assert client.get(ruta).status_code == 404


def test_un_borrador_no_se_puede_seguir(client, curso):
    Capacitacion.objects.update(estado="borrador")
    assert client.get(f"/capacitaciones/{curso.slug}.ics").status_code == 404
    assert client.get(f"/capacitaciones/{curso.slug}.json").status_code == 404
    assert en_json(client, "") == []


@pytest.mark.parametrize("ruta", [ICS, RSS, JSON, "/capacitaciones/cierre-contable.ics"])
def test_quien_ya_lo_tiene_no_lo_baja_de_nuevo(client, curso, ruta):
    primera = client.get(ruta)
    assert client.get(ruta, headers={"If-None-Match": primera["ETag"]}).status_code == 304
    Capacitacion.objects.update(titulo="Otro título")
    assert client.get(ruta, headers={"If-None-Match": primera["ETag"]}).status_code == 200


@pytest.mark.parametrize("ruta", [ICS, RSS])
def test_last_modified_cambia_cuando_cambia_la_lista(client, curso, ruta):
    Capacitacion.objects.update(actualizada_en=timezone.now() + dt.timedelta(hours=1))
    antes = client.get(ruta)["Last-Modified"]
    assert client.get(ruta, headers={"If-Modified-Since": antes}).status_code == 304
    Capacitacion.objects.update(actualizada_en=timezone.now() + dt.timedelta(hours=2))
    assert client.get(ruta, headers={"If-Modified-Since": antes}).status_code == 200


@pytest.mark.parametrize("ruta", [ICS, RSS, JSON])
def test_otro_sitio_puede_leerlos_y_no_dejan_rastro(client, curso, ruta):
    respuesta = client.get(ruta)
    assert respuesta["Access-Control-Allow-Origin"] == "*"
    assert "public" in respuesta["Cache-Control"]
    assert not respuesta.cookies


@pytest.mark.parametrize("ruta", [ICS, RSS, JSON])
def test_las_consultas_de_un_feed_no_crecen_con_las_filas(client, cusco, ruta, django_assert_max_num_queries):
    def contar():
        with django_assert_max_num_queries(15) as capturadas:
            assert client.get(ruta).status_code == 200
        return len(capturadas)

    def crear(cuantas):
        for _ in range(cuantas):
            enlace = '<p><a linktype="document" id="9">Norma</a></p>'
            ExpositorFactory(capacitacion=CapacitacionFactory(centro=cusco, descripcion=enlace))

    crear(5)
    con_pocas = contar()
    crear(55)
    assert contar() <= con_pocas


def test_el_ics_publico_no_lleva_el_enlace_virtual_y_el_del_inscrito_si(client, cusco):
    curso = CapacitacionFactory(centro=cusco, modalidad="virtual", enlace_virtual="https://sala.example/abc")
    assert "sala.example" not in client.get(ICS).text
    assert "sala.example" not in client.get(curso.get_absolute_url()).text

    correos.avisar(InscripcionFactory(capacitacion=curso))
    envio = Envio.objects.get()
    assert "sala.example" in envio.texto

    correos.avisar(InscripcionFactory(capacitacion=curso, estado="en_espera"))
    assert "sala.example" not in Envio.objects.latest("pk").texto


# --- RSS ---


def test_el_rss_leido_de_vuelta_lleva_el_texto_completo(client, dificil):
    leido = feedparser.parse(client.get(RSS).content)
    [entrada] = leido.entries
    assert not leido.bozo
    assert leido.feed.title == "Próximas capacitaciones CONECTAMEF"
    assert entrada.title == TITULO_DIFICIL
    assert entrada.link.endswith(dificil.get_absolute_url())
    assert [t.term for t in entrada.tags] == [*(s.nombre for s in dificil.sistemas.all()), "General básica"]
    completo = entrada.content[0].value
    for esperado in [
        LARGO.strip(), "Julia Huamán", "Devengado", "Apertura &amp; más", "No se entregan constancias",
        'href="http://localhost:8000/normas/"', 'href="http://localhost:8000/capacitaciones/dificil/"',
    ]:  # fmt: skip
        assert esperado in completo


def test_en_el_rss_la_cancelada_y_la_reprogramada_lo_dicen(client, curso, cusco):
    reprogramar(curso)
    CapacitacionFactory(centro=cusco, titulo="Se cayó", estado="cancelada", motivo_cancelacion="Huaico")
    por_titulo = {e.title: e for e in feedparser.parse(client.get(RSS).content).entries}
    assert "Huaico" in por_titulo["CANCELADA: Se cayó"].summary
    assert "Antes: martes 3 de noviembre de 2026" in por_titulo["Cierre contable"].content[0].value


def test_el_rss_largo_dice_donde_sigue(client, curso, cusco, monkeypatch):
    monkeypatch.setattr(feeds, "POR_PAGINA", 1)
    CapacitacionFactory(centro=cusco, titulo="La segunda", dias=30)
    leido = feedparser.parse(client.get(f"{RSS}?centro=cusco").content)
    [siguiente] = [enlace.href for enlace in leido.feed.links if enlace.rel == "next"]
    assert siguiente.endswith(f"{RSS}?centro=cusco&pagina=2")
    assert len(leido.entries) == 1


# --- JSON Feed ---


def test_el_json_lleva_los_datos_con_su_forma(client, dificil):
    InscripcionFactory(capacitacion=dificil)
    reprogramar(dificil)
    feed = client.get(JSON)
    [item] = feed.json()["items"]
    datos = item["_conectamef"]
    primera = dificil.sesiones.first()

    assert feed["Content-Type"] == "application/feed+json"
    assert feed.json()["version"] == "https://jsonfeed.org/version/1.1"
    assert (item["title"], item["url"]) == (TITULO_DIFICIL, f"http://localhost:8000{dificil.get_absolute_url()}")
    assert "Julia Huamán" in item["content_html"]
    assert datos["sesiones"][0] == {
        "inicio": f"{primera.fecha}T09:00:00-05:00",
        "fin": f"{primera.fecha}T13:00:00-05:00",
    }
    assert len(datos["sesiones"]) == 3
    assert datos["centro"] == {"id": "cusco", "nombre": "CONECTAMEF Cusco"}
    assert [s["id"] for s in datos["sistemas"]] == [s.slug for s in dificil.sistemas.all()]
    assert (datos["estado"], datos["situacion"], datos["alcance"]) == ("publicada", "abierta", "varios")
    assert (datos["cupos"], datos["cupos_libres"], datos["admite_inscripcion"]) == (20, 19, True)
    assert datos["reprogramacion"]["antes"].startswith("Antes: martes 3 de noviembre de 2026")


def test_el_json_largo_dice_cuantas_son_y_donde_sigue_hasta_el_final(client, curso, cusco, monkeypatch):
    monkeypatch.setattr(feeds, "POR_PAGINA", 1)
    CapacitacionFactory(centro=cusco, titulo="La segunda", dias=30)
    primera = client.get(f"{JSON}?centro=cusco").json()
    segunda = client.get(primera["next_url"]).json()
    assert primera["_conectamef"]["total"] == 2
    assert [i["title"] for i in primera["items"] + segunda["items"]] == ["Cierre contable", "La segunda"]
    assert "next_url" not in segunda


def test_el_json_dice_lo_que_no_se_reconoce(client, curso):
    assert "«nohay»" in client.get(f"{JSON}?centro=nohay").json()["_conectamef"]["avisos"][0]


def test_el_json_de_una_capacitacion_es_el_mismo_de_la_lista(client, curso):
    [sola] = client.get(f"/capacitaciones/{curso.slug}.json").json()["items"]
    [en_lista] = client.get(JSON).json()["items"]
    assert sola == en_lista


# --- Otros pisos ---


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
