"""Poner en cola anota y despierta; nunca envía por su cuenta ni dos veces."""

import pytest
from django.core import mail
from django.db import transaction

from correo.actions import Adjunto, Destinatario
from correo.models import Entrega, Envio, Supresion
from tests.correo.cola import encolar, encolar_boletin, estados

pytestmark = pytest.mark.django_db


def test_se_envia_recien_cuando_la_transaccion_se_confirma(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        envio = encolar()
        assert mail.outbox == []
    assert [mensaje.to for mensaje in mail.outbox] == [["Ana Quispe <ana@muni.example>"]]
    assert estados(envio) == [Entrega.Estado.ENVIADA]


def test_si_la_transaccion_falla_no_sale_nada_ni_queda_nada(django_capture_on_commit_callbacks):
    def inscribir_y_fallar():
        with transaction.atomic():
            encolar()
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        inscribir_y_fallar()
    assert mail.outbox == []
    assert not Envio.objects.exists()


def test_la_misma_clave_dos_veces_es_un_solo_envio():
    uno = encolar(clave="boletin:7")
    otro = encolar(clave="boletin:7", asunto="Otro asunto", destinatarios=[Destinatario("beto@muni.example")])
    assert uno == otro
    assert [e.direccion for e in Entrega.objects.all()] == ["ana@muni.example"]


def test_un_masivo_lleva_una_entrega_por_direccion_aunque_se_escriba_distinto():
    envio = encolar_boletin("mesa@muni.example", " MESA@muni.example", "otra@muni.example")
    assert [e.direccion for e in envio.entregas.order_by("pk")] == ["mesa@muni.example", "otra@muni.example"]


def test_dos_colegas_que_comparten_buzon_reciben_cada_uno_su_aviso():
    colegas = [
        Destinatario("mesa@muni.example", nombre="Ana", clave="inscripcion:1"),
        Destinatario("mesa@muni.example", nombre="Beto", clave="inscripcion:2"),
        Destinatario("mesa@muni.example", nombre="Beto", clave="inscripcion:2"),
    ]
    assert [e.nombre for e in encolar(destinatarios=colegas).entregas.order_by("pk")] == ["Ana", "Beto"]


def test_un_masivo_salta_a_quien_se_dio_de_baja_y_un_aviso_personal_no():
    Supresion.objects.create(direccion="ana@muni.example", motivo=Supresion.Motivo.BAJA)
    assert not encolar_boletin("ana@muni.example").entregas.exists()
    assert encolar().entregas.count() == 1


def test_el_asunto_queda_en_una_linea_y_el_adjunto_en_la_fila():
    envio = encolar(asunto="Uno\r\nBcc: otro@x.example", adjuntos=[Adjunto("a.ics", "text/calendar", b"BEGIN")])
    assert envio.asunto == "Uno Bcc: otro@x.example"
    assert envio.adjuntos == [{"nombre": "a.ics", "tipo": "text/calendar", "contenido": "QkVHSU4="}]


def test_lo_mal_escrito_queda_anotado_con_su_motivo_y_lo_demas_entra():
    larga = "a" * 290 + "@muni.example"
    destinatarios = [
        Destinatario(larga),
        Destinatario(larga + "x"),
        Destinatario("nulo\x00@muni.example", nombre="A\x00na\ud800\nBcc: x"),
        Destinatario("ana@muni.example", nombre="ñ" * 300),
    ]
    envio = encolar(es_masivo=True, destinatarios=destinatarios)
    fallidas = envio.entregas.filter(estado=Entrega.Estado.FALLIDA)
    assert [e.error for e in fallidas.order_by("pk")] == [
        "La dirección tiene 303 caracteres; el máximo es 254.",
        "La dirección tiene 304 caracteres; el máximo es 254.",
    ]
    nulo, ana = envio.entregas.filter(estado=Entrega.Estado.PENDIENTE).order_by("pk")
    assert nulo.nombre == "A na Bcc: x"
    assert ana.nombre == "ñ" * 200


def test_las_bajas_se_cruzan_por_tanda_y_no_se_cargan_todas(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("correo.actions.entregas.POR_TANDA", 10)
    Supresion.objects.bulk_create(
        Supresion(direccion=f"persona{n}@correo.example", motivo=Supresion.Motivo.BAJA) for n in range(0, 200, 2)
    )
    pedidas = []

    def de_uno_en_uno():
        for n in range(25):
            pedidas.append(n)
            yield Destinatario(f"persona{n}@correo.example")

    with django_assert_max_num_queries(22):
        envio = encolar(es_masivo=True, destinatarios=de_uno_en_uno())
    assert pedidas == list(range(25))
    entraron = envio.entregas.order_by("pk").values_list("direccion", flat=True)
    assert list(entraron) == [f"persona{n}@correo.example" for n in range(1, 25, 2)]
