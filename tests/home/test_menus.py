"""Los menús que Comunicaciones edita: qué sale, en qué orden y cuál es la sección actual."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage, Navegacion, PaginaEstandar

pytestmark = pytest.mark.django_db


def enlaces(client, donde, url="/"):
    """Los textos del menú («Principal») o del pie («Pie de página»), en su orden."""
    html = client.get(url).content.decode()
    nav = html.split(f'<nav aria-label="{donde}">')[1].split("</nav>")[0]
    return re.findall(r">([^<>]+)</a>", nav)


def poner(*valores, campo="menu"):
    navegacion = Navegacion.load()
    setattr(navegacion, campo, [("enlace", {"pagina": None, "texto": "", "direccion": ""} | v) for v in valores])
    navegacion.save()


def test_el_portal_nace_con_sus_menus_y_ninguno_lleva_a_la_nada(client, inicio):
    assert enlaces(client, "Principal")[:3] == ["Capacitaciones", "Servicios", "Centros"]
    html = client.get("/").content.decode()
    for nav in re.findall(r"<nav aria-label.*?</nav>", html, re.S):
        for url in re.findall(r'href="([^"]+)"', nav):
            assert client.get(url).status_code == 200, url


def test_el_menu_es_el_que_se_escribio_y_en_ese_orden(client, inicio):
    privacidad = PaginaEstandar.objects.get(slug="privacidad")
    poner({"pagina": privacidad, "texto": "Sus datos"}, {"direccion": "/buscar/", "texto": "Buscar"})

    assert enlaces(client, "Principal") == ["Sus datos", "Buscar"]


def test_sin_texto_se_usa_el_titulo_de_la_pagina(client, inicio):
    poner({"pagina": PaginaEstandar.objects.get(slug="privacidad")})

    assert enlaces(client, "Principal") == ["Privacidad"]


def test_una_pagina_despublicada_o_borrada_deja_de_salir_al_instante(client, inicio):
    privacidad, accesibilidad = (PaginaEstandar.objects.get(slug=s) for s in ("privacidad", "accesibilidad"))
    poner({"pagina": privacidad}, {"pagina": accesibilidad}, {"direccion": "/buscar/", "texto": "Buscar"})
    assert len(enlaces(client, "Principal")) == 3

    privacidad.unpublish()
    assert enlaces(client, "Principal") == ["Accesibilidad", "Buscar"]
    accesibilidad.delete()
    assert enlaces(client, "Principal") == ["Buscar"]


def test_cambiar_la_direccion_de_una_pagina_cambia_su_enlace(client, inicio):
    privacidad = PaginaEstandar.objects.get(slug="privacidad")
    poner({"pagina": privacidad})
    client.get("/")
    privacidad.slug = "datos-personales"
    privacidad.save_revision().publish()

    assert 'href="/datos-personales/"' in client.get("/").content.decode()


def test_vacio_muestra_las_secciones_publicadas_del_inicio(client, inicio):
    Navegacion.objects.all().delete()
    Page.objects.get(slug="boletines").unpublish()

    assert "Capacitaciones" in enlaces(client, "Principal")
    assert "Privacidad" not in enlaces(client, "Principal")
    assert "Boletines" not in enlaces(client, "Principal")
    assert "Privacidad" in enlaces(client, "Pie de página")


def test_sin_inicio_la_pagina_no_falla(client, db):
    HomePage.objects.all().delete()

    assert client.get("/buscar/").status_code == 200


@pytest.mark.parametrize(
    ("ruta", "seccion"), [("/centros/", "Centros"), ("/centros/cusco/", "Centros"), ("/privacidad/", None), ("/", None)]
)
def test_la_seccion_actual_se_marca(client, inicio, ruta, seccion):
    html = client.get(ruta).content.decode()
    principal = html.split('<nav aria-label="Principal">')[1].split("</nav>")[0]

    assert re.findall(r'aria-current="true">([^<]+)<', principal) == ([seccion] if seccion else [])


def test_los_menus_se_leen_una_vez_y_se_guardan(client, inicio, django_assert_max_num_queries):
    client.get("/buscar/")
    client.get("/buscar/")
    with django_assert_max_num_queries(100) as consultas:
        client.get("/buscar/")

    assert not [c for c in consultas.captured_queries if "home_navegacion" in c["sql"]]


def test_comunicaciones_edita_los_menus(client, inicio, comunicaciones):
    client.force_login(comunicaciones)
    url = reverse("wagtailsettings:edit", args=["home", "navegacion"])

    assert client.get(url, follow=True).status_code == 200


def test_una_direccion_que_no_lleva_a_ningun_lado_no_se_acepta(inicio):
    from django.core.exceptions import ValidationError

    bloque = Navegacion.menu.field.stream_block.child_blocks["enlace"]
    malos = [
        {"pagina": None, "direccion": "", "texto": "Nada"},
        {"pagina": None, "direccion": "javascript:alert(1)", "texto": "Mala"},
        {"pagina": None, "direccion": "//otro.example", "texto": "Ajena"},
        {"pagina": None, "direccion": "/buscar/", "texto": ""},
        {"pagina": inicio, "direccion": "/buscar/", "texto": "Las dos"},
    ]
    for valor in malos:
        with pytest.raises(ValidationError):
            bloque.clean(bloque.to_python(valor | {"pagina": getattr(valor["pagina"], "pk", None)}))
