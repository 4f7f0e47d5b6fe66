"""La carpeta en un solo PDF (R83) y sus partes por separado."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from directorio import documento as directorio
from directorio.models import Personal
from eventos.documentos import anexo7, carpeta
from eventos.models.encuesta import ItemEncuesta
from tests.fabricas import ExpositorFactory, MaterialFactory, PersonalFactory
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

from .ayudas import completa

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def medios(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def capacitacion(cusco):
    return completa(titulo="Cierre contable")


def presentacion(capacitacion, titulo, paginas=2, *, apaisada=False, nombre="tema.pdf", clave=""):
    escritor = PdfWriter()
    for _ in range(paginas):
        escritor.add_blank_page(*((842, 595) if apaisada else (595, 842)))
    if clave:
        escritor.encrypt(clave)
    salida = io.BytesIO()
    escritor.write(salida)
    archivo = ContentFile(salida.getvalue(), name=nombre)
    return MaterialFactory(capacitacion=capacitacion, titulo=titulo, archivo=archivo, octetos=archivo.size)


def todas(capacitacion):
    return {parte.clave for parte in carpeta.partes_de(capacitacion)}


def paginas(octetos):
    return PdfReader(io.BytesIO(octetos)).pages


def test_r83_la_carpeta_lleva_programa_encuesta_directorio_y_presentaciones_con_su_indice(cliente, capacitacion):
    PersonalFactory(nombres="Julia", apellidos="Huamán", anexo="2057", centro=capacitacion.centro)
    presentacion(capacitacion, "Devengado", paginas=3, apaisada=True)
    respuesta = cliente.get(
        reverse("eventos_intranet:carpeta-pdf", args=[capacitacion.pk]), {"parte": list(todas(capacitacion))}
    )
    octetos = respuesta.content
    texto = texto_de(octetos)
    indice = ["Contenido", "Programa (Anexo 5) 2", "Encuesta en blanco (Anexo 7) 3", "Directorio", "4", "Devengado 5"]
    exigir_en_orden(texto, [*indice, "Carpeta, página 1 de 7", "Anexo 5", "Anexo 7", "Julia Huamán", "2057"])
    hojas = paginas(octetos)
    assert len(hojas) == 7
    assert all(f"página {n} de 7" in " ".join(hoja.extract_text().split()) for n, hoja in enumerate(hojas, start=1))
    marcadores = [marcador["/Title"] for marcador in PdfReader(io.BytesIO(octetos)).outline]
    assert marcadores[0] == "Carátula e índice"
    assert marcadores[-1] == "Devengado"


def test_se_elige_que_incluir(capacitacion):
    texto = texto_de(carpeta.pdf(capacitacion, {carpeta.PROGRAMA}))
    assert "Anexo 5" in texto
    assert "Anexo 7" not in texto
    assert "No se eligió ningún documento" in texto_de(carpeta.pdf(capacitacion, set()))


def test_r57_la_de_la_informativa_va_sin_encuesta(cliente, cusco):
    informativa = completa(tipo="informativa")
    assert carpeta.ENCUESTA not in todas(informativa)
    assert "Anexo 7" not in texto_de(carpeta.pdf(informativa, {carpeta.ENCUESTA, carpeta.PROGRAMA}))
    assert cliente.get(reverse("eventos_intranet:anexo7", args=[informativa.pk])).status_code == 404


def test_lo_que_no_se_puede_unir_se_lista_aparte_y_se_dice_por_que(capacitacion, monkeypatch):
    presentacion(capacitacion, "Diapositivas", nombre="tema.pptx")
    presentacion(capacitacion, "Con clave", clave="secreta")
    MaterialFactory(capacitacion=capacitacion, titulo="Dañada")
    perdida = presentacion(capacitacion, "Perdida")
    perdida.archivo.storage.delete(perdida.archivo.name)
    presentacion(capacitacion, "Larga", paginas=8)
    monkeypatch.setattr(carpeta, "TOPE_PAGINAS", 6)
    texto = texto_de(carpeta.pdf(capacitacion, todas(capacitacion)))
    aparte = ["Se entregan aparte", "Diapositivas", "PPTX", "Con clave", "Dañada", "Perdida", "Larga", "6 páginas"]
    exigir_en_orden(texto, aparte)
    monkeypatch.setattr(carpeta, "TOPE_OCTETOS", 10)
    assert "pesaría demasiado" in texto_de(carpeta.pdf(capacitacion, todas(capacitacion)))


def test_la_pantalla_ofrece_cada_parte_y_avisa_de_lo_que_no_es_pdf(cliente, capacitacion):
    presentacion(capacitacion, "Diapositivas", nombre="tema.pptx")
    texto = cliente.get(reverse("eventos_intranet:carpeta", args=[capacitacion.pk])).content.decode()
    for nombre in ("anexo5", "anexo7", "directorio-pdf"):
        assert reverse(f"eventos_intranet:{nombre}", args=[capacitacion.pk]) in texto
    assert "Diapositivas (PPTX)" in texto


def test_r48_el_directorio_lleva_al_personal_publico_y_es_accesible(capacitacion):
    centro = capacitacion.centro
    PersonalFactory(apellidos="Ccori", cargo=Personal.Cargo.COORDINADOR, centro=centro, telefono="084 222333")
    PersonalFactory(apellidos="Mamani", anexo="2058", correo="mamani@mef.example", centro=centro)
    PersonalFactory(apellidos="Reservado", es_publico=False, centro=centro)
    octetos = directorio.pdf(centro)
    exigir_ua1(octetos, f"Directorio – {centro.nombre_completo}")
    texto = texto_de(octetos)
    columnas = ["Directorio", "Nombre", "Cargo", "Teléfono", "Anexo", "Correo"]
    exigir_en_orden(texto, [*columnas, "Ccori", "084 222333", "Mamani", "2058"])
    assert "Reservado" not in texto


def test_r87_el_anexo_7_trae_sus_preguntas_en_orden_y_una_seccion_por_expositor(capacitacion):
    otra = ExpositorFactory(capacitacion=capacitacion, nombre="Rosa Ccori", tema="Devengado")
    octetos = anexo7.pdf(capacitacion)
    exigir_ua1(octetos, f"Encuesta – {capacitacion}")
    primero = capacitacion.expositores.first()
    de_expositor = [i.label for i in ItemEncuesta][4:8]
    campos = ["Encuesta", "Anexo 7", "Fecha", "Tema", "Instrucciones", "Insatisfecho (1)", "Muy satisfecho (4)"]
    campos += ["Preguntas", "1. Contenido del curso", *[i.label for i in ItemEncuesta][:4], "2. Expositor"]
    campos += [f"Expositor 1: {primero.nombre}", *de_expositor, f"Expositor 2: {otra.nombre}. Devengado", *de_expositor]
    campos += ["3. Logística", *[i.label for i in ItemEncuesta][8:11], "4. Satisfacción general"]
    campos += ["5. ¿Qué otros temas", "6. ¿Qué recomendaría"]
    exigir_en_orden(texto_de(octetos), campos)


def test_con_tres_expositores_el_anexo_7_cabe_en_una_hoja_por_las_dos_caras(capacitacion):
    largo = "Formulación, ejecución y evaluación presupuestaria de los gobiernos locales con los aplicativos del MEF"
    for _ in range(2):
        ExpositorFactory(capacitacion=capacitacion, nombre="María de los Ángeles Quispe Mamani", tema=largo)
    assert len(paginas(anexo7.pdf(capacitacion))) <= 2


@pytest.mark.parametrize("nombre", ["carpeta", "carpeta-pdf", "anexo5", "anexo7", "directorio-pdf"])
def test_la_carpeta_de_otro_centro_no_existe(cliente, arequipa, nombre):
    ajena = completa(centro=arequipa)
    assert cliente.get(reverse(f"eventos_intranet:{nombre}", args=[ajena.pk])).status_code == 404
