"""Aplicar la encuesta en línea: la sala, el correo y el cierre, sin que nada lleve de la respuesta a la persona."""

import datetime as dt
import re
from unittest.mock import patch

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from correo.models import Entrega, Envio
from custodia.models import Huella
from eventos.actions.encuesta import Hoja, MasQueParticipantes, registrar_respuestas
from eventos.actions.encuesta_en_linea import BoletaUsada, cerrar_encuesta, enviar_encuesta, no_enviar, responder
from eventos.actions.rechazos import ExpedienteCerrado, NoProcede
from eventos.actions.sala_de_encuesta import SinBoletas, abrir_sala, cerrar_sala, tomar_boleta
from eventos.boletas import boleta_de, huella_de
from eventos.encuestas import resumen_de, tabla_de
from eventos.enlaces import token_de_encuesta
from eventos.models import (
    AplicacionDeEncuesta,
    Asistencia,
    BoletaDeEncuesta,
    Calificacion,
    Expositor,
    RespuestaEncuesta,
)
from eventos.periodicas_de_encuesta import cerrar_vencidas, enviar_encuestas
from tests.fabricas import ExpositorFactory

from .ayudas import completa, con_participantes, de_hoy

pytestmark = pytest.mark.django_db
HOJA = Hoja({("general", None): 4})


@pytest.fixture
def pasada(cusco):
    return con_participantes(completa(dias=-1), 6)


@pytest.fixture
def hoy(cusco):
    """Se dicta hoy y ya empezó."""
    capacitacion = con_participantes(de_hoy(), 3)
    capacitacion.sesiones.update(hora_inicio=dt.time(0), hora_fin=dt.time(23, 59))
    return capacitacion


def boletas_de(capacitacion) -> list[str]:
    aplicacion = AplicacionDeEncuesta.objects.get(capacitacion=capacitacion)
    return [boleta_de(inscripcion, aplicacion) for inscripcion in capacitacion.inscripciones.all()]


# --- El correo ---


def test_se_envia_a_cada_participante_con_correo_y_repetirlo_no_envia_nada(pasada, asistente):
    sin_correo, sin_firma = pasada.inscripciones.all()[:2]
    type(sin_correo).objects.filter(pk=sin_correo.pk).update(correo="")
    Asistencia.objects.filter(inscripcion=sin_firma).update(esta_firmada=False)

    assert enviar_encuesta(capacitacion=pasada, por=asistente) == 4
    assert enviar_encuesta(capacitacion=pasada, por=asistente) == 0

    assert Entrega.objects.filter(envio__clave__startswith=f"capacitacion:{pasada.pk}:encuesta:").count() == 4
    assert pasada.boletas.count() == 4


def test_a_quien_firma_despues_se_le_envia_en_otro_envio(pasada, asistente):
    enviar_encuesta(capacitacion=pasada, por=asistente)
    con_participantes(pasada, 2)
    assert enviar_encuesta(capacitacion=pasada, por=asistente) == 2
    assert Envio.objects.count() == 2


def test_no_se_envia_antes_de_que_termine_ni_con_el_expediente_cerrado(asistente, cusco):
    futura = con_participantes(completa(dias=3))
    with pytest.raises(NoProcede):
        enviar_encuesta(capacitacion=futura, por=asistente)
    cerrada = con_participantes(completa(dias=-3, cerrada_en=timezone.now()))
    with pytest.raises(ExpedienteCerrado):
        enviar_encuesta(capacitacion=cerrada, por=asistente)
    assert not Envio.objects.exists()
    assert not BoletaDeEncuesta.objects.exists()


