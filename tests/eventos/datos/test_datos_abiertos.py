"""Las estadísticas públicas cuadran con las de la intranet y no dejan reconocer a nadie."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from eventos import datos_abiertos
from eventos.cifras import Cifras, cifras_totales
from eventos.encuestas import resumen_de
from eventos.models import Capacitacion, ItemEncuesta, RespuestaEncuesta
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    DistritoFactory,
    InscripcionFactory,
    PersonaFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
CSV = "/datos-abiertos/capacitaciones.csv"
PAGINA = "/datos-abiertos/"


def leer(respuesta):
    assert respuesta.status_code == 200
    return list(csv.DictReader(io.StringIO(respuesta.content.decode("utf-8-sig"))))


def realizada(personas=(), notas=(), fecha=None, **cambios):
    """Una que ya terminó: ``personas`` que firmaron y ``notas`` de satisfacción general."""
    fecha = fecha or timezone.localdate() - dt.timedelta(days=1)
    curso = CapacitacionFactory(fecha_inicio=fecha, **cambios)
    for persona in personas:
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=curso, persona=persona))
    for nota in notas:
        respuesta = RespuestaEncuesta.objects.create(capacitacion=curso)
        respuesta.calificaciones.create(item=ItemEncuesta.GENERAL, valor=nota)
        respuesta.calificaciones.create(item=ItemEncuesta.MATERIAL, valor=1)
    return curso


def personas(cuantas):
    return [PersonaFactory() for _ in range(cuantas)]


def test_cada_capacitacion_esta_en_una_sola_fila_con_sus_cifras(client, cusco):
    cusco.distrito = DistritoFactory()
    cusco.save()
    realizada(personas(6), [4, 4, 3, 3, 4], centro=cusco, fecha=dt.date(2025, 3, 31))

    [fila] = leer(client.get(CSV))

    assert fila == {
        "anio": "2025",
        "mes": "3",
        "centro": "Cusco",
        "departamento": "Cusco",
        "sistema": "Presupuesto Público",
        "tipo": "General básica",
        "modalidad": "Presencial",
        "organizador": "El CONECTAMEF",
        "origen": "Oferta (iniciativa del MEF)",
        "aliado": "Ninguna",
        "realizadas": "1",
        "canceladas": "0",
        "participantes": "6",
        "asistencias": "6",
        "encuestas": "5",
        "satisfaccion": "3.6",
    }


def test_las_cifras_cuadran_con_las_de_la_intranet(client, cusco, arequipa):
    primera = realizada(personas(7), [4, 3, 4, 2, 4, 1], centro=cusco)
    realizada(personas(5), centro=arequipa, modalidad="virtual")
    realizada(personas(9), centro=arequipa, tipo="informativa")

    filas = leer(client.get(CSV))

    totales = cifras_totales(Capacitacion.objects.all())
    assert sum(int(f["asistencias"]) for f in filas) == totales.asistencias == 21
    assert sum(int(f["participantes"]) for f in filas) == totales.participantes
    assert sum(int(f["realizadas"]) for f in filas) == 3
    de_cusco = next(f for f in filas if f["centro"] == "Cusco")
    assert float(de_cusco["satisfaccion"]) == resumen_de(primera).general.promedio
    assert int(de_cusco["encuestas"]) == resumen_de(primera).respuestas


def test_quien_asistio_a_dos_de_la_misma_fila_se_cuenta_una_vez(cusco):
    quienes, fecha = personas(6), dt.date(2025, 5, 5)
    realizada(quienes, centro=cusco, fecha=fecha)
    realizada(quienes, centro=cusco, fecha=fecha)
    [fila] = datos_abiertos.filas()
    assert (fila.realizadas, fila.cifras) == (2, Cifras(participantes=6, asistencias=12))


def test_r84_quien_no_firmo_no_esta_en_las_cifras(client, cusco):
    curso = realizada(personas(5), centro=cusco)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=curso), esta_firmada=False)
    [fila] = leer(client.get(CSV))
    assert (fila["participantes"], fila["asistencias"]) == ("5", "5")


@pytest.mark.parametrize(("cuantas", "publicado"), [(0, "0"), (1, ""), (4, ""), (5, "5")])
def test_un_grupo_de_menos_de_cinco_no_se_publica(client, cusco, cuantas, publicado):
    realizada(personas(cuantas), centro=cusco)
    [fila] = leer(client.get(CSV))
    assert (fila["participantes"], fila["asistencias"]) == (publicado, publicado)
    assert fila["realizadas"] == "1"


@pytest.mark.parametrize(("cuantas", "respuestas", "promedio"), [(0, "0", ""), (4, "", ""), (5, "5", "2.0")])
def test_con_menos_de_cinco_encuestas_no_hay_promedio(client, cusco, cuantas, respuestas, promedio):
    realizada(personas(5), [2] * cuantas, centro=cusco)
    [fila] = leer(client.get(CSV))
    assert (fila["encuestas"], fila["satisfaccion"]) == (respuestas, promedio)


def test_lo_que_no_ha_terminado_y_los_borradores_no_estan(client, cusco):
    CapacitacionFactory(centro=cusco, dias=0)
    CapacitacionFactory(centro=cusco, dias=5)
    CapacitacionFactory(centro=cusco, dias=-5, estado="borrador")
    assert leer(client.get(CSV)) == []
    assert "Todavía no ha terminado ninguna" in client.get(PAGINA).text


def test_las_canceladas_se_cuentan_aparte(client, cusco):
    realizada(centro=cusco, estado="cancelada")
    [fila] = leer(client.get(CSV))
    assert (fila["realizadas"], fila["canceladas"]) == ("0", "1")


def test_la_de_varios_sistemas_cuenta_una_vez_y_la_de_la_sede_dice_todo_el_pais(client):
    otro = SistemaFactory(slug="inversion", nombre="Inversión Pública", orden=9)
    realizada(centro=None, organizador="sede", modalidad="virtual", sistemas=[otro, SistemaFactory()])
    [fila] = leer(client.get(CSV))
    assert fila["sistema"] == "Presupuesto Público y Inversión Pública"
    assert (fila["centro"], fila["departamento"]) == ("Sede central", "Todo el país")


def test_se_pide_un_solo_anio(client, cusco):
    realizada(centro=cusco, fecha=dt.date(2024, 12, 31))
    realizada(centro=cusco, fecha=dt.date(2025, 1, 1))
    assert [f["anio"] for f in leer(client.get(CSV))] == ["2024", "2025"]
    respuesta = client.get(CSV, {"anio": "2025"})
    assert [f["anio"] for f in leer(respuesta)] == ["2025"]
    assert 'filename="capacitaciones-conectamef-2025.csv"' in respuesta["Content-Disposition"]
    assert leer(client.get(CSV, {"anio": "2001"})) == []


@pytest.mark.parametrize("anio", ["abc", "20255", "1999", "-1", "٢٠٢٥", "\x00"])
def test_un_anio_mal_escrito_se_explica(client, anio):
    respuesta = client.get(CSV, {"anio": anio})
    assert respuesta.status_code == 400
    assert "cuatro cifras" in respuesta.text


def test_un_nombre_con_formula_no_se_ejecuta_en_excel(client, cusco):
    cusco.nombre = "=1+1"
    cusco.save()
    realizada(centro=cusco)
    assert leer(client.get(CSV))[0]["centro"] == "'=1+1"


def test_cualquiera_lo_guarda_y_lo_lee_desde_otra_web(client):
    respuesta = client.get(CSV)
    assert "public" in respuesta["Cache-Control"]
    assert respuesta["Access-Control-Allow-Origin"] == "*"
    assert not respuesta.cookies


def test_las_consultas_no_crecen_con_las_filas(client, cusco, arequipa, django_assert_max_num_queries):
    for mes in range(1, 13):
        for centro in (cusco, arequipa):
            realizada(personas(1), centro=centro, fecha=dt.date(2025, mes, 1))
    with django_assert_max_num_queries(6):
        assert len(leer(client.get(CSV))) == 24
    client.get(PAGINA)  # los ajustes nacen con la primera visita
    with django_assert_max_num_queries(8):
        client.get(PAGINA)


def test_el_diccionario_explica_cada_columna_del_archivo(client, cusco):
    realizada(centro=cusco)
    explicadas = [f["columna"] for f in leer(client.get("/datos-abiertos/diccionario.csv"))]
    assert explicadas == list(leer(client.get(CSV))[0])
    pagina = client.get(PAGINA).text
    assert all(f"<code>{columna}</code>" in pagina for columna in explicadas)


def test_la_pagina_dice_hasta_cuando_llegan_los_datos_y_enlaza_cada_anio(client, cusco):
    ayer = timezone.localdate() - dt.timedelta(days=1)
    realizada(centro=cusco, fecha=dt.date(2025, 4, 4))
    texto = client.get(PAGINA).text
    assert date_format(ayer, r"l j \d\e F \d\e Y") in texto
    assert f'href="{CSV}?anio=2025"' in texto
    assert f'href="{CSV}"' in texto
    assert "no se publica" in texto
