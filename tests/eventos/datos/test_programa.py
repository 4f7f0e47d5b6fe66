"""El programa del mes que va en las carpetas (R48, R83, R103): en papel, completo y accesible."""

import datetime as dt
import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.fabricas import CapacitacionFactory, ExpositorFactory, SesionFactory

pytestmark = pytest.mark.django_db


def leer(client, centro="cusco", mes="2027-03"):
    respuesta = client.get(f"/capacitaciones/programa/{centro}/{mes}.pdf")
    assert respuesta.status_code == 200
    assert respuesta["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(respuesta.content))


def texto_de(pdf):
    return " ".join(" ".join(pagina.extract_text() for pagina in pdf.pages).split())


def el(dia, mes=3, **cambios):
    return CapacitacionFactory(fecha_inicio=dt.date(2027, mes, dia), **cambios)


def test_r48_trae_lo_que_alguien_necesita_para_ir(client, cusco, settings):
    settings.URL_DEL_SITIO = "https://portal.example"
    curso = el(9, centro=cusco, titulo="Cierre contable")
    ExpositorFactory(capacitacion=curso, nombre="Julia Huamán")
    SesionFactory(capacitacion=curso, fecha=dt.date(2027, 3, 9), hora_inicio=dt.time(15), hora_fin=dt.time(18))

    texto = texto_de(leer(client))

    for dato in [
        "CONECTAMEF Cusco", "Programa de marzo de 2027", "Martes 9 de marzo de 2027", "9:00 a. m. a 1:00 p. m.",
        "3:00 p. m. a 6:00 p. m.", "Cierre contable", "General básica, presencial", "Presupuesto Público",
        "Auditorio del centro", "Julia Huamán", "https://portal.example/capacitaciones/?centro=cusco",
        "gratuitas", "No se entregan constancias", "084 123456",
    ]:  # fmt: skip
        assert dato in texto
    assert texto.count("Cierre contable") == 1


def test_r62_trae_las_de_la_sede_y_no_las_de_otro_centro_ni_los_borradores_ni_otro_mes(client, cusco, arequipa):
    el(3, centro=None, organizador="sede", titulo="De la sede", modalidad="virtual")
    el(3, centro=arequipa, titulo="En Arequipa")
    el(4, centro=cusco, titulo="Sin publicar", estado="borrador")
    el(4, mes=4, centro=cusco, titulo="De abril")
    texto = texto_de(leer(client))
    assert "De la sede" in texto
    assert "el enlace llega con la confirmación" in texto
    for ajena in ("En Arequipa", "Sin publicar", "De abril"):
        assert ajena not in texto


def test_la_de_varios_dias_esta_en_cada_uno_y_la_cancelada_lo_dice(client, cusco):
    curso = el(30, centro=cusco, titulo="Curso largo")
    SesionFactory(capacitacion=curso, fecha=dt.date(2027, 3, 31))
    SesionFactory(capacitacion=curso, fecha=dt.date(2027, 4, 1))
    el(1, centro=cusco, titulo="Suspendida", estado="cancelada")
    texto = texto_de(leer(client))
    assert texto.count("Curso largo") == 2
    assert "(día 1 de 3)" in texto
    assert "(día 2 de 3)" in texto
    assert "CANCELADA: Suspendida" in texto
    assert "(día 3 de 3)" in texto_de(leer(client, mes="2027-04"))


def test_un_mes_sin_nada_lo_dice(client, cusco):
    assert "No hay capacitaciones publicadas para este mes" in texto_de(leer(client))


def test_es_un_pdf_accesible(client, cusco):
    el(9, centro=cusco)
    pdf = leer(client)
    raiz = pdf.trailer["/Root"]
    assert "/StructTreeRoot" in raiz
    assert raiz["/MarkInfo"]["/Marked"]
    assert raiz["/Lang"] == "es-PE"
    assert raiz["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Programa de marzo de 2027 – CONECTAMEF Cusco"
    assert [round(float(lado)) for lado in pdf.pages[0].mediabox[2:]] == [595, 842]


@pytest.mark.parametrize("ruta", ["cusco/2027-13", "cusco/marzo", "cusco/1999-01", "atlantida/2027-03", "cusco/%00"])
def test_un_mes_o_un_centro_que_no_existe_es_404(client, cusco, ruta):
    assert client.get(f"/capacitaciones/programa/{ruta}.pdf").status_code == 404


def test_las_consultas_no_crecen_con_las_sesiones(client, cusco, django_assert_max_num_queries):
    for dia in range(1, 11):
        el(dia, centro=cusco)
    with django_assert_max_num_queries(9):
        assert texto_de(leer(client)).count("Formulación presupuestaria") == 10


def test_la_pagina_del_centro_enlaza_el_programa_de_este_mes_y_el_siguiente(client, inicio):
    hoy = timezone.localdate()
    siguiente = (hoy.replace(day=1) + dt.timedelta(days=31)).strftime("%Y-%m")
    texto = client.get("/centros/cusco/").text
    for mes in (f"{hoy:%Y-%m}", siguiente):
        assert f'href="/capacitaciones/programa/cusco/{mes}.pdf"' in texto


def test_el_calendario_de_un_solo_centro_enlaza_su_programa(client, cusco, arequipa):
    enlace = 'href="/capacitaciones/programa/cusco/2027-03.pdf"'
    assert enlace in client.get("/capacitaciones/?centro=cusco&vista=mes&mes=2027-03").text
    assert "/capacitaciones/programa/" not in client.get("/capacitaciones/?vista=mes&mes=2027-03").text
    assert "/capacitaciones/programa/" not in client.get("/capacitaciones/?centro=cusco&centro=arequipa").text
