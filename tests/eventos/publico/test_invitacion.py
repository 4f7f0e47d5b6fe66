"""La invitación (Anexo 4) dirigida a una entidad, con la que se pide la comisión de servicios."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from comun.templatetags.comun import fecha_larga
from custodia.models import Huella
from directorio.models import Entidad
from tests.fabricas import CapacitacionFactory, EntidadFactory, ExpositorFactory, SesionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    capacitacion = CapacitacionFactory(titulo="Cierre contable", centro=cusco, lugar="Auditorio Qosqo")
    ExpositorFactory(capacitacion=capacitacion, nombre="Julia Huamán", tema="Conciliación bancaria")
    return capacitacion


def pagina(capacitacion):
    return reverse("eventos:invitacion", args=[capacitacion.slug])


def pdf(client, capacitacion, **consulta):
    return client.get(reverse("eventos:invitacion-pdf", args=[capacitacion.slug]), consulta)


def test_trae_todos_los_campos_del_anexo_4_en_su_orden(client, curso, entidad):
    respuesta = pdf(client, curso, entidad=entidad.pk)
    assert respuesta["Content-Type"] == "application/pdf"
    texto = " ".join("".join(hoja.extract_text() for hoja in PdfReader(io.BytesIO(respuesta.content)).pages).split())
    campos = [
        "Municipalidad Distrital de Wanchaq", "CONECTAMEF Cusco", "Cierre contable",
        "Tema Conciliación bancaria", "Expositor Julia Huamán", "Lugar Auditorio Qosqo",
        "Fecha", "Hora 9:00", "Correo de contacto cusco@conectamef.example", "Equipo CONECTAMEF Cusco",
    ]  # fmt: skip
    posiciones = [texto.index(campo) for campo in campos]
    assert posiciones == sorted(posiciones)


def test_el_pdf_es_ua_1_con_etiquetas_idioma_y_titulo(client, curso, entidad):
    lector = PdfReader(io.BytesIO(pdf(client, curso, entidad=entidad.pk).content))
    raiz = lector.trailer["/Root"]
    assert raiz["/StructTreeRoot"]
    assert raiz["/Lang"] == "es-PE"
    assert raiz["/ViewerPreferences"]["/DisplayDocTitle"]
    assert lector.metadata.title == "Invitación a Cierre contable para Municipalidad Distrital de Wanchaq"
    assert b"pdfuaid:part" in raiz["/Metadata"].get_data()


def test_sin_javascript_se_busca_se_elige_y_se_descarga(client, curso, entidad):
    hallada = client.get(pagina(curso), {"entidad_busqueda": "wanchaq", "buscar": "entidad_busqueda"})
    assert f'value="{entidad.pk}"' in hallada.text
    assert "Revise lo siguiente" not in hallada.text
    assert pdf(client, curso, entidad_busqueda="wanchaq", entidad=entidad.pk).status_code == 200


@pytest.mark.parametrize(
    ("consulta", "mensaje"),
    [
        ({}, "Escriba el nombre de su entidad y búsquela."),
        ({"entidad_busqueda": "wanchaq"}, "Elija su entidad de la lista."),
        ({"entidad_busqueda": "zzzzzz"}, "No encontramos esa entidad"),
        ({"entidad": "99999999"}, "válid"),
        ({"entidad": "9" * 40}, "válid"),
        ({"entidad": "a\x00b"}, "válid"),
    ],
)
def test_sin_una_entidad_valida_vuelve_y_dice_por_que(client, curso, entidad, consulta, mensaje):
    respuesta = client.get(reverse("eventos:invitacion-pdf", args=[curso.slug]), consulta, follow=True)
    assert respuesta.redirect_chain[0][0].startswith(pagina(curso))
    assert mensaje in respuesta.text


def test_una_entidad_que_ya_no_existe_no_recibe_invitaciones(client, curso, entidad):
    Entidad.objects.update(esta_activa=False)
    assert pdf(client, curso, entidad=entidad.pk).status_code == 302


@pytest.mark.parametrize(
    ("cambios", "texto"), [({"estado": "cancelada"}, "se canceló"), ({"dias": -2}, "ya se realizó")]
)
def test_de_una_cancelada_o_ya_realizada_no_hay_invitacion(client, cusco, entidad, cambios, texto):
    capacitacion = CapacitacionFactory(centro=cusco, **cambios)
    assert texto in client.get(pagina(capacitacion)).text
    respuesta = client.get(
        reverse("eventos:invitacion-pdf", args=[capacitacion.slug]), {"entidad": entidad.pk}, follow=True
    )
    assert texto in respuesta.text


def test_de_un_borrador_no_hay_invitacion(client, cusco, entidad):
    borrador = CapacitacionFactory(centro=cusco, estado="borrador")
    assert client.get(pagina(borrador)).status_code == 404
    assert pdf(client, borrador, entidad=entidad.pk).status_code == 404


def test_la_de_la_sede_tambien_se_invita_y_pedirla_no_cambia_nada(client, entidad):
    capacitacion = CapacitacionFactory(centro=None, organizador="sede", modalidad="virtual")
    assert pdf(client, capacitacion, entidad=entidad.pk).status_code == 200
    assert client.post(pagina(capacitacion)).status_code == 405
    assert not Huella.objects.exists()


def test_un_nombre_con_simbolos_sale_tal_cual(client, curso, cusco):
    rara = EntidadFactory(nombre="Instituto <Ñandú> & «Hijos»", centro=cusco)
    lector = PdfReader(io.BytesIO(pdf(client, curso, entidad=rara.pk).content))
    assert "Instituto <Ñandú> & «Hijos»" in lector.pages[0].extract_text()


def test_de_varios_dias_dice_todas_las_fechas_y_la_hora_una_vez(client, curso, entidad):
    for dias in (8, 9):
        SesionFactory(capacitacion=curso, fecha=timezone.localdate() + dt.timedelta(days=dias))
    texto = PdfReader(io.BytesIO(pdf(client, curso, entidad=entidad.pk).content)).pages[0].extract_text()
    texto = " ".join(texto.split())
    assert all(fecha_larga(fecha).capitalize() in texto for fecha, _ in curso.dias)
    assert "9:00 a. m. a 1:00 p. m., cada día" in texto
