"""Las noticias: qué se publica, dónde salen y qué se exige."""

import datetime as dt

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from home.busqueda import buscar
from home.models import NoticiaPage, NoticiasIndexPage

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
MAX_CONSULTAS = 15


def noticia(titulo, *, dias=0, **cambios):
    """Publicada hace ``dias`` días."""
    datos = {"resumen": f"Resumen de {titulo}", "cuerpo": "<p>Texto <b>completo</b></p>"} | cambios
    pagina = NoticiaPage(title=titulo, fecha=HOY - dt.timedelta(dias), **datos)
    return NoticiasIndexPage.objects.get().add_child(instance=pagina)


def imagen(descripcion="Una sala llena"):
    return Image.objects.create(title="Foto", description=descripcion, file=get_test_image_file())


def leer(client, url):
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_la_lista_va_de_la_mas_nueva_a_la_mas_vieja_y_no_adelanta_las_de_manana(client, inicio):
    noticia("De ayer", dias=1)
    noticia("De hoy")
    noticia("De mañana", dias=-1)
    noticia("En borrador", live=False)

    html = leer(client, "/noticias/")

    assert html.index("De hoy") < html.index("De ayer")
    assert "De mañana" not in html
    assert "En borrador" not in html


def test_sin_noticias_la_lista_ofrece_otra_cosa(client, inicio):
    assert "Aún no hay noticias" in leer(client, "/noticias/")
    assert "Todas las noticias" not in leer(client, "/")


def test_la_pagina_dice_su_fecha_su_centro_y_donde_esta_uno(client, inicio, cusco):
    pagina = noticia("El centro estrena sala", centro=cusco, imagen=imagen())

    html = leer(client, pagina.url)

    assert '<a href="/centros/cusco/">CONECTAMEF Cusco</a>' in html
    assert '<a href="/noticias/">Noticias</a>' in html
    assert 'alt="Una sala llena"' in html


def test_una_imagen_sin_descripcion_no_se_acepta(inicio):
    pagina = NoticiaPage(title="X", slug="x", resumen="X", cuerpo="X", imagen=imagen(descripcion="  "))

    with pytest.raises(ValidationError, match="no tiene descripción"):
        pagina.clean()


def test_salen_en_el_inicio_y_la_pagina_de_su_centro(client, inicio, cusco, arequipa):
    noticia("Del Cusco", centro=cusco)
    noticia("De Arequipa", centro=arequipa)
    noticia("De todos")

    portada, centro = leer(client, "/"), leer(client, "/centros/cusco/")

    assert all(titulo in portada for titulo in ("Del Cusco", "De Arequipa", "De todos"))
    assert "Del Cusco" in centro
    assert "De Arequipa" not in centro
    assert centro.index("Próximas capacitaciones") < centro.index("Noticias del centro")


def test_el_buscador_las_halla(inicio, cusco):
    noticia("Estrenamos sala de cómputo", centro=cusco, cuerpo="<p>Con rampas nuevas</p>")
    noticia("Computadoras de mañana", dias=-1)

    hallados = [ficha["titulo"] for grupo in buscar("sala computo").grupos for ficha in grupo.fichas]

    assert "Estrenamos sala de cómputo" in hallados
    assert "Computadoras de mañana" not in hallados
    assert buscar("rampas").del_tipo("noticias").fichas[0]["titulo"] == "Estrenamos sala de cómputo"


def test_el_rss_se_lee_entero(client, inicio, cusco):
    noticia("Con <signos> & «comillas»", centro=cusco, dias=1)
    noticia("De mañana", dias=-1)

    canal = feedparser.parse(client.get("/noticias/rss/").content)

    assert not canal.bozo
    (entrada,) = canal.entries
    assert entrada.title == "Con <signos> & «comillas»"
    assert "<b>completo</b>" in entrada.description
    assert entrada.tags[0].term == "CONECTAMEF Cusco"
    assert entrada.published_parsed


def test_el_resumen_viaja_en_el_rss_como_texto(client, inicio):
    noticia("Una", resumen="Deudas <b>menores</b> & otras")

    assert "&amp;lt;b&amp;gt;menores" in client.get("/noticias/rss/").content.decode()


def test_mas_noticias_no_cuestan_mas_consultas(client, inicio, cusco, django_assert_max_num_queries):
    def llenar(cuantas):
        for n in range(cuantas):
            noticia(f"Noticia {NoticiaPage.objects.count()}-{n}", centro=cusco, imagen=imagen())

    llenar(2)
    for url in ("/noticias/", "/"):
        client.get(url)  # la primera vez recorta las imágenes y lee los menús
        with django_assert_max_num_queries(MAX_CONSULTAS) as pocas:
            client.get(url)
        limite = len(pocas)
        llenar(4)
        client.get(url)
        with django_assert_max_num_queries(limite):
            client.get(url)


@pytest.mark.parametrize("numero", ["0", "99999999999999999999", "x", "-1", "1\x00"])
def test_una_pagina_que_no_existe_muestra_otra(client, inicio, numero):
    noticia("Única")

    assert "Única" in leer(client, f"/noticias/?pagina={numero}")


def test_comunicaciones_las_publica_y_una_coordinadora_no(inicio, comunicaciones, coordinadora):
    indice = NoticiasIndexPage.objects.get()

    assert indice.permissions_for_user(comunicaciones).can_publish_subpage()
    assert not indice.permissions_for_user(coordinadora).can_add_subpage()