def test_si_el_correo_falla_no_queda_ninguna_boleta(pasada, asistente):
    with (
        patch("eventos.correos.poner_en_cola", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        enviar_encuesta(capacitacion=pasada, por=asistente)
    assert not BoletaDeEncuesta.objects.exists()
    assert not AplicacionDeEncuesta.objects.exists()


def test_al_dia_siguiente_sale_sola_una_vez(pasada):
    assert enviar_encuestas(a_las=dt.time(9)) == "1 encuesta por correo"
    assert enviar_encuestas(a_las=dt.time(9)) == ""
    assert pasada.boletas.count() == 6


@pytest.mark.parametrize("caso", ["informativa", "hoy", "de papel", "dijo que no", "de noche", "cancelada", "vieja"])
def test_no_sale_sola_si_no_le_toca(asistente, cusco, caso):
    cambios = {
        "informativa": {"tipo": "informativa"},
        "hoy": {"dias": 0},
        "cancelada": {"estado": "cancelada"},
        "vieja": {"dias": -20},
    }
    capacitacion = con_participantes(completa(**{"dias": -1} | cambios.get(caso, {})), 6)
    if caso == "de papel":
        registrar_respuestas(capacitacion=capacitacion, respuestas=[HOJA], por=asistente)
    if caso == "dijo que no":
        no_enviar(capacitacion=capacitacion, por=asistente)
    assert enviar_encuestas(a_las=dt.time(3 if caso == "de noche" else 9)) == ""
    assert not Envio.objects.exists()


# --- El anonimato (invariante 6) ---


def todo_lo_guardado() -> dict[str, list[tuple]]:
    """Cada tabla de la base, entera."""
    # El índice de búsqueda no guarda el texto, solo dónde está: SQLite no deja recorrerlo.
    tablas = [tabla for tabla in connection.introspection.table_names() if "_fts" not in tabla]
    with connection.cursor() as cursor:
        filas = {}
        for tabla in tablas:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(tabla)}")
            filas[tabla] = cursor.fetchall()
    return filas


def test_en_la_base_no_hay_camino_de_la_respuesta_a_la_persona(pasada, asistente):
    enviar_encuesta(capacitacion=pasada, por=asistente)
    boletas = boletas_de(pasada)
    for boleta in boletas[:3]:
        responder(boleta=boleta, hoja=Hoja({("general", None): 1}, otros_temas="Tesorería"))

    guardado = todo_lo_guardado()
    # Lo que lleva el enlace no está en ninguna parte; su resumen, solo en la tabla de boletas.
    for boleta in boletas:
        donde = {t for t, filas in guardado.items() if any(boleta in str(c) for fila in filas for c in fila)}
        resumidas = {t for t, filas in guardado.items() if any(huella_de(boleta) == c for f in filas for c in f)}
        assert donde == set()
        assert resumidas == {"eventos_boletadeencuesta"}
    # La llave de una respuesta solo está en ella y en sus calificaciones.
    for respuesta in RespuestaEncuesta.objects.all():
        formas = {str(respuesta.pk), respuesta.pk.hex}
        tablas = {t for t, filas in guardado.items() if any(str(c) in formas for fila in filas for c in fila)}
        assert tablas == {"eventos_respuestaencuesta", "eventos_calificacion"}
    # Y ninguna de las tres guarda un momento, ni la huella de quien contestó.
    for modelo in (RespuestaEncuesta, Calificacion, BoletaDeEncuesta):
        tipos = {campo.get_internal_type() for campo in modelo._meta.concrete_fields}
        assert "DateTimeField" not in tipos
    assert set(Huella.objects.filter(modelo="eventos.capacitacion").values_list("accion", flat=True)) == {
        "enviar encuesta"
    }


def test_la_respuesta_no_se_alcanza_por_ninguna_relacion_desde_la_inscripcion():
    """De modelo en modelo, sin pasar por lo que es de toda la capacitación."""
    comunes = {"capacitacion", "expositor"}
    alcanzados, pendientes = set(), [RespuestaEncuesta, BoletaDeEncuesta]
    while pendientes:
        modelo = pendientes.pop()
        if modelo in alcanzados:
            continue
        alcanzados.add(modelo)
        relaciones = [c for c in modelo._meta.get_fields() if c.is_relation and c.name not in comunes]
        pendientes += [campo.related_model for campo in relaciones]
    assert alcanzados == {RespuestaEncuesta, BoletaDeEncuesta, Calificacion}


def test_el_orden_en_que_se_guardan_no_es_el_de_llegada(cusco):
    """Ni por la llave ni por la numeración escondida de SQLite."""
    capacitacion = con_participantes(completa(dias=-1), 12)
    enviar_encuesta(capacitacion=capacitacion)
    llegada = []
    for boleta in boletas_de(capacitacion):
        antes = set(RespuestaEncuesta.objects.values_list("pk", flat=True))
        responder(boleta=boleta, hoja=HOJA)
        llegada.append(RespuestaEncuesta.objects.exclude(pk__in=antes).get().pk)
    por_calificacion = [c.respuesta_id for c in Calificacion.objects.order_by("pk")]
    assert por_calificacion != llegada
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clave FROM eventos_respuestaencuesta ORDER BY rowid")
            assert [clave for (clave,) in cursor.fetchall()] != [pk.hex for pk in llegada]
            cursor.execute("SELECT huella FROM eventos_boletadeencuesta ORDER BY rowid")
            assert [h for (h,) in cursor.fetchall()] != [huella_de(b) for b in boletas_de(capacitacion)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="solo PostgreSQL guarda la transacción de cada fila")
@pytest.mark.django_db(transaction=True)
def test_la_transaccion_que_guardo_la_respuesta_no_senala_una_boleta():
    capacitacion = con_participantes(completa(dias=-1), 6)
    enviar_encuesta(capacitacion=capacitacion)
    for boleta in boletas_de(capacitacion)[:3]:
        responder(boleta=boleta, hoja=HOJA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM eventos_boletadeencuesta")
        assert cursor.fetchone() == (1,)


def test_al_cerrar_se_borra_la_sal_y_nadie_puede_rehacer_las_boletas(pasada, asistente):
    enviar_encuesta(capacitacion=pasada, por=asistente)
    boletas = boletas_de(pasada)
    responder(boleta=boletas[0], hoja=HOJA)
    cerrar_encuesta(capacitacion=pasada, por=asistente)
    cerrar_encuesta(capacitacion=pasada, por=asistente)

    assert AplicacionDeEncuesta.objects.get().sal == ""
    assert not set(boletas_de(pasada)) & set(boletas)
    assert pasada.boletas.count() == 1  # solo queda que se usó una
    assert Huella.objects.filter(accion="cerrar encuesta en línea").count() == 1
    with pytest.raises(NoProcede):
        responder(boleta=boletas[1], hoja=HOJA)


def test_vencido_el_plazo_se_cierra_sola(pasada, asistente):
    enviar_encuesta(capacitacion=pasada, por=asistente)
    boleta = boletas_de(pasada)[0]
    assert cerrar_vencidas() == ""
    hace_ocho = timezone.now() - dt.timedelta(days=8)
    AplicacionDeEncuesta.objects.update(enviada_en=hace_ocho)
    type(pasada).objects.update(fecha_fin=timezone.localdate(hace_ocho))
    with pytest.raises(NoProcede):
        responder(boleta=boleta, hoja=HOJA)
    assert cerrar_vencidas() == "1 encuesta cerrada"
    assert AplicacionDeEncuesta.objects.get().cerrada_en


# --- Contestar ---


def test_una_boleta_sirve_una_vez_y_si_la_respuesta_falla_no_se_gasta(pasada, asistente):
    enviar_encuesta(capacitacion=pasada, por=asistente)
    boleta = boletas_de(pasada)[0]
    with (
        patch("eventos.actions.encuesta.Calificacion.objects.bulk_create", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        responder(boleta=boleta, hoja=HOJA)
    assert not RespuestaEncuesta.objects.exists()
    responder(boleta=boleta, hoja=HOJA)
    with pytest.raises(BoletaUsada):
        responder(boleta=boleta, hoja=HOJA)
    assert RespuestaEncuesta.objects.get().canal == "web"


def test_nunca_hay_mas_encuestas_que_participantes(pasada, asistente):
    registrar_respuestas(capacitacion=pasada, respuestas=[HOJA] * 5, por=asistente)
    enviar_encuesta(capacitacion=pasada, por=asistente)
    una, otra = boletas_de(pasada)[:2]
    responder(boleta=una, hoja=HOJA)
    with pytest.raises(MasQueParticipantes):
        responder(boleta=otra, hoja=HOJA)
    with pytest.raises(MasQueParticipantes):
        registrar_respuestas(capacitacion=pasada, respuestas=[HOJA], por=asistente)
    assert RespuestaEncuesta.objects.count() == 6
    assert BoletaDeEncuesta.objects.filter(esta_usada=True).count() == 1


def test_digitar_de_mas_lo_dice_y_conserva_lo_escrito(cliente, pasada):
    datos = {"lote": "6f1c1d3e-6a44-4a0e-9d55-1f2f3c4d5e6f", "hojas-TOTAL_FORMS": 7, "hojas-INITIAL_FORMS": 0}
    datos |= {f"hojas-{n}-general": "3" for n in range(7)}
    texto = cliente.post(reverse("eventos_intranet:encuestas", args=[pasada.pk]), datos).content.decode()
    assert "No puede haber más encuestas que participantes" in texto
    assert texto.count('value="3"') >= 7
    assert not RespuestaEncuesta.objects.exists()


# --- La sala ---


def test_la_sala_da_tantas_boletas_como_firmaron(hoy, asistente):
    aplicacion = abrir_sala(capacitacion=hoy, por=asistente)
    boletas = {tomar_boleta(clave=aplicacion.clave) for _ in range(3)}
    assert len(boletas) == 3
    with pytest.raises(SinBoletas):
        tomar_boleta(clave=aplicacion.clave)


def test_las_hojas_de_papel_tambien_ocupan_su_lugar(hoy, asistente):
    registrar_respuestas(capacitacion=hoy, respuestas=[HOJA] * 2, por=asistente)
    aplicacion = abrir_sala(capacitacion=hoy, por=asistente)
    tomar_boleta(clave=aplicacion.clave)
    with pytest.raises(SinBoletas):
        tomar_boleta(clave=aplicacion.clave)


def test_cerrar_y_abrir_de_nuevo_anula_las_que_alguien_acaparo(hoy, asistente):
    primera = abrir_sala(capacitacion=hoy, por=asistente)
    usada, *acaparadas = [tomar_boleta(clave=primera.clave) for _ in range(3)]
    responder(boleta=usada, hoja=HOJA)
    cerrar_sala(capacitacion=hoy, por=asistente)
    with pytest.raises(NoProcede):
        tomar_boleta(clave=primera.clave)
    segunda = abrir_sala(capacitacion=hoy, por=asistente)
    assert segunda.clave != primera.clave
    assert abrir_sala(capacitacion=hoy, por=asistente).clave == segunda.clave
    for boleta in acaparadas:
        with pytest.raises(NoProcede):
            responder(boleta=boleta, hoja=HOJA)
    assert tomar_boleta(clave=segunda.clave)
    assert tomar_boleta(clave=segunda.clave)


def test_la_pantalla_de_la_sala_muestra_el_qr_y_cuantos_contestaron(cliente, hoy):
    pantalla = reverse("eventos_intranet:encuesta-sala", args=[hoy.pk])
    assert "Abrir la sala" in cliente.get(pantalla).content.decode()
    assert not AplicacionDeEncuesta.objects.exists()  # un GET no cambia nada
    cliente.post(reverse("eventos_intranet:encuesta-sala-abrir", args=[hoy.pk]))
    texto = cliente.get(pantalla).content.decode()
    clave = AplicacionDeEncuesta.objects.get().clave
    assert f"/e/{clave}" in texto
    assert "<svg" in texto
    assert re.search(r"<strong>0</strong> de 3 contestaron", texto)
    cliente.post(reverse("eventos_intranet:encuesta-sala-cerrar", args=[hoy.pk]))
    assert f"/e/{clave}" not in cliente.get(pantalla).content.decode()


def test_no_se_abre_antes_de_que_empiece_ni_en_la_informativa(cliente, asistente, cusco):
    futura = completa(dias=3)
    with pytest.raises(NoProcede):
        abrir_sala(capacitacion=futura, por=asistente)
    informativa = con_participantes(completa(dias=-1, tipo="informativa"))
    with pytest.raises(NoProcede):
        abrir_sala(capacitacion=informativa, por=asistente)
    respuesta = cliente.post(reverse("eventos_intranet:encuesta-enviar", args=[informativa.pk]))
    assert respuesta.status_code == 403
    assert not AplicacionDeEncuesta.objects.exists()


# --- Resultados ---


def test_mientras_se_contesta_en_linea_no_hay_resultados_que_comparar(pasada, asistente):
    registrar_respuestas(capacitacion=pasada, respuestas=[HOJA] * 5, por=asistente)
    assert resumen_de(pasada).se_desglosa
    enviar_encuesta(capacitacion=pasada, por=asistente)
    assert not resumen_de(pasada).se_desglosa
    assert tabla_de(resumen_de(pasada))[1] == []
    cerrar_encuesta(capacitacion=pasada, por=asistente)
    assert resumen_de(pasada).se_desglosa


def test_un_canal_con_menos_de_cinco_no_se_dice(cusco, asistente):
    capacitacion = con_participantes(completa(dias=-1), 12)
    registrar_respuestas(capacitacion=capacitacion, respuestas=[HOJA] * 5, por=asistente)
    enviar_encuesta(capacitacion=capacitacion, por=asistente)
    boletas = boletas_de(capacitacion)
    for boleta in boletas[:4]:
        responder(boleta=boleta, hoja=HOJA)
    assert resumen_de(capacitacion).canales == []
    responder(boleta=boletas[4], hoja=HOJA)
    assert resumen_de(capacitacion).canales == [("Papel", 5), ("Web", 5)]


def test_un_expositor_con_pocas_notas_no_se_saca_por_diferencia(cusco, asistente):
    """No hay promedio de todos los expositores, y el de una sección con un hueco no se dice."""
    capacitacion = con_participantes(completa(dias=-1), 10)
    primero, otro = capacitacion.expositores.get(), ExpositorFactory(capacitacion=capacitacion)
    assert isinstance(otro, Expositor)
    completas = [Hoja({("dudas", primero.pk): 4, ("metodo", primero.pk): 3}) for _ in range(6)]
    pocas = [Hoja({("dudas", otro.pk): 1}) for _ in range(4)]
    registrar_respuestas(capacitacion=capacitacion, respuestas=[*completas, *pocas], por=asistente)
    resumen = resumen_de(capacitacion)
    del_otro = next(grupo for grupo in resumen.grupos if grupo.titulo.endswith(otro.nombre))
    assert del_otro.promedio is None
    assert all(fila.promedio is None and not fila.distribucion for fila in del_otro.filas)
    fila = next(f for f in tabla_de(resumen)[1] if f[0].endswith(otro.nombre) and f[1].startswith("El expositor"))
    assert fila[3:] == [None] * 5


def test_los_resultados_se_exportan_sin_formulas(cliente, pasada, asistente):
    hojas = [Hoja({("general", None): 4}, recomendaciones="=HYPERLINK(1)") for _ in range(5)]
    registrar_respuestas(capacitacion=pasada, respuestas=hojas, por=asistente)
    texto = cliente.get(reverse("eventos_intranet:encuesta-csv", args=[pasada.pk])).content.decode("utf-8-sig")
    assert "General,Satisfacción general con el evento,5,4.0,0,0,0,5" in texto
    assert "'=HYPERLINK" in texto


POSTS = ["sala-abrir", "sala-cerrar", "enviar", "no-enviar", "cerrar"]


@pytest.mark.parametrize("nombre", POSTS)
def test_lo_de_otro_centro_no_existe_y_un_get_no_hace_nada(cliente, arequipa, hoy, nombre):
    ajena = completa(dias=-1, centro=arequipa)
    ruta = f"eventos_intranet:encuesta-{nombre}"
    assert cliente.post(reverse(ruta, args=[ajena.pk])).status_code == 404
    assert cliente.get(reverse(ruta, args=[hoy.pk])).status_code == 405
    assert not AplicacionDeEncuesta.objects.exists()


def test_el_enlace_del_correo_no_es_la_boleta(pasada, asistente):
    enviar_encuesta(capacitacion=pasada, por=asistente)
    entrega = Entrega.objects.first()
    inscripcion = pasada.inscripciones.get(pk=entrega.clave.partition(":")[2])
    assert entrega.url_baja.endswith(f"/encuesta/personal/{token_de_encuesta(inscripcion)}/")
    assert "%URL_BAJA%" in entrega.envio.texto
    assert "anónima" in entrega.envio.texto
