"""La guía de estilo es verdad: cada pieza y cada clase documentada se ve en ella, y cada color contrasta."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from intranet.estilo import contraste, leer_tokens, muestras, parejas
from organizacion.models import AjustesPortal, Rol
from tests import personas

RAIZ = Path(settings.BASE_DIR)
PIEZAS = {f"components/{p.name}" for p in (RAIZ / "templates/components").glob("*.html")}
GUIAS = {
    "## Clases del sitio público": "/intranet/estilo/",
    "## Correo y PDF": "/intranet/estilo/correo/",
    "## Intranet (": "/intranet/estilo/intranet/",
}
NO_SON_CLASES = {"label", "popover", "th", "td", "css-inline"}
COLOR = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.fixture
def guia(client, inicio):
    client.force_login(personas.comunicaciones())
    ajustes = AjustesPortal.load()
    ajustes.es_demostracion = True
    ajustes.save()

    def abrir(ruta):
        respuesta = client.get(ruta)
        assert respuesta.status_code == 200
        return respuesta

    return abrir


def clases_de(html):
    return {clase for valor in re.findall(r'class="([^"]+)"', html) for clase in valor.split()}


def clases_documentadas(titulo, *, hasta="\n## "):
    """Las de una sección de docs/diseno.md: lo que va como código y es un nombre de clase, o su atributo class."""
    texto = (RAIZ / "docs/diseno.md").read_text(encoding="utf-8").split(titulo, 1)[1].split(hasta, 1)[0]
    codigos = re.findall(r"`([^`]+)`", texto)
    sueltas = {codigo for codigo in codigos if re.fullmatch(r"[a-z]+(-[a-z]+)*", codigo)}
    sueltas -= {codigo for codigo in sueltas if codigo.startswith("data-")}
    return (sueltas | {clase for codigo in codigos for clase in clases_de(codigo)}) - NO_SON_CLASES


@pytest.mark.django_db
def test_cada_pieza_de_components_sale_en_la_guia(guia):
    usadas = {p.name for ruta in GUIAS.values() for p in guia(ruta).templates}

    assert len(PIEZAS) > 10
    assert PIEZAS - usadas == set()


@pytest.mark.django_db
@pytest.mark.parametrize("titulo", GUIAS)
def test_cada_clase_documentada_sale_en_la_guia(guia, titulo):
    documentadas = clases_documentadas(titulo, hasta="\n- PDF" if "PDF" in titulo else "\n## ")

    assert documentadas
    assert documentadas - clases_de(guia(GUIAS[titulo]).content.decode()) == set()


@pytest.mark.django_db
def test_cada_clase_de_los_documentos_sale_en_su_pdf(guia):
    plantilla = (RAIZ / "templates/intranet/estilo/pdf.html").read_text(encoding="utf-8")
    assert clases_documentadas("\n- PDF") - clases_de(plantilla) == set()

    lector = PdfReader(io.BytesIO(guia("/intranet/estilo/documento.pdf").content))

    assert len(lector.pages) == 2
    assert lector.pages[1].mediabox.width > lector.pages[1].mediabox.height


@pytest.mark.django_db
def test_cada_muestra_enseña_su_codigo_y_se_ve_en_claro_y_en_oscuro(guia):
    pagina = guia("/intranet/estilo/").content.decode()

    for muestra in muestras("publico"):
        [trozo] = re.findall(rf'<section class="guia-muestra" id="{muestra.clave}">.*?</details>', pagina, re.S)
        assert "guia-tema tema-claro" in trozo
        assert "guia-tema tema-oscuro" in trozo
        assert "<code>" in trozo.split("<pre>")[-1]
    assert "NO CUMPLE" not in pagina
    assert " autofocus" not in pagina


@pytest.mark.django_db
def test_los_identificadores_no_se_repiten(guia):
    for ruta in ("/intranet/estilo/", "/intranet/estilo/intranet/"):
        ids = re.findall(r'\sid="([^"]+)"', guia(ruta).content.decode())
        assert {i for i in ids if ids.count(i) > 1} == set()


@pytest.mark.parametrize("tema", ["claro", "oscuro"])
def test_los_colores_cumplen_con_las_pautas(tema):
    valores = getattr(leer_tokens(), tema)

    assert [(p.encima, p.debajo, round(p.razon, 2)) for p in parejas(valores) if not p.cumple] == []


def test_el_oscuro_solo_cambia_valores_que_existen_en_claro():
    tokens = leer_tokens()

    assert tokens.oscuro.keys() == tokens.claro.keys()
    assert tokens.oscuro["fondo"] != tokens.claro["fondo"]


def test_el_contraste_se_calcula_como_lo_manda_wcag():
    assert contraste("#fff", "#000000") == pytest.approx(21)
    assert contraste("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOR, COLOR)
def test_el_contraste_no_depende_del_orden_y_va_de_1_a_21(uno, otro):
    assert contraste(uno, otro) == contraste(otro, uno)
    assert 1 <= contraste(uno, otro) <= 21.0001


@pytest.mark.django_db
def test_la_guia_es_del_personal_y_su_entrada_de_quien_la_usa(client, rf, inicio):
    from wagtail.admin.menu import settings_menu

    def la_ve(usuario):
        peticion = rf.get("/intranet/")
        peticion.user = usuario
        return "estilo" in {entrada.name for entrada in settings_menu.menu_items_for_request(peticion)}

    for ruta in (*GUIAS.values(), "/intranet/estilo/documento.pdf"):
        assert client.get(ruta).status_code == 302
    assert la_ve(personas.comunicaciones())
    assert la_ve(personas.con_rol("tecnico", Rol.ADMINISTRADOR))
    assert not la_ve(personas.directora_de_ogauc())
