"""Pausar, reanudar, cancelar y decidir sobre lo dudoso y lo fallido; todo deja huella."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from correo import actions, cartero
from correo.actions import NoProcede
from correo.models import Entrega, Envio
from custodia.models import Huella
from tests.correo.cola import direcciones, encolar, encolar_boletin, estados

pytestmark = pytest.mark.django_db
E = Entrega.Estado


def huellas():
    return sorted(Huella.objects.values_list("accion", "usuario_nombre"))


def dudosa():
    entrega = encolar().entregas.get()
    Entrega.objects.update(estado=E.DUDOSA, intentos=2, error="Se interrumpió.")
    Envio.objects.update(estado=Envio.Estado.TERMINADO)
    entrega.refresh_from_db()
    return entrega


def test_en_pausa_no_sale_nada_y_al_reanudar_sale_todo(comunicaciones, django_capture_on_commit_callbacks):
    envio = encolar_boletin(*direcciones(3))
    actions.pausar(envio=envio, por=comunicaciones)
    assert cartero.repartir_pendientes() == 0
    with django_capture_on_commit_callbacks(execute=True):
        actions.reanudar(envio=envio, por=comunicaciones)
    assert len(mail.outbox) == 3
    assert huellas() == [("pausar", "comunicaciones"), ("reanudar", "comunicaciones")]


def test_la_pausa_rige_desde_el_siguiente_mensaje(comunicaciones, monkeypatch):
    envio = encolar_boletin(*direcciones(6))
    aceptar = EmailBackend.send_messages

    def aceptar_y_pausar(self, mensajes):
        if len(mail.outbox) == 1:
            actions.pausar(envio=envio, por=comunicaciones)
        return aceptar(self, mensajes)

    monkeypatch.setattr(EmailBackend, "send_messages", aceptar_y_pausar)
    assert cartero.repartir_pendientes() == 2
    assert sorted(envio.entregas.values_list("estado", "intentos")) == [(E.ENVIADA, 1)] * 2 + [(E.PENDIENTE, 0)] * 4


def test_cancelado_no_sale_lo_que_faltaba(comunicaciones):
    envio = encolar()
    actions.cancelar(envio=envio, por=comunicaciones)
    assert cartero.repartir_pendientes() == 0
    assert huellas() == [("cancelar", "comunicaciones")]


def test_repetir_una_orden_no_hace_nada_mas(comunicaciones):
    envio = encolar()
    for _ in range(2):
        actions.cancelar(envio=envio, por=comunicaciones)
    assert len(huellas()) == 1


@pytest.mark.parametrize("orden", [actions.pausar, actions.reanudar, actions.cancelar])
def test_un_envio_terminado_no_se_gobierna_y_no_deja_huella(orden, comunicaciones):
    envio = encolar()
    Envio.objects.update(estado=Envio.Estado.TERMINADO)
    with pytest.raises(NoProcede, match="ya está «terminado»"):
        orden(envio=envio, por=comunicaciones)
    assert Envio.objects.get().estado == Envio.Estado.TERMINADO
    assert huellas() == []


def test_reintentar_una_dudosa_la_envia_y_reabre_el_envio(comunicaciones, django_capture_on_commit_callbacks):
    entrega = dudosa()
    with django_capture_on_commit_callbacks(execute=True):
        actions.reintentar_dudosa(entrega=entrega, por=comunicaciones)
    entrega.refresh_from_db()
    assert (entrega.estado, entrega.intentos, entrega.error) == (E.ENVIADA, 1, "")
    assert Envio.objects.get().estado == Envio.Estado.TERMINADO
    assert huellas() == [("reintentar dudosa", "comunicaciones")]


def test_dar_por_enviada_la_cierra_sin_enviarla(comunicaciones):
    entrega = dudosa()
    actions.dar_por_enviada(entrega=entrega, por=comunicaciones)
    assert cartero.repartir_pendientes() == 0
    entrega.refresh_from_db()
    assert entrega.estado == E.ENVIADA
    assert huellas() == [("dar por enviada", "comunicaciones")]


@pytest.mark.parametrize("decidir", [actions.reintentar_dudosa, actions.dar_por_enviada])
def test_no_se_decide_dos_veces_sobre_la_misma(decidir, comunicaciones):
    entrega = dudosa()
    decidir(entrega=entrega, por=comunicaciones)
    with pytest.raises(NoProcede, match="ya no está dudosa"):
        decidir(entrega=entrega, por=comunicaciones)


def test_de_un_envio_cancelado_no_se_reintenta_nada(comunicaciones):
    entrega = dudosa()
    Envio.objects.update(estado=Envio.Estado.CANCELADO)
    with pytest.raises(NoProcede, match="cancelado"):
        actions.reintentar_dudosa(entrega=entrega, por=comunicaciones)
    entrega.refresh_from_db()
    assert entrega.estado == E.DUDOSA


def test_lo_que_fallo_se_reintenta_junto_cuando_se_arreglo_la_causa(comunicaciones):
    envio = encolar_boletin(*direcciones(3))
    primera = envio.entregas.order_by("pk").first()
    Entrega.objects.update(estado=E.FALLIDA, intentos=12)
    Entrega.objects.filter(pk=primera.pk).update(estado=E.ENVIADA)
    assert actions.reintentar_fallidas(envio=envio, por=comunicaciones) == 2
    assert cartero.repartir_pendientes() == 2
    assert estados(envio) == [E.ENVIADA] * 3
