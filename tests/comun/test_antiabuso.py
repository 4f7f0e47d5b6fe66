"""Un robot se frena sin captcha; una persona nunca pierde lo escrito ni queda fuera en silencio."""

import datetime as dt

import pytest
from django import forms
from django.core import signing
from django.utils import timezone

from comun import antiabuso
from comun.antiabuso import SinRobots, Tope, envio_nuevo, frenado
from comun.pedido import ip_de

TOPE = Tope("prueba", 3)


class AvisoForm(SinRobots, forms.Form):
    texto = forms.CharField()


def enviado(**cambios):
    return AvisoForm({"texto": "Buenas tardes", "envio": envio_nuevo()} | cambios)


def despues(monkeypatch, **rato):
    ahora = timezone.now().timestamp() + dt.timedelta(**rato).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: ahora)


def test_lo_que_llena_una_persona_pasa():
    assert enviado().is_valid()


def test_la_trampa_llena_se_vacia_y_se_pide_reenviar():
    form = enviado(sitio_web="http://spam.example")
    assert form.non_field_errors() == [antiabuso.LLENO_LA_TRAMPA]
    assert form["sitio_web"].value() == ""
    assert form["texto"].value() == "Buenas tardes"


@pytest.mark.parametrize("marca", ["", "x", "a:b:c", "\x00", None])
def test_sin_marca_se_pide_reenviar_y_al_reenviar_pasa(marca):
    form = enviado(envio=marca) if marca is not None else AvisoForm({"texto": "Buenas tardes"})
    assert antiabuso.VENCIDO in form.non_field_errors()
    assert AvisoForm({"texto": form["texto"].value(), "envio": form["envio"].value()}).is_valid()


def test_una_pagina_abierta_desde_ayer_pide_reenviar_y_recuerda_su_envio(monkeypatch):
    marca = envio_nuevo()
    despues(monkeypatch, hours=25)
    form = enviado(envio=marca)
    assert form.non_field_errors() == [antiabuso.VENCIDO]
    assert form["envio"].value() != marca
    assert enviado(envio=marca).id_de_envio == enviado(envio=marca).id_de_envio


def test_lo_que_llega_en_un_instante_se_reenvia_con_la_misma_marca(settings, monkeypatch):
    settings.SEGUNDOS_MINIMOS = 3
    form = enviado()
    assert form.non_field_errors() == [antiabuso.MUY_RAPIDO]
    despues(monkeypatch, seconds=5)
    assert AvisoForm({"texto": "Buenas tardes", "envio": form["envio"].value()}).is_valid()


def test_un_envio_ajeno_no_se_fabrica():
    marca = envio_nuevo()
    assert enviado(envio=marca).id_de_envio is not None
    assert enviado(envio=f"{'0' * 36}:{marca.split(':', 1)[1]}").id_de_envio is None


def test_el_tope_cuenta_por_direccion_y_por_algo_mas(rf):
    pedido, otra = rf.post("/"), rf.post("/", REMOTE_ADDR="203.0.113.9")
    assert [frenado(pedido, TOPE, "40123456") for _ in range(4)] == [False, False, False, True]
    assert frenado(pedido, TOPE, "40123456", suma=0)
    assert not frenado(pedido, TOPE, "40999999")
    assert not frenado(otra, TOPE, "40123456")
    with pytest.raises(ValueError, match="solo por dirección"):
        frenado(pedido, TOPE)


def test_preguntar_si_esta_frenado_no_cuenta(rf):
    assert not any(frenado(rf.post("/"), TOPE, "40123456", suma=0) for _ in range(9))


def test_pasada_la_hora_se_puede_otra_vez(rf, monkeypatch):
    pedido = rf.post("/")
    assert [frenado(pedido, TOPE, "x") for _ in range(4)][-1]
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: timezone.now().timestamp() + 3601)
    assert not frenado(pedido, TOPE, "x")


def test_la_cache_no_guarda_datos_personales(rf, monkeypatch):
    llaves = []
    monkeypatch.setattr(antiabuso.cache, "add", lambda llave, *_: llaves.append(llave))
    monkeypatch.setattr(antiabuso.cache, "incr", lambda *_: 1)
    frenado(rf.post("/"), TOPE, "40123456")
    assert "40123456" not in llaves[0]


@pytest.mark.parametrize(
    ("proxies", "anotado", "esperada"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),  # lo primero lo inventa quien pide
        (2, "6.6.6.6, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (1, "basura", "127.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_la_direccion_se_lee_de_los_proxies_propios_y_de_nadie_mas(rf, settings, proxies, anotado, esperada):
    settings.PROXIES = proxies
    assert ip_de(rf.get("/", headers={"X-Forwarded-For": anotado})) == esperada
