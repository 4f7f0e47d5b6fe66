"""La lista de revisión: cada falta se dice, y las graves impiden enviar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from correo.revision import MAXIMO_BYTES, impedimentos, revisar

BAJA = "%URL_BAJA%"


def datos(**cambios):
    return {
        "asunto": "Boletín de julio de 2026",
        "texto": f"Hola, %NOMBRE%.\nPara dejar de recibirlo: {BAJA}",
        "html": f'<p>Hola, %NOMBRE%.</p><img src="https://x.example/a.png" alt="Feria"><a href="{BAJA}">Baja</a>',
    } | cambios


def faltas(**cambios):
    return {c.nombre: c.detalle for c in revisar(**datos(**cambios)) if not c.esta_bien}


def graves(**cambios):
    return [c.nombre for c in impedimentos(revisar(**datos(**cambios)))]


def con_enlace(enlace):
    return datos()["html"] + f'<a href="{enlace}">x</a>'


def con_imagen(etiqueta):
    return datos()["html"] + etiqueta


def test_un_mensaje_bueno_no_tiene_faltas():
    assert faltas() == {}
    assert graves() == []


@pytest.mark.parametrize(
    "asunto",
    [
        "MEF: Plazo del SIAF",
        "SIAF",
        "R.D. N.° 005-2026-EF/52.01",
        "Boletín",
        "Ñandú 2026",
        "Capacitación SIAF-RP, SIGA",
    ],
)
def test_un_asunto_con_siglas_esta_bien(asunto):
    assert faltas(asunto=asunto) == {}


@pytest.mark.parametrize(
    ("asunto", "dice", "impide"),
    [
        ("", "vacío", True),
        (" \n ", "vacío", True),
        ("x" * 151, "151 letras", False),
        ("ÚLTIMO DÍA PARA INSCRIBIRSE", "MAYÚSCULAS", False),
    ],
)
def test_un_asunto_malo_se_dice(asunto, dice, impide):
    assert dice in faltas(asunto=asunto)["Asunto"]
    assert graves(asunto=asunto) == (["Asunto"] if impide else [])


@pytest.mark.parametrize(
    ("donde", "resto"),
    [("asunto", "%MES%"), ("texto", "{{ nombre }}"), ("html", "%NOMBRE_COMPLETO%"), ("html", "{% if x %}")],
)
def test_una_marca_sin_llenar_se_dice(donde, resto):
    assert resto[:10] in faltas(**{donde: datos()[donde] + " " + resto})["Marcas"]


def test_un_porcentaje_o_una_direccion_codificada_no_son_marcas():
    html = con_enlace("https://x.example/a%20b%C3%A1%AB%CD%EF") + "<p>Subió 5% y bajó 3%</p>"
    assert faltas(html=html) == {}


@pytest.mark.parametrize(
    ("enlace", "dice"),
    [
        ("", "vacío"),
        ("/boletines/", "completa"),
        ("boletines", "completa"),
        ("#arriba", "completa"),
        ("//x.example/", "completa"),
        ("javascript:alert(1)", "programa"),
        ("https://ajeno.example/?u=%URL_BAJA%", "datos de quien"),
        ("https://ajeno.example/?n=%NOMBRE%", "datos de quien"),
        (" JavaScript:alert(1)", "programa"),
        ("data:text/html,x", "programa"),
        ("http://[roto", "no es una dirección"),
        ("http://", "completa"),
        ("ftp://x.example/a", "completa"),
    ],
)
def test_un_enlace_malo_se_dice(enlace, dice):
    assert dice in faltas(html=con_enlace(enlace))["Enlaces"]


@pytest.mark.parametrize("enlace", ["https://www.mef.example/a?b=1#c", "mailto:a@x.example", "tel:084123456", BAJA])
def test_un_enlace_bueno_no_molesta(enlace):
    assert faltas(html=con_enlace(enlace)) == {}


@pytest.mark.parametrize(
    ("ruta", "existe"),
    [
        ("", True),
        ("/", True),
        ("/boletines/", True),
        ("/boletines", True),
        ("/capacitaciones/", True),
        ("/media/images/a.jpg", True),
        ("/vieja/", True),
        ("/no-existe/", False),
        ("/boletines/2031-01/", False),
        ("/no%20existe.pdf", False),
    ],
)
def test_un_enlace_al_propio_portal_que_da_404_se_dice(inicio, settings, ruta, existe):
    Redirect.objects.create(old_path="/vieja", redirect_page=inicio)
    hallado = faltas(html=con_enlace(settings.URL_DEL_SITIO + ruta))
    assert hallado == {} if existe else "no existe en el portal" in hallado["Enlaces"]


def test_un_enlace_a_un_borrador_se_dice(inicio, settings):
    pagina = inicio.get_children().live().first()
    html = con_enlace(f"{settings.URL_DEL_SITIO}/{pagina.slug}/")
    assert faltas(html=html) == {}
    pagina.specific.unpublish()
    assert "no existe en el portal" in faltas(html=html)["Enlaces"]


@pytest.mark.parametrize("ruta", ["/\x00", "/" + "9" * 40 + "/", "/%00/", "/a" * 500, "/ñandú/"], ids=repr)
def test_una_ruta_imposible_no_rompe_la_revision(inicio, settings, ruta):
    faltas(html=con_enlace(settings.URL_DEL_SITIO + ruta))


@pytest.mark.parametrize(
    ("etiqueta", "dice"),
    [
        ('<img src="https://x.example/b.png">', "texto alternativo"),
        ('<img src="/media/b.png" alt="x">', "completa"),
        ('<img alt="x">', "sin dirección"),
    ],
)
def test_una_imagen_mala_se_dice(etiqueta, dice):
    assert dice in faltas(html=con_imagen(etiqueta))["Imágenes"]


def test_una_imagen_de_adorno_lleva_su_alt_vacio_y_esta_bien():
    assert faltas(html=con_imagen('<img src="https://x.example/b.png" alt="">')) == {}


def test_lo_que_pesa_demasiado_impide_enviar_contando_lo_que_ocupa_cada_baja():
    base = datos()["html"]
    relleno = "x" * (MAXIMO_BYTES - len(base.encode()) - 1)
    assert graves(html=base + relleno) == ["Peso"]
    assert graves(html=base + relleno[:-300]) == []


@pytest.mark.parametrize("texto", ["", " \n\t"])
def test_sin_parte_de_texto_no_se_envia(texto):
    assert "Parte de texto" in graves(texto=texto)


def test_sin_baja_no_se_envia_y_si_falta_solo_en_el_texto_se_agrega():
    assert graves(html="<p>Hola</p>") == ["Baja"]
    assert graves(html="", texto="Hola") == ["Baja"]
    assert faltas(texto="Hola") == {}  # lo agrega ``correo.mensaje`` a cada destinatario


def test_solo_texto_tambien_se_revisa():
    assert faltas(html="") == {}


@given(
    asunto=st.text(max_size=80), texto=st.text(max_size=80), html=st.text(alphabet='<>="/ahrefimgsc %{}', max_size=120)
)
def test_cualquier_mensaje_se_revisa_sin_romperse(asunto, texto, html):
    assert len(revisar(asunto=asunto, texto=texto, html=html)) == 7
