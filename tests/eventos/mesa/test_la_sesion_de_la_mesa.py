"""La sesión propia de una mesa: quién la abre, qué alcanza su aparato y cuándo deja de poder (ADR 0014)."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from eventos.actions import mesa as acciones
from eventos.actions.mesa import (
    MARGEN,
    ClaveGastada,
    FueraDeFecha,
    SinPuerta,
    abrir_mesa,
    cerrar_mesa,
    resumir,
    usar_mesa,
)
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.mesa.sesion import GALLETA
from eventos.models import Asistencia, Capacitacion, Mesa
from organizacion.models import Rol
from tests import personas
from tests.eventos.intranet.ayudas import completa
from tests.fabricas import InscripcionFactory

from .aparato import Aparato, de_todo_el_dia, operacion

pytestmark = pytest.mark.django_db


# --- Abrirla ---


def test_se_abre_en_el_panel_y_muestra_un_codigo_de_un_solo_uso(client, asistente, capacitacion):
    client.force_login(asistente)
    panel = client.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).text
    lista = reverse("eventos_intranet:mesas", args=[capacitacion.pk])
    assert lista in panel

    pagina = client.post(lista, {"nombre": "Puerta  principal"}, follow=True)

    mesa = Mesa.objects.get()
    assert mesa.nombre == "Puerta principal"
    clave = mesa.clave_de_apertura
    assert f"{clave[:4]}-{clave[4:8]}-{clave[8:]}" in pagina.text
    assert "<svg" in pagina.text
    assert "no-store" in pagina["Cache-Control"]
    assert mesa.vence_en == capacitacion.termina_en + MARGEN
    assert Huella.objects.filter(accion="abrir mesa", usuario=asistente).exists()
    assert "Mesas (1 abierta)" in client.get(reverse("eventos_intranet:panel", args=[capacitacion.pk])).text


def test_ver_el_codigo_no_lo_gasta_y_abrir_si(mesa):
    aparato = Aparato(mesa, abrir=False)
    url = f"/mesa/abrir/{mesa.clave_de_apertura}/"
    for _ in range(2):
        assert "Abrir en este aparato" in aparato.client.get(url).text
    assert GALLETA not in aparato.client.cookies

    assert aparato.client.post(url).status_code == 302

    galleta = aparato.client.cookies[GALLETA]
    assert galleta["path"] == "/mesa/"
    assert galleta["httponly"]
    assert galleta["samesite"] == "Lax"
    assert aparato.ver().status_code == 200
    otro = Aparato(mesa, abrir=False)
    assert otro.client.get(url).status_code == 410
    assert otro.client.post(url).status_code == 410
    assert otro.ver().status_code == 404


def test_en_produccion_la_cookie_solo_viaja_por_https(mesa, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert Aparato(mesa).client.cookies[GALLETA]["secure"]


def test_en_la_base_solo_queda_el_resumen_de_la_clave(mesa):
    aparato = Aparato(mesa)
    clave = aparato.client.cookies[GALLETA].value.rsplit(":", 2)[0]
    mesa.refresh_from_db()
    assert mesa.clave_sha256 == resumir(clave)
    assert clave not in [str(valor) for valor in Mesa.objects.values_list().get()]


def test_la_clave_que_el_aparato_traia_no_sirve(mesa, capacitacion, asistente):
    """Fijación: quien dejó su cookie en el aparato no comparte la mesa que se abre después."""
    aparato = Aparato(mesa)
    de_antes = aparato.client.cookies[GALLETA].value
    segunda = abrir_mesa(capacitacion=capacitacion, nombre="Otra", por=asistente)
    aparato.client.post(f"/mesa/abrir/{segunda.clave_de_apertura}/")
    assert aparato.client.cookies[GALLETA].value != de_antes
    intruso = Aparato(segunda, abrir=False)
    intruso.client.cookies[GALLETA] = de_antes
    assert intruso.ver().status_code == 404


def test_el_codigo_vence_en_una_hora(mesa):
    Mesa.objects.update(abierta_en=timezone.now() - acciones.PARA_ABRIRLA)
    with pytest.raises(ClaveGastada):
        usar_mesa(clave_de_apertura=mesa.clave_de_apertura)
    assert Mesa.objects.get().usada_en is None


def test_abrirla_dos_veces_sin_usarla_da_la_misma(capacitacion, asistente, mesa):
    assert abrir_mesa(capacitacion=capacitacion, nombre=mesa.nombre, por=asistente) == mesa
    assert Huella.objects.filter(accion="abrir mesa").count() == 1


def test_el_codigo_se_escribe_como_se_dicta(client, mesa):
    clave = mesa.clave_de_apertura
    dictado = f" {clave[:4].lower()}-{clave[4:8].lower()} {clave[8:].lower()}"
    respuesta = client.get("/mesa/", {"codigo": dictado})
    assert respuesta.url == f"/mesa/abrir/{clave}/"


@pytest.mark.parametrize("malo", ["", "á", "x" * 41, "a\x00b"])
def test_un_codigo_mal_escrito_se_explica(client, db, malo):
    respuesta = client.get("/mesa/", {"codigo": malo})
    assert respuesta.status_code == 200
    assert "errorlist" in respuesta.text


@pytest.mark.parametrize(
    ("cambios", "error"),
    [
        ({"dias": 2}, FueraDeFecha),
        ({"dias": -1}, FueraDeFecha),
        ({"estado": "borrador"}, FueraDeFecha),
        ({"modalidad": "virtual"}, SinPuerta),
        ({"cerrada_en": timezone.now()}, ExpedienteCerrado),
    ],
)
def test_cuando_no_se_abre_no_queda_nada(cusco, asistente, cambios, error):
    capacitacion = completa(**{"dias": 0} | cambios)
    with pytest.raises(error):
        abrir_mesa(capacitacion=capacitacion, nombre="Puerta", por=asistente)
    assert not Mesa.objects.exists()
    assert not Huella.objects.exists()


def test_la_vispera_ya_se_puede_dejar_lista(cusco, asistente):
    assert abrir_mesa(capacitacion=completa(dias=1), nombre="Puerta", por=asistente).esta_abierta()


@pytest.mark.parametrize("nombre", ["mesas", "mesa", "mesa-cerrar"])
def test_lo_de_otro_centro_no_existe(client, mesa, nombre):
    client.force_login(personas.coordinador_de_arequipa())
    llave = mesa.capacitacion_id if nombre == "mesas" else mesa.pk
    assert client.post(reverse(f"eventos_intranet:{nombre}", args=[llave])).status_code == 404
    mesa.refresh_from_db()
    assert mesa.esta_abierta()


def test_quien_solo_mira_no_abre_ni_cierra(client, mesa, cusco):
    client.force_login(personas.con_rol("administrativo", Rol.COORDINADOR_ADMINISTRATIVO, centro=cusco))
    for nombre, llave in (("mesas", mesa.capacitacion_id), ("mesa", mesa.pk), ("mesa-cerrar", mesa.pk)):
        assert client.post(reverse(f"eventos_intranet:{nombre}", args=[llave])).status_code == 403
    assert Mesa.objects.abiertas().count() == 1


# --- Lo que alcanza ---


def test_no_alcanza_nada_de_la_intranet(aparato, capacitacion):
    for url in (
        reverse("eventos_intranet:panel", args=[capacitacion.pk]),
        reverse("eventos_intranet:asistencia", args=[capacitacion.pk]),
        reverse("wagtailadmin_home"),
    ):
        assert "/acceso/entrar/" in aparato.client.get(url).url
    assert settings.SESSION_COOKIE_NAME not in aparato.client.cookies


def test_la_mesa_de_otra_capacitacion_no_existe(aparato, asistente):
    otra = abrir_mesa(capacitacion=de_todo_el_dia(titulo="Tesorería"), nombre="Otra", por=asistente)
    for parte in ("", "datos.json"):
        assert aparato.ver(parte, mesa=otra).status_code == 404
    assert aparato.enviar(mesa=otra).status_code == 404
    assert aparato.client.post(f"/mesa/{otra.pk}/cerrar/").status_code == 404
    otra.refresh_from_db()
    assert otra.cerrada_en is None


def test_no_marca_a_nadie_de_otra_capacitacion(aparato, sesion):
    ajena = InscripcionFactory(capacitacion=de_todo_el_dia(titulo="Tesorería"))
    en_otra = ajena.capacitacion.sesiones.get()
    resultados = aparato.hacer(operacion(sesion=sesion, de=ajena), operacion(sesion=en_otra, de=ajena))
    assert [resultado["codigo"] for resultado in resultados] == ["persona", "sesion"]
    assert not Asistencia.objects.exists()


def test_una_cookie_inventada_no_abre_nada(mesa):
    aparato = Aparato(mesa, abrir=False)
    for valor in ("", "x", mesa.clave_sha256, f"{mesa.clave_sha256}:x:y"):
        aparato.client.cookies[GALLETA] = valor
        assert aparato.ver("datos.json").status_code == 404


def test_nadie_guarda_sus_paginas_y_solo_cargan_lo_nuestro(aparato):
    for parte in ("", "datos.json"):
        respuesta = aparato.ver(parte)
        assert "no-store" in respuesta["Cache-Control"]
        assert "private" in respuesta["Cache-Control"]
        politica = respuesta["Content-Security-Policy"]
        assert "default-src 'none'" in politica
        assert "script-src 'self'" in politica
        assert "unsafe" not in politica
        assert respuesta["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'none'" in politica


def test_la_lista_no_lleva_documentos_correos_ni_telefonos(aparato, capacitacion):
    inscripcion = InscripcionFactory(capacitacion=capacitacion, correo="secreto@muni.example")
    datos = aparato.ver("datos.json")
    assert datos.json()["personas"][0]["documento"] == f"****{inscripcion.persona.numero_documento[-4:]}"
    for privado in (inscripcion.persona.numero_documento, inscripcion.correo, inscripcion.telefono):
        assert privado not in datos.text
    assert inscripcion.apellidos not in aparato.ver().text, "el marco que se guarda sin red no lleva a nadie"


def test_sin_su_marca_de_csrf_no_se_registra_nada(mesa, sesion):
    aparato = Aparato(mesa, abrir=False, enforce_csrf_checks=True)
    assert aparato.client.post(f"/mesa/abrir/{mesa.clave_de_apertura}/").status_code == 403
    mesa.refresh_from_db()
    assert mesa.usada_en is None


# --- Cuando deja de poder ---


def test_cerrada_por_el_personal_deja_de_poder(client, asistente, aparato, mesa, sesion):
    inscripcion = InscripcionFactory(capacitacion=mesa.capacitacion)
    client.force_login(asistente)
    client.post(reverse("eventos_intranet:mesa-cerrar", args=[mesa.pk]))

    assert aparato.ver().status_code == 403
    assert "Esta mesa se cerró." in aparato.ver().text
    assert aparato.ver("datos.json").json()["error"] == "cerrada"
    respuesta = aparato.enviar(operacion(sesion=sesion, de=inscripcion))
    assert (respuesta.status_code, respuesta.json()["resultados"]) == (403, [])
    assert not Asistencia.objects.exists()
    assert Huella.objects.filter(accion="cerrar mesa", usuario=asistente).count() == 1


def test_vencida_deja_de_poder_y_lo_dice(aparato, mesa, sesion):
    Mesa.objects.update(vence_en=timezone.now() - dt.timedelta(seconds=1))
    respuesta = aparato.enviar(operacion(sesion=sesion, de=InscripcionFactory(capacitacion=mesa.capacitacion)))
    assert (respuesta.status_code, respuesta.json()["error"]) == (403, "vencida")
    assert not Asistencia.objects.exists()


@pytest.mark.parametrize("como", ["cuenta", "rol"])
def test_si_quien_la_abrio_ya_no_puede_la_mesa_tampoco(aparato, asistente, como):
    if como == "cuenta":
        type(asistente).objects.update(is_active=False)
    else:
        ayer = timezone.localdate() - dt.timedelta(days=1)
        asistente.asignaciones.update(desde=ayer, hasta=ayer)
        asistente.groups.clear()
    assert aparato.ver("datos.json").status_code == 403


def test_la_que_cierra_el_aparato_sabe_que_llego_a_enviar(aparato, mesa, sesion):
    """La respuesta se perdió y la mesa se cerró: lo que sí llegó no se pasa otra vez a mano."""
    marca = operacion(sesion=sesion, de=InscripcionFactory(capacitacion=mesa.capacitacion))
    aparato.hacer(marca)
    aparato.client.post(aparato.url("cerrar/"))
    otra = operacion(sesion=sesion, de=InscripcionFactory(capacitacion=mesa.capacitacion))
    respuesta = aparato.enviar(marca, otra)
    assert [r["numero"] for r in respuesta.json()["resultados"]] == [marca["numero"]]
    assert Asistencia.objects.count() == 1


def test_cerrarla_otra_vez_no_cambia_nada(mesa, asistente):
    primera = cerrar_mesa(mesa=mesa, por=asistente).cerrada_en
    assert cerrar_mesa(mesa=mesa).cerrada_en == primera
    assert Huella.objects.filter(accion="cerrar mesa").count() == 1


def test_cancelada_la_capacitacion_no_se_marca(aparato, mesa, sesion):
    Capacitacion.objects.update(estado=Capacitacion.Estado.CANCELADA)
    respuesta = aparato.enviar(operacion(sesion=sesion, de=InscripcionFactory(capacitacion=mesa.capacitacion)))
    assert respuesta.status_code == 403
    assert "se canceló" in respuesta.json()["mensaje"]
    assert not Asistencia.objects.exists()
