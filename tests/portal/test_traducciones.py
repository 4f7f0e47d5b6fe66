"""El panel habla español de punta a punta, también donde las bibliotecas no lo hablan."""

import shutil

import pytest

from herramientas import traducciones
from herramientas.traducciones import Mensaje

dominios = pytest.mark.parametrize("dominio", traducciones.DOMINIOS)


@dominios
def test_nada_del_panel_queda_sin_traducir(dominio):
    assert [f"{app}: {mensaje.texto}" for app, mensaje in traducciones.faltantes(dominio)] == []


@dominios
def test_sin_nuestro_catalogo_se_nota_lo_que_falta(dominio, settings):
    settings.LOCALE_PATHS = []

    assert len(traducciones.faltantes(dominio)) > 10


def test_los_textos_de_una_biblioteca_sin_catalogo_se_leen_de_su_codigo(tmp_path):
    (tmp_path / "modelos.py").write_text(
        'verbose_name = _("index entry")\n'
        'READY = ("READY", pgettext_lazy("Task", "Ready"))\n'
        'ngettext("%d page", "%d pages", n)\n'
        'otra_cosa("no es un texto")\n'
    )

    assert set(traducciones.mensajes_de(tmp_path, "django")) == {
        Mensaje("index entry"),
        Mensaje("Ready", contexto="Task"),
        Mensaje("%d page", plural="%d pages"),
    }


@dominios
def test_cada_traduccion_conserva_sus_marcadores(dominio):
    catalogo = traducciones.leer_po(traducciones.CATALOGOS / f"{dominio}.po")

    assert catalogo
    assert [
        (mensaje.texto, rotos)
        for mensaje, textos in catalogo.items()
        if (rotos := traducciones.marcadores_rotos(mensaje, textos))
    ] == []


@pytest.mark.parametrize(
    ("mensaje", "textos"),
    [
        (Mensaje("Hello %(name)s"), ["Hola"]),
        (Mensaje("Hello %(name)s"), ["Hola, %(nombre)s"]),
        (Mensaje("Hello {name}"), ["Hola, {nombre}"]),
        (Mensaje("Hello %s"), ["Hola, %s y %s"]),
        (Mensaje("<b>{user}</b> is here"), ["{user} está aquí"]),
        (Mensaje('<a href="%(url)s">Add</a>'), ['<a href="%(url)s" >Agregar</a>']),
        (Mensaje("1 page", plural="%(n)s pages"), ["1 página", "%(n)s páginas", "páginas"]),
    ],
)
def test_un_marcador_perdido_o_cambiado_se_descubre(mensaje, textos):
    assert traducciones.marcadores_rotos(mensaje, textos) == textos[-1:]


def test_el_singular_puede_decir_uno_sin_marcador():
    mensaje = Mensaje("1 page", plural="%(n)s pages")

    assert traducciones.marcadores_rotos(mensaje, ["1 página", "%(n)s páginas", "%(n)s páginas"]) == []


@dominios
def test_el_catalogo_compilado_esta_al_dia(dominio):
    assert traducciones.desfase(dominio) == set()


def test_un_cambio_sin_compilar_se_descubre(tmp_path):
    for archivo in traducciones.CATALOGOS.glob("djangojs.*"):
        shutil.copy(archivo, tmp_path)
    catalogo = tmp_path / "djangojs.po"
    catalogo.write_text(catalogo.read_text().replace('msgstr "Buena"', 'msgstr "Muy buena"'))

    assert traducciones.desfase("djangojs", tmp_path) == {"Good"}
