"""La Oficina de Comunicaciones compone el inicio: cada sección muestra lo suyo y solo consulta lo que muestra."""

import pytest
from django.urls import reverse

from boletines.models import ComunicadoPage, ComunicadosIndexPage
from home.models import HomePage, PaginaEstandar, ServicioPage
from home.secciones import InicioBlock
from tests.fabricas import CapacitacionFactory

pytestmark = pytest.mark.django_db
PORTADA = ("portada", {"titular": "Titular propio", "bajada": "", "con_buscador": False, "con_mi_centro": False})
SECCIONES = InicioBlock().child_blocks


def componer(inicio, *secciones):
    inicio.secciones = [PORTADA, *secciones]
    inicio.save_revision().publish()


def leer(client, url="/"):
    return client.get(url).content.decode()


def test_el_inicio_dice_lo_que_se_escribio_y_en_ese_orden(client, inicio):
    componer(inicio, ("texto", {"titulo": "Dos", "texto": "<p>x</p>"}), ("aviso", {"titulo": "Tres", "texto": ""}))

    html = leer(client)

    assert html.index("Titular propio") < html.index("Dos") < html.index("Tres")
    assert 'action="/capacitaciones/"' not in html
    assert "portada-departamento" not in html


@pytest.mark.parametrize("cantidad", [1, 3])
def test_la_cantidad_es_la_que_se_pidio(client, inicio, cusco, cantidad):
    for dias in range(1, 6):
        CapacitacionFactory(titulo=f"Curso número {dias}", dias=dias, centro=cusco)
    componer(inicio, ("proximas", {"titulo": "Lo que viene", "cantidad": cantidad}))

    html = leer(client)

    assert "Lo que viene" in html
    assert html.count("Curso número") == cantidad


def test_sin_una_seccion_no_se_consulta_lo_suyo(client, inicio, django_assert_max_num_queries):
    componer(inicio)
    leer(client)
    with django_assert_max_num_queries(15) as consultas:
        leer(client)

    de_otros = ("eventos_", "boletines_", "home_noticiapage", "home_serviciopage", "jurisdiccion")
    assert not [c["sql"] for c in consultas.captured_queries if any(tabla in c["sql"] for tabla in de_otros)]


def test_dos_secciones_iguales_conviven(client, inicio, cusco):
    CapacitacionFactory(titulo="Única", centro=cusco)
    componer(inicio, *[("proximas", {"titulo": f"Lista {n}", "cantidad": 1}) for n in (1, 2)])

    html = leer(client)

    assert "Lista 1" in html
    assert "Lista 2" in html
    assert html.count("Única") == 2


def test_un_comunicado_vencido_deja_de_salir_y_sin_ninguno_se_dice(client, inicio):
    componer(inicio, ("comunicados", {"titulo": "Comunicados", "cantidad": 3}))
    assert "Hoy no rige ningún comunicado" in leer(client)

    pagina = ComunicadoPage(title="Rige hoy", resumen="x", cuerpo="x")
    ComunicadosIndexPage.objects.get().add_child(instance=pagina)

    assert "Rige hoy" in leer(client)


def test_un_servicio_despublicado_no_sale(client, inicio):
    componer(inicio, ("servicios", {"titulo": "Servicios"}))
    servicio = ServicioPage.objects.first()
    assert servicio.resumen in leer(client)
    servicio.unpublish()
    assert servicio.resumen not in leer(client)


def test_el_boton_de_un_destacado_a_una_pagina_despublicada_no_sale(client, inicio):
    privacidad = PaginaEstandar.objects.get(slug="privacidad")
    boton = [("enlace", {"texto": "Leer más", "pagina": privacidad, "direccion": ""})]
    componer(inicio, ("destacado", {"titulo": "Campaña", "texto": "<p>x</p>", "imagen": None, "enlace": boton}))
    assert '<a class="boton" href="/privacidad/">Leer más</a>' in leer(client)

    privacidad.unpublish()

    assert "Leer más" not in leer(client)


def test_cada_seccion_tiene_nombre_icono_explicacion_y_muestra():
    for bloque in SECCIONES.values():
        assert bloque.label[0].isupper()
        assert bloque.meta.icon != "placeholder"
        assert bloque.get_description().endswith(".")
        assert bloque.is_previewable


@pytest.mark.parametrize("nombre", SECCIONES)
def test_la_muestra_de_cada_seccion_se_ve_en_el_editor(client, inicio, comunicaciones, nombre):
    client.force_login(comunicaciones)
    bloque = HomePage.secciones.field.stream_block.child_blocks[nombre]

    respuesta = client.get(reverse("wagtailadmin_block_preview"), {"id": bloque.definition_prefix})

    assert respuesta.status_code == 200
    assert "home/home.css" in respuesta.content.decode()


def test_la_vista_previa_de_la_pagina_muestra_el_borrador(client, inicio, comunicaciones):
    client.force_login(comunicaciones)
    inicio.secciones = [PORTADA, ("texto", {"titulo": "Solo en borrador", "texto": "<p>x</p>"})]
    inicio.save_revision()

    vista = client.get(reverse("wagtailadmin_pages:view_draft", args=[inicio.pk])).content.decode()

    assert "Solo en borrador" in vista
    assert "Solo en borrador" not in leer(client)


def test_la_portada_es_una_y_no_se_puede_quitar():
    from django.core.exceptions import ValidationError

    bloque = InicioBlock()
    for secciones in ([], [PORTADA, PORTADA]):
        with pytest.raises(ValidationError):
            bloque.clean(bloque.to_python([{"type": tipo, "value": valor} for tipo, valor in secciones]))
