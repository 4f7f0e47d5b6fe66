"""Las híbridas (R58): cada quien elige si va en persona o por internet, y en eso se informa."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from correo.models import Envio
from eventos import correos, datos_abiertos, ical
from eventos.cifras import Cifras, cifras_por_modalidad
from eventos.datos_estructurados import evento_de_schema
from eventos.enlaces import token_de
from eventos.models import Capacitacion, Inscripcion
from tests.custodia.motivo import PARA_ALGO
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, InscripcionFactory

pytestmark = pytest.mark.django_db
SALA, ENLACE = "Auditorio del centro, Cusco", "https://sala.example/secreta"


@pytest.fixture
def hibrida(cusco):
    campos = {"modalidad": "hibrida", "enlace_virtual": ENLACE, "como_llegar": "Segundo piso."}
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", **campos)


def url_de_inscripcion(capacitacion):
    return reverse("eventos:inscripcion-crear", args=[capacitacion.slug])


def test_se_pregunta_como_asistira_y_se_guarda(client, hibrida, datos):
    assert "¿Cómo asistirá?" in client.get(url_de_inscripcion(hibrida)).text
    client.post(url_de_inscripcion(hibrida), datos(modalidad="virtual"))
    inscripcion = Inscripcion.objects.get()
    assert (inscripcion.modalidad, inscripcion.es_virtual, inscripcion.donde) == ("virtual", True, "Virtual")


def test_sin_decir_como_asistira_no_se_inscribe_y_se_conserva_lo_escrito(client, hibrida, datos):
    respuesta = client.post(url_de_inscripcion(hibrida), datos())
    assert "Elija si irá en persona o por internet." in respuesta.text
    assert "Quispe D&#x27;Angelo" in respuesta.text
    assert not Inscripcion.objects.exists()


def test_en_las_demas_no_se_pregunta_ni_se_guarda(client, cusco, datos):
    presencial = CapacitacionFactory(centro=cusco)
    assert "¿Cómo asistirá?" not in client.get(url_de_inscripcion(presencial)).text
    client.post(url_de_inscripcion(presencial), datos(modalidad="virtual"))
    assert Inscripcion.objects.get().modalidad == ""


def test_cada_colega_elige_lo_suyo(client, hibrida, datos):
    colega = {
        "colega1-tipo_documento": "dni",
        "colega1-numero_documento": "40999999",
        "colega1-nombres": "Luz",
        "colega1-apellidos": "Ccori",
        "colega1-cargo": "Contadora",
    }
    respuesta = client.post(url_de_inscripcion(hibrida), datos(modalidad="presencial") | colega)
    assert "Elija si irá en persona o por internet." in respuesta.text
    client.post(url_de_inscripcion(hibrida), datos(modalidad="presencial") | colega | {"colega1-modalidad": "virtual"})
    assert list(Inscripcion.objects.order_by("orden").values_list("modalidad", flat=True)) == ["presencial", "virtual"]


def test_al_corregir_puede_pasarse_a_virtual_y_recibe_el_enlace(client, hibrida, datos):
    client.post(url_de_inscripcion(hibrida), datos(modalidad="presencial"))
    inscripcion = Inscripcion.objects.get()
    assert ENLACE not in Envio.objects.get().texto
    url = reverse("eventos:inscripcion-editar", args=[token_de(inscripcion)])
    campos = datos(modalidad="virtual", acepta_aviso=None, trabaja_en_entidad=None, envio=None)
    assert client.post(url, campos).status_code == 302
    assert ENLACE in Envio.objects.latest("pk").texto


@pytest.mark.parametrize(("modalidad", "va", "no_va"), [("virtual", ENLACE, SALA), ("presencial", SALA, ENLACE)])
def test_el_correo_la_pagina_y_la_agenda_llevan_solo_lo_suyo(client, hibrida, modalidad, va, no_va):
    inscripcion = InscripcionFactory(capacitacion=hibrida, modalidad=modalidad)
    correos.avisar(inscripcion)
    envio = Envio.objects.get()
    pagina = client.get(reverse("eventos:inscripcion-ver", args=[token_de(inscripcion)])).text
    agenda = ical.agenda([hibrida], lugar_de=lambda _: correos.lugar_de(inscripcion))
    lugar = Calendar.from_ical(agenda).walk("VEVENT")[0]["LOCATION"]
    for texto in (envio.texto, envio.html, pagina, lugar):
        assert va in texto
        assert no_va not in texto
    assert ("Segundo piso." in envio.texto) is (modalidad == "presencial")


def test_el_cambio_de_lugar_lleva_el_enlace_solo_a_quien_va_virtual_y_tiene_cupo(hibrida, coordinadora):
    casos = [("virtual", "confirmada"), ("presencial", "confirmada"), ("virtual", "en_espera")]
    for modalidad, estado in casos:
        InscripcionFactory(
            capacitacion=hibrida, modalidad=modalidad, estado=estado, correo=f"{modalidad}.{estado}@x.pe"
        )
    correos.avisar_cambio(capacitacion=hibrida, cambio=None, razon="Fuerza mayor", por=coordinadora)
    con_enlace = {entrega.direccion for e in Envio.objects.all() if ENLACE in e.texto for entrega in e.entregas.all()}
    assert con_enlace == {"virtual.confirmada@x.pe"}
    assert Envio.objects.count() == 3


def test_la_ficha_dice_los_dos_y_no_da_el_enlace(client, hibrida):
    texto = client.get(hibrida.get_absolute_url()).text
    assert "O virtual: lo elige al inscribirse" in texto
    assert SALA in texto
    assert ENLACE not in texto
    assert "Quien va virtual entra con su enlace" in texto
    assert hibrida.donde == f"{SALA} o virtual"


def test_el_personal_ve_como_asiste_cada_quien_y_cuantos_de_cada_modo(client, hibrida, coordinadora):
    client.force_login(coordinadora)
    for n, modalidad in enumerate(["virtual", "presencial", "presencial"], start=1):
        InscripcionFactory(capacitacion=hibrida, modalidad=modalidad, orden=n)
    panel = client.get(reverse("eventos_intranet:panel", args=[hibrida.pk])).text
    assert "2 en persona y 1 por internet" in panel
    lista = client.post(f"{reverse('inscripciones_modeladmin_index')}?export=csv", PARA_ALGO)
    assert lista.content.decode("utf-8-sig").count("Presencial") == 2


def test_la_virtual_dice_lo_de_la_virtual(client, cusco):
    texto = client.get(CapacitacionFactory(centro=cusco, modalidad="virtual").get_absolute_url()).text
    assert "Entre con su enlace unos minutos antes" in texto
    assert "Lleve su documento" not in texto


def test_r58_sale_al_filtrar_presencial_y_al_filtrar_virtual(client, hibrida, cusco):
    CapacitacionFactory(centro=cusco, titulo="Solo presencial")
    CapacitacionFactory(centro=cusco, titulo="Solo virtual", modalidad="virtual")

    def titulos(modalidad):
        filas = Capacitacion.objects.filtradas(modalidad=[modalidad]).values_list("titulo", flat=True)
        assert "Cierre contable" in client.get("/capacitaciones/", {"modalidad": modalidad}).text
        return set(filas)

    assert titulos("presencial") == {"Cierre contable", "Solo presencial"}
    assert titulos("virtual") == {"Cierre contable", "Solo virtual"}
    assert titulos("hibrida") == {"Cierre contable"}


def test_se_ofrece_a_quien_busca_desde_lejos(hibrida):
    assert list(Capacitacion.objects.filtradas(departamento="15")) == [hibrida]


def test_para_los_buscadores_es_mixta_y_tiene_los_dos_lugares(hibrida):
    evento = evento_de_schema(hibrida)
    assert evento["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [lugar["@type"] for lugar in evento["location"]] == ["Place", "VirtualLocation"]
    assert ENLACE not in str(evento)


def test_r58_se_informa_en_las_dos_modalidades_oficiales_y_cada_quien_en_la_suya(cusco):
    pasada = CapacitacionFactory(centro=cusco, modalidad="hibrida", dias=-5)
    for n in range(11):
        AsistenciaFactory(
            inscripcion=InscripcionFactory(capacitacion=pasada, modalidad="virtual" if n < 5 else "presencial")
        )
    assert cifras_por_modalidad([pasada.pk]) == {"virtual": Cifras(5, 5), "presencial": Cifras(6, 6)}
    columnas = [datos_abiertos.ENCABEZADOS.index(c) for c in ("modalidad", "realizadas", "participantes")]
    tabla = [tuple(fila[c] for c in columnas) for fila in datos_abiertos.tabla()]
    assert tabla == [("Presencial", 1, 6), ("Virtual", 0, 5)]


@settings(max_examples=25)
@given(quienes=st.lists(st.sampled_from(["", "presencial", "virtual"]), max_size=8))
def test_los_virtuales_y_los_presenciales_son_todos_y_ninguno_esta_en_los_dos(hibrida, quienes):
    hibrida.inscripciones.all().delete()
    filas = [InscripcionFactory(capacitacion=hibrida, modalidad=m, orden=n) for n, m in enumerate(quienes, start=1)]
    virtuales, presenciales = hibrida.inscripciones.virtuales(), hibrida.inscripciones.presenciales()
    assert {fila.pk for fila in filas if fila.es_virtual} == set(virtuales.values_list("pk", flat=True))
    assert {fila.pk for fila in filas if not fila.es_virtual} == set(presenciales.values_list("pk", flat=True))
