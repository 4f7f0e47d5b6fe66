"""El personal ve qué cupos están ofrecidos y los acepta por teléfono."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.templatetags.comun import fecha_media
from custodia.models import Huella
from eventos.models import Asistencia, Inscripcion
from intranet.bandeja import asuntos_de
from tests import personas
from tests.eventos.intranet.ayudas import completa, de_hoy
from tests.fabricas import InscripcionFactory

pytestmark = pytest.mark.django_db
VENCE = timezone.make_aware(dt.datetime(2099, 11, 24, 11))
LARGA = "martes 24 de noviembre de 2099, 11:00\u00a0a.\u00a0m."


def ofrecida_en(capacitacion, **cambios):
    return InscripcionFactory(
        **{"capacitacion": capacitacion, "estado": "ofrecida", "oferta_vence_en": VENCE} | cambios
    )


@pytest.fixture
def curso(asistente):
    return completa(cupos=2)


@pytest.fixture
def ofrecida(curso):
    return ofrecida_en(curso)


def aceptar(inscripcion):
    return reverse("eventos_intranet:inscripcion-aceptar", args=[inscripcion.pk])


def panel(capacitacion):
    return reverse("eventos_intranet:panel", args=[capacitacion.pk])


def estado(inscripcion):
    return Inscripcion.objects.get(pk=inscripcion.pk).estado


def test_el_panel_dice_cuantos_corren_hasta_cuando_y_a_quien_llamar(cliente, curso, ofrecida):
    texto = cliente.get(panel(curso)).text
    assert "Un cupo ofrecido espera respuesta." in texto
    assert f"hasta el {LARGA}" in texto
    assert ofrecida.telefono in texto
    assert aceptar(ofrecida) in texto


def test_el_panel_cuenta_el_cupo_ofrecido_como_ocupado(cliente, curso, ofrecida):
    assert '<progress value="1" max="2"' in cliente.get(panel(curso)).text


def test_mirar_la_pantalla_no_acepta_nada(cliente, ofrecida):
    assert LARGA in cliente.get(aceptar(ofrecida)).text
    assert estado(ofrecida) == "ofrecida"


def test_acepta_por_telefono_y_queda_quien_lo_anoto(cliente, asistente, ofrecida):
    respuesta = cliente.post(aceptar(ofrecida), follow=True)
    assert "Confirmado el cupo" in respuesta.text
    assert estado(ofrecida) == "confirmada"
    assert Huella.objects.get(accion="aceptar cupo por teléfono").usuario == asistente


def test_si_no_dio_correo_se_le_dice_su_codigo(cliente, curso):
    sin_correo = ofrecida_en(curso, correo="")
    respuesta = cliente.post(aceptar(sin_correo), follow=True)
    assert f"código {sin_correo.codigo}. No dio correo: dígale su código." in respuesta.text


def test_vencida_se_explica_y_no_se_acepta(cliente, curso):
    tarde = ofrecida_en(curso, oferta_vence_en=timezone.now() - dt.timedelta(minutes=1))
    assert "el plazo ya venció" in cliente.get(aceptar(tarde)).text
    assert "ya venció" in cliente.post(aceptar(tarde), follow=True).text
    assert estado(tarde) == "ofrecida"


def test_la_de_otro_centro_no_existe_y_sin_permiso_se_niega(client, ofrecida):
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(aceptar(ofrecida)).status_code == 404
    assert client.post(aceptar(ofrecida)).status_code == 404
    client.force_login(personas.responsable_de_presupuesto())
    assert client.post(aceptar(ofrecida)).status_code == 403
    assert estado(ofrecida) == "ofrecida"


def test_la_lista_dice_hasta_cuando_y_ofrece_aceptar(cliente, ofrecida):
    texto = cliente.get(reverse("inscripciones_modeladmin_index")).text
    assert f"Con un cupo ofrecido hasta {fecha_media(VENCE)}, 11:00\u00a0a.\u00a0m." in texto
    assert aceptar(ofrecida) in texto


def test_la_ficha_dice_por_que_se_anulo(cliente, curso):
    anulada = InscripcionFactory(capacitacion=curso, estado="anulada", motivo_anulacion="oferta_vencida")
    texto = cliente.get(reverse("inscripciones_modeladmin_inspect", args=[anulada.pk])).text
    assert "No aceptó a tiempo el cupo que se le ofreció" in texto


def test_la_bandeja_muestra_los_cupos_sin_respuesta_de_su_centro(asistente, ofrecida):
    [asunto] = [a for a in asuntos_de(asistente) if a.titulo == "Cupos ofrecidos sin respuesta"]
    assert [linea.url for linea in asunto.lineas] == [aceptar(ofrecida)]
    titulos = [a.titulo for a in asuntos_de(personas.coordinador_de_arequipa())]
    assert "Cupos ofrecidos sin respuesta" not in titulos


def test_quien_no_acepto_y_llego_firma_y_queda_confirmado(cliente):
    capacitacion = de_hoy(cupos=1)
    sesion = capacitacion.sesiones.get()
    ofrecida = ofrecida_en(capacitacion)
    url = reverse("eventos_intranet:asistencia", args=[capacitacion.pk])
    assert "Sin cupo confirmado (1)" in cliente.get(url).text

    cliente.post(url, {"sesion": sesion.pk, "firmo": [ofrecida.pk]})

    assert estado(ofrecida) == "confirmada"
    assert Asistencia.objects.firmadas().filter(inscripcion=ofrecida).exists()


def test_la_puerta_avisa_que_no_queda_cupo_si_el_ultimo_esta_ofrecido(cliente):
    capacitacion = de_hoy(cupos=1)
    ofrecida_en(capacitacion)
    assert "Ya no quedan cupos" in cliente.get(reverse("eventos_intranet:asistencia", args=[capacitacion.pk])).text
