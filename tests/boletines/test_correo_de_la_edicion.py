"""El correo de una edición: sobrevive a Outlook, a Gmail y al modo oscuro, y no pasa de lo que Gmail corta."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boletines.mensaje import MAXIMO_BYTES, componer_boletin, revisar
from boletines.models import BoletinPage
from boletines.templatetags.boletin import resumen
from tests.boletines.conftest import nueva_edicion, nueva_parte

PARRAFO = "<p>" + "palabra larga y con sentido " * 120 + "</p>"


@pytest.fixture
def enorme(archivo, imagen, cusco):
    """Treinta piezas de cada clase, largas y con imagen, y un centro que escribió cuanto pudo."""
    foto = {"image": imagen.pk, "decorative": False, "alt_text": "Equipo del centro " * 8}
    boletin = nueva_edicion(archivo, portada=imagen, editorial="\n\n".join(["Un editorial muy largo. " * 80] * 5))
    piezas = {
        "noticia": {"titulo": "T" * 120, "texto": PARRAFO, "imagen": foto, "enlace": "https://x.example/" + "a" * 180},
        "norma": {"numero": "N" * 80, "fecha": "2026-10-02", "resumen": "resumen " * 50, "enlace": ""},
        "disposicion": {"titulo": "D" * 120, "texto": PARRAFO, "enlace": ""},
        "actividad": {"centro": "Cusco", "titulo": "A" * 120, "texto": PARRAFO, "imagen": foto},
        "agenda": {"fecha": "2026-11-02", "que": "q" * 160, "donde": "d" * 120, "enlace": ""},
    }
    boletin.cuerpo = [{"type": tipo, "value": valor} for tipo, valor in piezas.items() for _ in range(30)]
    boletin.save_revision().publish()
    nota = {"texto": "nota larga " * 180, "imagen": imagen, "texto_alternativo": "x" * 255, "titulo": "n" * 120}
    nueva_parte(boletin, cusco, [nota, nota | {"tipo": "novedad"}] * 15, editorial="Lo nuestro. " * 250)
    return BoletinPage.objects.get(pk=boletin.pk)


@pytest.mark.django_db
def test_una_edicion_enorme_cabe_en_lo_que_gmail_muestra_y_lleva_a_lo_demas(enorme, cusco):
    for centro in (None, cusco):
        mensaje = componer_boletin(enorme, centro)
        assert len(mensaje.html.encode()) < MAXIMO_BYTES
        assert "más en la web" in mensaje.html
        assert "Leer completo" in mensaje.html
        assert "%URL_BAJA%" in mensaje.html
        assert all(comprobacion.esta_bien for comprobacion in revisar(enorme, mensaje))


@pytest.mark.django_db
def test_una_edicion_corriente_va_entera_de_secciones(edicion):
    mensaje = componer_boletin(edicion)
    assert "más en la web" not in mensaje.html
    for esperado in ("Noticias", "Normativa", "Actividades de los centros", "Plazos de cierre contable"):
        assert esperado in mensaje.html
    assert "Plazos de cierre contable" in mensaje.texto
    assert "<" not in mensaje.texto
    assert 'href="/' not in mensaje.html
    assert 'src="/' not in mensaje.html


@pytest.mark.django_db
def test_outlook_recibe_anchos_y_fondos_en_atributos_y_una_hoja_de_ancho_fijo(edicion):
    html = componer_boletin(edicion).html
    assert '<!--[if mso]><table role="presentation" width="600"' in html
    assert html.count("<!--[if mso]>") == html.count("<![endif]-->")
    assert 'bgcolor="#f0efec"' in html
    for imagen in re.findall(r"<img [^>]+>", html):
        assert re.search(r'width="\d+"', imagen)
        assert re.search(r'height="\d+"', imagen)
        assert re.search(r'alt="[^"]+"', imagen)
    assert "<script" not in html
    assert "<link" not in html


@pytest.mark.django_db
def test_los_estilos_van_en_linea_y_queda_el_modo_oscuro(edicion):
    html = componer_boletin(edicion).html
    assert html.count("<style") == 1
    assert "prefers-color-scheme: dark" in html
    assert "[data-ogsc]" in html
    assert re.search(r'<h1[^>]+style="[^"]*font-size: ?24px', html)


@settings(max_examples=60)
@given(texto=st.text(max_size=4000), palabras=st.integers(1, 80))
def test_el_resumen_nunca_pasa_de_su_tope_de_palabras(texto, palabras):
    assert len(resumen(texto, palabras).replace("…", " ").split()) <= 5 * palabras
