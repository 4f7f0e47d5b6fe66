"""El mural impreso: A3, accesible (PDF/UA-1) y con lo mismo que la pantalla."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from comun.templatetags.comun import fecha_larga
from home.laminas import LETRA_DEL_PDF, letra_del_pdf
from home.mural import Item, Seccion
from tests.fabricas import AvisoDeMuralFactory

URL = "/mural/cusco.pdf"
HOY = timezone.localdate()
A3 = (842, 1191)


@pytest.fixture
def pdf(client, cusco):
    def bajar():
        respuesta = client.get(URL)
        assert respuesta["Content-Type"] == "application/pdf"
        return PdfReader(io.BytesIO(respuesta.content))

    return bajar


def test_es_una_hoja_a3_accesible_con_titulo_e_idioma(pdf, cusco):
    AvisoDeMuralFactory(titulo="CAS 001", plazo=HOY, enlace="https://cas.example/1", centro=cusco)

    lector = pdf()

    [hoja] = lector.pages
    assert (round(hoja.mediabox.width), round(hoja.mediabox.height)) == A3
    assert "/StructTreeRoot" in lector.trailer["/Root"]
    assert lector.trailer["/Root"]["/Lang"].lower().startswith("es")
    assert lector.metadata.title == "Mural informativo del CONECTAMEF Cusco"
    texto = " ".join(hoja.extract_text().split())
    assert "CAS 001" in texto
    assert f"Hasta el {fecha_larga(HOY)}" in texto
    assert "Faltan" not in texto, "en el papel una cuenta regresiva miente al día siguiente"


def test_lo_que_cambia_se_imprime_aunque_el_anterior_este_guardado(pdf, cusco):
    AvisoDeMuralFactory(titulo="CAS 001", centro=cusco)
    assert "CAS 002" not in pdf().pages[0].extract_text()

    AvisoDeMuralFactory(titulo="CAS 002", centro=cusco)

    assert "CAS 002" in pdf().pages[0].extract_text()


def test_un_mural_lleno_no_pasa_de_dos_hojas(pdf, cusco):
    for seccion in ("noticias", "labor", "normas", "cas", "comunicados", "tupa"):
        AvisoDeMuralFactory.create_batch(
            6, seccion=seccion, titulo="Título de un aviso como los que se ponen", texto="Texto del aviso. " * 8
        )

    assert len(pdf().pages) <= 2


def test_con_poco_que_decir_la_letra_crece_y_con_mucho_se_achica():
    poco = [Seccion("cas", "CAS", [Item("Uno", HOY)])]
    mucho = [Seccion("cas", "CAS", [Item("Uno", HOY, texto="palabra " * 70)] * 30)]

    assert (letra_del_pdf(mucho), letra_del_pdf(poco)) == LETRA_DEL_PDF
    assert letra_del_pdf([]) == LETRA_DEL_PDF[1]
