"""Publicar, cancelar y el panel que dice qué sigue."""

import pytest
from django.urls import reverse
from django.utils import timezone

from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos.actions.cancelacion import cancelar
from eventos.actions.capacitacion import publicar
from eventos.actions.rechazos import EstaCancelada, FaltaMotivo, FaltaParaPublicar, NoSeCancela
from eventos.models import Capacitacion, Inscripcion
from tests.fabricas import AsistenciaFactory, CapacitacionFactory, InscripcionFactory

from .ayudas import completa, de_hoy

pytestmark = pytest.mark.django_db
BORRADOR, PUBLICADA, CANCELADA = Capacitacion.Estado.BORRADOR, Capacitacion.Estado.PUBLICADA, "cancelada"


def url(nombre, capacitacion):
    return reverse(f"eventos_intranet:{nombre}", args=[capacitacion.pk])


def test_publicar_la_muestra_y_deja_huella(asistente):
    capacitacion = publicar(capacitacion=completa(estado=BORRADOR), por=asistente)
    assert capacitacion.estado == PUBLICADA
    assert capacitacion.publicada_en
    huella = Huella.objects.get(accion="publicar")
    assert (huella.usuario, huella.objeto) == (asistente, str(capacitacion.pk))


def test_publicar_dos_veces_no_hace_nada_mas(asistente):
    primera = publicar(capacitacion=completa(estado=BORRADOR), por=asistente)
    segunda = publicar(capacitacion=primera, por=asistente)
    assert primera.publicada_en == segunda.publicada_en
    assert Huella.objects.count() == 1


@pytest.mark.parametrize(
    ("quitar", "falta"),
    [
        (lambda c: c.sesiones.all().delete(), "sesión"),
        (lambda c: c.sistemas.clear(), "sistema"),
        (lambda c: c.expositores.all().delete(), "expositor"),
        (lambda c: Capacitacion.objects.update(objetivo=" "), "objetivo"),
        (lambda c: Capacitacion.objects.update(publico_objetivo=""), "público"),
        (lambda c: Capacitacion.objects.update(lugar=""), "lugar"),
        (lambda c: Capacitacion.objects.update(modalidad="virtual"), "enlace"),
    ],
)
def test_incompleta_no_se_publica_y_dice_que_le_falta(asistente, quitar, falta):
    capacitacion = completa(estado=BORRADOR)
    quitar(capacitacion)
    with pytest.raises(FaltaParaPublicar, match=falta):
        publicar(capacitacion=capacitacion, por=asistente)
    assert Capacitacion.objects.get().estado == BORRADOR
    assert not Huella.objects.exists()


def test_una_cancelada_no_se_vuelve_a_publicar(asistente):
    with pytest.raises(EstaCancelada):
        publicar(capacitacion=completa(estado=CANCELADA), por=asistente)


def test_cancelar_avisa_a_confirmados_y_en_espera_pero_no_a_anulados(asistente):
    capacitacion = completa()
    for estado in Inscripcion.Estado.values:
        vence = timezone.now() if estado == Inscripcion.Estado.OFRECIDA else None
        InscripcionFactory(
            capacitacion=capacitacion, estado=estado, oferta_vence_en=vence, correo="compartido@muni.example"
        )

    cancelar(capacitacion=capacitacion, motivo="fuerza_mayor", detalle="bloqueo de carreteras", por=asistente)

    capacitacion.refresh_from_db()
    envio = Envio.objects.get()
    assert capacitacion.motivo_cancelacion == "Fuerza mayor: bloqueo de carreteras"
    assert capacitacion.secuencia == 1
    assert envio.clave == f"capacitacion:{capacitacion.pk}:cancelada"
    assert "bloqueo de carreteras" in envio.texto
    assert "bloqueo de carreteras" in envio.html
    # Tres personas con el mismo buzón reciben cada una el suyo.
    assert Entrega.objects.filter(envio=envio, direccion="compartido@muni.example").count() == 3


def test_cancelar_dos_veces_avisa_una(asistente):
    capacitacion = completa()
    InscripcionFactory(capacitacion=capacitacion)
    for _ in range(2):
        cancelar(capacitacion=capacitacion, motivo="usuarios", por=asistente)
    assert Entrega.objects.count() == 1
    assert Capacitacion.objects.get().secuencia == 1


def test_sin_motivo_de_los_lineamientos_no_se_cancela(asistente):
    with pytest.raises(FaltaMotivo):
        cancelar(capacitacion=completa(), motivo="porque sí", por=asistente)
    assert Capacitacion.objects.get().esta_publicada


def test_un_borrador_no_se_cancela(asistente):
    with pytest.raises(NoSeCancela):
        cancelar(capacitacion=completa(estado=BORRADOR), motivo="usuarios", por=asistente)


def test_la_que_ya_tiene_firmas_no_se_cancela(asistente):
    capacitacion = de_hoy()
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    with pytest.raises(NoSeCancela, match="firmadas"):
        cancelar(capacitacion=capacitacion, motivo="usuarios", por=asistente)


def test_si_falla_el_aviso_no_queda_cancelada(asistente, monkeypatch):
    def fallar(**_):
        raise RuntimeError

    monkeypatch.setattr("eventos.actions.cancelacion.avisar_cancelacion", fallar)
    with pytest.raises(RuntimeError):
        cancelar(capacitacion=completa(), motivo="usuarios", por=asistente)
    assert Capacitacion.objects.get().esta_publicada
    assert not Huella.objects.exists()


def test_la_pantalla_de_cancelar_pregunta_y_el_post_cancela(cliente):
    capacitacion = completa()
    assert cliente.get(url("cancelar", capacitacion)).status_code == 200
    assert Capacitacion.objects.get().esta_publicada
    assert cliente.post(url("cancelar", capacitacion), {"motivo": ""}).status_code == 200
    cliente.post(url("cancelar", capacitacion), {"motivo": "recursos"})
    assert Capacitacion.objects.get().esta_cancelada


def test_publicar_incompleta_desde_el_panel_explica(cliente):
    capacitacion = CapacitacionFactory(estado=BORRADOR)
    respuesta = cliente.post(url("publicar", capacitacion), follow=True)
    assert "Antes de publicar falta" in respuesta.content.decode()


def test_publicar_es_solo_por_post(cliente):
    capacitacion = completa(estado=BORRADOR)
    assert cliente.get(url("publicar", capacitacion)).status_code == 405


def _sigue(respuesta) -> str:
    """La clave del paso que el panel señala; «» si ninguno."""
    return getattr(respuesta.context["sigue"], "clave", "")


@pytest.mark.parametrize(
    ("crear", "siguiente"),
    [
        (lambda: CapacitacionFactory(estado=BORRADOR), "programacion"),
        (lambda: completa(estado=BORRADOR), "programacion"),
        (completa, "convocatoria"),
        (de_hoy, "asistencia"),
        (lambda: completa(estado=CANCELADA), ""),
    ],
)
def test_el_panel_dice_que_sigue(cliente, crear, siguiente):
    respuesta = cliente.get(url("panel", crear()))
    # La de hoy, hasta que termina su sesión (a la 1 p. m.), todavía se convoca y se prepara.
    de_la_manana = {"convocatoria", "logistica"} if siguiente == "asistencia" else set()
    assert _sigue(respuesta) in {siguiente} | de_la_manana


def test_tras_la_asistencia_siguen_las_encuestas(cliente):
    capacitacion = completa(dias=-3)
    # Por enlace: no hay papel que escanear.
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), medio="enlace")
    assert _sigue(cliente.get(url("panel", capacitacion))) == "encuestas"
