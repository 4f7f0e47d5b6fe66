"""Reglas de los Lineamientos sobre capacitación que ninguna otra prueba muestra (docs/reglas/capacitacion.md)."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError
from django.template.loader import render_to_string
from django.urls import get_resolver, reverse

from eventos.actions.asistencia import marcar_asistencias
from eventos.actions.capacitacion import FaltaParaPublicar, publicar
from eventos.actions.encuesta import Hoja, registrar_respuestas
from eventos.actions.interes import registrar_interes
from eventos.cifras import Cifras, cifras_de
from eventos.models import ActividadPrograma, Capacitacion, Expositor
from tests import personas
from tests.eventos.intranet.ayudas import HOY, completa, con_participantes, de_hoy, dentro_de
from tests.fabricas import CapacitacionFactory, InscripcionFactory, SesionFactory

pytestmark = pytest.mark.django_db
EN_LA_PUERTA = {
    "tipo_documento": "dni",
    "numero_documento": "40123456",
    "nombres": "Rosa",
    "apellidos": "Quispe",
    "correo": "",
    "telefono": "984123456",
    "entidad_texto": "Municipalidad de Wanchaq",
}


@pytest.fixture
def asistente():
    return personas.asistente_de_cusco()


def test_r57_la_informativa_no_lleva_encuesta_pero_si_registro_de_participantes(asistente):
    capacitacion = de_hoy(tipo=Capacitacion.Tipo.INFORMATIVA)
    inscrita = InscripcionFactory(capacitacion=capacitacion)
    marcar_asistencias(sesion=capacitacion.sesiones.get(), firmaron={inscrita.pk}, por=asistente)
    assert not capacitacion.lleva_encuesta
    assert cifras_de(capacitacion) == Cifras(participantes=1, asistencias=1)


@pytest.mark.parametrize("tipo", [Capacitacion.Tipo.BASICA, Capacitacion.Tipo.ESPECIALIZADA])
def test_r87_la_basica_y_la_especializada_llevan_encuesta(asistente, tipo):
    capacitacion = con_participantes(completa(tipo=tipo, dias=-2), 1)
    hojas = [Hoja({("general", None): 4})]
    assert registrar_respuestas(capacitacion=capacitacion, respuestas=hojas, por=asistente) == 1


def test_r59_ni_la_base_de_datos_abre_a_la_ciudadania_sin_decir_quien_lo_pidio():
    with pytest.raises(IntegrityError):
        CapacitacionFactory(abierta_a_ciudadania=True, apertura_pedida_por="")


@pytest.mark.parametrize("organizador", Capacitacion.Organizador.values)
def test_r61_es_gratuita_la_organice_quien_la_organice(client, cusco, organizador):
    curso = CapacitacionFactory(centro=cusco, organizador=organizador, organizador_nombre="Universidad de prueba")
    assert "Es gratuita." in client.get(curso.get_absolute_url()).text


def test_r61_no_hay_donde_guardar_un_precio():
    campos = {campo.name for modelo in apps.get_app_config("eventos").get_models() for campo in modelo._meta.fields}
    assert "cupos" in campos
    assert not [c for c in campos if any(p in c for p in ("precio", "costo", "monto", "tarifa", "pago"))]


def test_r62_lo_que_organiza_la_sede_esta_en_el_programa_de_cada_centro(client, cusco, arequipa):
    CapacitacionFactory(titulo="De la sede", centro=None, organizador=Capacitacion.Organizador.SEDE)
    CapacitacionFactory(titulo="Solo de Arequipa", centro=arequipa)
    assert "De la sede" in client.get("/capacitaciones/?centro=arequipa").text
    en_cusco = client.get("/capacitaciones/?centro=cusco").text
    assert "De la sede" in en_cusco
    assert "Solo de Arequipa" not in en_cusco


def test_r62_solo_la_sede_programa_sin_centro():
    with pytest.raises(IntegrityError):
        CapacitacionFactory(centro=None, organizador=Capacitacion.Organizador.CENTRO)


def test_r71_sin_temas_no_se_publica_y_las_actividades_del_programa_valen_como_temas(asistente):
    capacitacion = completa(estado=Capacitacion.Estado.BORRADOR)
    Expositor.objects.update(tema="")
    with pytest.raises(FaltaParaPublicar, match="temas"):
        publicar(capacitacion=capacitacion, por=asistente)
    sesion = capacitacion.sesiones.get()
    ActividadPrograma.objects.create(sesion=sesion, hora_inicio="09:00", hora_fin="10:00", actividad="Devengado")
    assert publicar(capacitacion=capacitacion, por=asistente).esta_publicada


def test_r80_manana_y_tarde_son_dos_firmas(asistente):
    capacitacion = de_hoy()
    manana = capacitacion.sesiones.get()
    tarde = SesionFactory(capacitacion=capacitacion, fecha=HOY(), hora_inicio="14:30", hora_fin="17:30")
    inscrita = InscripcionFactory(capacitacion=capacitacion)
    marcar_asistencias(sesion=manana, firmaron={inscrita.pk}, por=asistente)
    assert cifras_de(capacitacion).asistencias == 1
    marcar_asistencias(sesion=tarde, firmaron={inscrita.pk}, por=asistente)
    assert cifras_de(capacitacion) == Cifras(participantes=1, asistencias=2)


def test_r81_en_dos_dias_se_firma_cada_dia(asistente):
    capacitacion = CapacitacionFactory(sesiones=False, dias=-1)
    dias = [SesionFactory(capacitacion=capacitacion, fecha=dentro_de(dia)) for dia in (-1, 0)]
    inscrita = InscripcionFactory(capacitacion=capacitacion)
    for dia in dias:
        marcar_asistencias(sesion=dia, firmaron={inscrita.pk}, por=asistente)
    assert cifras_de(capacitacion) == Cifras(participantes=1, asistencias=2)


def test_r82_quien_aviso_por_telefono_esta_en_el_registro_de_participantes(client, asistente):
    capacitacion = completa()
    registrar_interes(capacitacion=capacitacion, datos=EN_LA_PUERTA, canal="telefono", por=asistente)
    inscrita = capacitacion.inscripciones.get()
    assert (inscrita.canal, inscrita.estado) == ("telefono", "confirmada")
    client.force_login(asistente)
    assert "Quispe" in client.get(reverse("eventos_intranet:asistencia", args=[capacitacion.pk])).text


def test_r84_sin_firma_no_cuenta(asistente):
    capacitacion = de_hoy()
    firmo, no_firmo = (InscripcionFactory(capacitacion=capacitacion) for _ in range(2))
    sesion = capacitacion.sesiones.get()
    marcar_asistencias(sesion=sesion, firmaron={firmo.pk, no_firmo.pk}, por=asistente)
    marcar_asistencias(sesion=sesion, firmaron={firmo.pk}, no_firmaron={no_firmo.pk}, por=asistente)
    assert no_firmo.asistencias.exists()
    assert cifras_de(capacitacion) == Cifras(participantes=1, asistencias=1)


def direcciones(resolver):
    for ruta in resolver.url_patterns:
        yield str(ruta.pattern)
        if hasattr(ruta, "url_patterns"):
            yield from direcciones(ruta)


def test_r98_no_hay_plantilla_ni_direccion_para_emitir_una_constancia():
    plantillas = [ruta.name for ruta in Path(settings.BASE_DIR, "templates").rglob("*") if ruta.is_file()]
    rutas = list(direcciones(get_resolver()))
    assert "capacitaciones/<int:pk>/anexo6.pdf" in rutas
    assert "anexo6.html" in plantillas
    assert not [n for n in [*plantillas, *rutas] if "constancia" in n.lower() or "certificad" in n.lower()]


@pytest.mark.parametrize("plantilla", ["eventos/_ficha_detalle.html", "eventos/_que_llevar.html"])
def test_r98_el_portal_dice_que_no_se_entregan_constancias(plantilla, cusco):
    texto = render_to_string(plantilla, {"capacitacion": CapacitacionFactory(centro=cusco)})
    assert re.search("No (se entregan|entregamos) constancias ni certificados", texto)
