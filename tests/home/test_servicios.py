"""Los cuatro servicios, cómo presentar un escrito y las preguntas frecuentes."""

import json
import re

import pytest
from django.utils.html import escape

from home.carga import cargar_paginas
from home.models import PaginaEstandar, PreguntasFrecuentesPage, ServicioPage, ServiciosIndexPage

pytestmark = pytest.mark.django_db
DESCARGO = "de ninguna manera convalida ni avala la toma final de decisiones"


def leer(client, url):
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def cuerpo(texto):
    """Lo de dentro de <main>: el pie lleva el descargo en todas."""
    return re.search(r"<main.*</main>", texto, re.S).group()


def test_r9_los_servicios_son_cuatro_y_cada_uno_tiene_su_pagina(client, inicio):
    texto = leer(client, "/servicios/")

    titulos = ["Capacitación", "Absolución de consultas", "Asistencia técnica", "Mesa de partes"]
    assert list(ServicioPage.objects.order_by("path").values_list("title", flat=True)) == titulos
    for servicio in ServicioPage.objects.all():
        assert f'href="{servicio.url}"' in texto


def test_r8_todo_servicio_lleva_el_descargo_y_dice_que_es_gratuito(client, inicio):
    for servicio in ServicioPage.objects.all():
        texto = cuerpo(leer(client, servicio.url))
        assert DESCARGO in texto
        assert "Es gratuito." in texto
        assert 'href="/centros/"' in texto


def test_r28_las_consultas_se_hacen_en_persona_por_telefono_o_por_medios_virtuales(client, inicio):
    texto = cuerpo(leer(client, "/servicios/consultas/"))

    for numero, modalidad in enumerate(("Presencial", "Telefónica", "Virtual"), start=1):
        assert f'<h3 id="modalidad-{numero}">{modalidad}</h3>' in texto
        assert f'href="#modalidad-{numero}"' in texto


def test_r38_la_asistencia_tecnica_no_es_para_la_ciudadania(inicio):
    assert "ciudadanía" not in ServicioPage.objects.get(slug="asistencia-tecnica").a_quien
    assert "ciudadanía" in ServicioPage.objects.get(slug="consultas").a_quien


def test_r33_la_mesa_de_partes_lleva_a_como_presentar_el_escrito(client, inicio):
    assert 'href="/como-presentar-su-escrito/"' in cuerpo(leer(client, "/servicios/mesa-de-partes/"))

    texto = cuerpo(leer(client, "/como-presentar-su-escrito/"))
    for titulo in ("A quién dirigirlo", "Qué debe tener", "Dónde se presenta"):
        assert titulo in texto


def test_un_enlace_a_una_pagina_despublicada_no_se_muestra(client, inicio):
    pagina = PaginaEstandar.objects.get(slug="privacidad")
    servicio = ServicioPage.objects.get(slug="consultas")
    servicio.enlaces = [("enlace", {"texto": "Guía propia", "pagina": pagina, "direccion": ""})]
    servicio.save()
    assert "Guía propia" in leer(client, servicio.url)

    pagina.unpublish()

    assert "Guía propia" not in leer(client, servicio.url)


def test_cargar_de_nuevo_no_pisa_ni_repone_lo_que_un_editor_cambio(inicio):
    ServicioPage.objects.get(slug="asistencia-tecnica").delete()
    ServicioPage.objects.filter(slug="consultas").update(resumen="De la oficina")
    PreguntasFrecuentesPage.objects.update(resumen="Otro")

    cargar_paginas()

    assert ServicioPage.objects.count() == 3
    assert ServicioPage.objects.get(slug="consultas").resumen == "De la oficina"
    assert PreguntasFrecuentesPage.objects.get().resumen == "Otro"


def test_una_instalacion_anterior_recibe_las_secciones_que_le_faltan(inicio):
    ServiciosIndexPage.objects.get().delete()

    cargar_paginas()

    assert ServicioPage.objects.count() == 4


def test_cada_pregunta_se_abre_sin_guiones_y_tiene_su_enlace(client, inicio):
    texto = leer(client, "/preguntas-frecuentes/")
    pagina = PreguntasFrecuentesPage.objects.get()

    assert texto.count("<details") == len(pagina.preguntas) >= 15
    for pregunta in pagina.preguntas:
        assert f"<summary>{escape(pregunta.pregunta)}</summary>" in texto
        assert f'id="{pregunta.ancla}"' in texto
        assert f'href="#{pregunta.ancla}"' in texto


def test_dos_preguntas_iguales_no_comparten_enlace(inicio):
    pagina = PreguntasFrecuentesPage.objects.get()
    repetida = {"pregunta": "¿Qué?", "respuesta": "<p>Esto</p>"}
    pagina.temas = [("tema", {"titulo": "Uno", "preguntas": [repetida, repetida]})]

    assert [pregunta.ancla for pregunta in pagina.preguntas] == ["que", "que-2"]


def test_los_datos_para_buscadores_dicen_lo_mismo_y_no_se_salen_de_su_bloque(client, inicio):
    pagina = PreguntasFrecuentesPage.objects.get()
    mala = {"pregunta": "</script><script>alert(1)</script>", "respuesta": "<p>Sí &amp; no</p>"}
    pagina.temas = [("tema", {"titulo": "Uno", "preguntas": [mala]})]
    pagina.save()

    texto = leer(client, pagina.url)

    assert "<script>alert" not in texto
    bloques = [json.loads(b) for b in re.findall(r'<script type="application/ld\+json">(.*?)</script>', texto, re.S)]
    faq = next(b for b in bloques if b["@type"] == "FAQPage")
    assert faq["mainEntity"][0]["name"] == mala["pregunta"]
