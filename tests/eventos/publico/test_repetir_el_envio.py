"""La línea se corta y la persona reenvía: ve la misma confirmación, y nadie ve la ajena."""

import datetime as dt
import threading
import uuid
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comun.antiabuso import envio_nuevo
from correo.models import Entrega, Envio
from eventos.actions import grupo
from eventos.models import Capacitacion, Inscripcion
from tests.eventos.publico.test_inscribir_colegas import colega
from tests.fabricas import CapacitacionFactory
from tests.hilos import VENDRA, a_la_vez

VECES = 20


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=5)


@pytest.fixture
def url(curso):
    return reverse("eventos:inscripcion-crear", args=[curso.slug])


@pytest.mark.django_db
@pytest.mark.parametrize("mas", [{}, colega(1)], ids=["una persona", "con un colega"])
def test_repetido_horas_despues_muestra_la_misma_confirmacion(client, url, curso, datos, mas):
    primera = client.post(url, datos(**mas))
    cuantas = Inscripcion.objects.count()
    Inscripcion.objects.update(creada_en=timezone.now() - dt.timedelta(hours=9))
    Capacitacion.objects.update(inscripcion_cierra_en=timezone.now() - dt.timedelta(hours=1))

    segunda = client.post(url, datos(**mas))

    assert (segunda.status_code, segunda.url) == (302, primera.url)
    assert Inscripcion.objects.count() == Envio.objects.count() == cuantas


@pytest.mark.django_db
def test_otro_formulario_con_el_mismo_documento_no_muestra_la_confirmacion_ajena(client, url, datos):
    client.post(url, datos())
    respuesta = client.post(url, datos(envio=envio_nuevo()))
    assert "ya está inscrito" in str(respuesta.context["form"].errors["numero_documento"])


@pytest.mark.django_db
def test_quien_vuelve_atras_y_pone_otros_datos_no_ve_a_la_persona_anterior(client, url, datos):
    client.post(url, datos(**colega(1)))
    antes = list(Inscripcion.objects.values_list("codigo", flat=True))

    pagina = client.post(url, datos(numero_documento="43000000", nombres="Otra"), follow=True).text

    assert Inscripcion.objects.count() == 3
    assert Inscripcion.objects.values("envio").distinct().count() == 2
    assert not [codigo for codigo in antes if codigo in pagina]


@pytest.mark.django_db
def test_quien_cancelo_y_reenvia_ve_que_esta_cancelada(client, url, datos):
    client.post(url, datos())
    Inscripcion.objects.update(estado="anulada")
    assert "Su inscripción está cancelada" in client.post(url, datos(), follow=True).text
    assert Inscripcion.objects.count() == 1


@pytest.fixture
def sin_reparto(monkeypatch):
    monkeypatch.setattr("correo.actions.repartir", SimpleNamespace(enqueue=lambda: None))


@pytest.mark.django_db(transaction=True)
def test_el_mismo_formulario_veinte_veces_a_la_vez_es_una_fila_y_un_correo(url, datos, sin_reparto):
    formulario = datos()
    hechos = a_la_vez(VECES, lambda: Client().post(url, formulario))

    assert {getattr(hecho, "status_code", hecho) for hecho in hechos} == {302}
    assert len({hecho.url for hecho in hechos}) == 1
    assert Inscripcion.objects.count() == Envio.objects.count() == Entrega.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_sin_la_llave_el_mismo_formulario_a_la_vez_choca(curso, datos, entidad, sin_reparto, monkeypatch):
    """Control: sin llave ni transacción, dos iguales no se reconocen y la base rechaza a la segunda."""
    leyeron = threading.Barrier(2, timeout=VENDRA)
    libre = lambda c: Capacitacion.objects.prefetch_related("sesiones").get(pk=c.pk)  # noqa: E731
    monkeypatch.setattr(grupo, "bajo_llave", libre)
    monkeypatch.setattr("eventos.actions.inscripcion.bajo_llave", libre)
    monkeypatch.setattr("eventos.actions.grupo.inscribir", _con_cita(leyeron, grupo.inscribir.__wrapped__))
    persona = datos(entidad=entidad) | {"es_ciudadano": False}
    envio = {"capacitacion": curso, "personas": [persona], "envio": uuid.uuid4()}
    hechos = a_la_vez(2, lambda: grupo.inscribir_grupo.__wrapped__(**envio))

    assert [hecho for hecho in hechos if isinstance(hecho, IntegrityError)]


def _con_cita(cita, inscribir):
    def esperar_e_inscribir(**datos):
        cita.wait()
        return inscribir(**datos)

    return esperar_e_inscribir
