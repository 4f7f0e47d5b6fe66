"""Programar y editar una capacitación con sus sesiones y expositores."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse

from correo.models import Entrega, Envio
from eventos.actions.capacitacion import CambioDeCentro, guardar_capacitacion, publicar
from eventos.actions.filas import Filas
from eventos.models import ActividadPrograma, Calificacion, Capacitacion, Expositor, RespuestaEncuesta, Sesion
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    DistritoFactory,
    InscripcionFactory,
    PersonalFactory,
    SesionFactory,
)

from .ayudas import completa, datos_de_capacitacion, de_hoy, dentro_de, edicion_de, filas

pytestmark = pytest.mark.django_db
NUEVA = "/intranet/capacitaciones/nueva/"


def editar(capacitacion):
    return reverse("eventos_intranet:editar", args=[capacitacion.pk])


def test_se_programa_con_sesiones_y_expositores(cliente, asistente, cusco):
    respuesta = cliente.post(NUEVA, datos_de_capacitacion())

    capacitacion = Capacitacion.objects.get()
    assert respuesta.url == reverse("eventos_intranet:panel", args=[capacitacion.pk])
    assert capacitacion.centro == cusco
    assert capacitacion.estado == Capacitacion.Estado.BORRADOR
    assert capacitacion.creada_por == asistente
    assert capacitacion.fecha_inicio == capacitacion.fecha_fin == dentro_de(7)
    assert capacitacion.slug == f"cierre-contable-{dentro_de(7):%Y-%m-%d}"
    assert capacitacion.expositores.get().nombre == "Julia Huamán"


def test_se_dice_en_que_distrito_es_y_como_llegar(cliente, cusco):
    pisac = DistritoFactory(ubigeo="080104", nombre="Pisac")
    cliente.post(NUEVA, datos_de_capacitacion(distrito=pisac.pk, como_llegar="Segunda puerta"))
    capacitacion = Capacitacion.objects.get()
    assert (capacitacion.distrito, capacitacion.como_llegar) == (pisac, "Segunda puerta")
    assert capacitacion.donde == "Auditorio, Pisac"


def test_las_filas_en_blanco_no_cuentan_aunque_traigan_el_horario_habitual(cliente):
    sesiones = [
        {"fecha": dentro_de(7).isoformat(), "hora_inicio": "09:00", "hora_fin": "13:00"},
        {"fecha": "", "hora_inicio": "14:30", "hora_fin": "17:30"},
    ]
    cliente.post(NUEVA, datos_de_capacitacion(**filas("sesiones", sesiones)))
    assert Sesion.objects.count() == 1


def test_dos_iguales_el_mismo_dia_tienen_direcciones_distintas(cliente):
    cliente.post(NUEVA, datos_de_capacitacion())
    cliente.post(NUEVA, datos_de_capacitacion())
    assert len(set(Capacitacion.objects.values_list("slug", flat=True))) == 2


@pytest.mark.parametrize("titulo", ["Inscripciones", "RSS", "¿¡!?"])
def test_ninguna_toma_una_direccion_del_portal(cliente, titulo):
    cliente.post(NUEVA, datos_de_capacitacion(titulo=titulo, **filas("sesiones", [])))
    slug = Capacitacion.objects.get().slug
    assert slug
    assert slug not in {"inscripciones", "rss"}


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"titulo": ""}, "obligatorio"),
        ({"cupos": "0"}, "1"),
        ({"cupos": "muchos"}, "entero"),
        ({"inscripcion_cierra_en": "9999-12-31T23:59"}, "año"),
        ({"origen": "demanda"}, "R94"),
        ({"abierta_a_ciudadania": "on"}, "R59"),
        ({"organizador": "otra"}, "entidad que organiza"),
        ({"sistemas": ["9999"]}, "válid"),
        ({"titulo": "a\x00b"}, "nul"),
        ({"sesiones-TOTAL_FORMS": "muchas"}, "ManagementForm"),
        ({"sesiones-TOTAL_FORMS": "100000"}, "60"),
        ({"sesiones-0-fecha": "9999-12-31"}, "año"),
        ({"sesiones-0-fecha": "31/02/2027"}, "válida"),
        ({"sesiones-0-hora_fin": "08:00"}, "posterior"),
        ({"expositores-0-nombre": "", "expositores-0-tema": "Cierre"}, "escriba el nombre"),
    ],
)
def test_un_dato_malo_se_explica_y_no_guarda_nada(cliente, cambios, mensaje):
    respuesta = cliente.post(NUEVA, datos_de_capacitacion(**cambios))
    texto = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert mensaje in texto
    assert "Cerrar el mes sin observaciones." in texto  # lo escrito se conserva
    assert not Capacitacion.objects.exists()
    assert not Sesion.objects.exists()


def test_dos_sesiones_que_se_cruzan_no_se_guardan(cliente):
    dia = dentro_de(7).isoformat()
    sesiones = [
        {"fecha": dia, "hora_inicio": "09:00", "hora_fin": "13:00"},
        {"fecha": dia, "hora_inicio": "12:00", "hora_fin": "17:00"},
    ]
    respuesta = cliente.post(NUEVA, datos_de_capacitacion(**filas("sesiones", sesiones)))
    assert "Se cruza" in respuesta.content.decode()
    assert not Capacitacion.objects.exists()


def test_no_se_programa_en_otro_centro(cliente, arequipa):
    respuesta = cliente.post(NUEVA, datos_de_capacitacion(centro=arequipa.pk))
    assert respuesta.status_code == 200
    assert not Capacitacion.objects.exists()


def test_un_post_que_la_lleva_a_otro_centro_se_rechaza(client, ogauc, arequipa):
    client.force_login(ogauc)
    capacitacion = completa()
    respuesta = client.post(editar(capacitacion), edicion_de(capacitacion, centro=arequipa.pk))
    assert "no cambia de centro" in respuesta.content.decode()
    capacitacion.refresh_from_db()
    assert capacitacion.centro.nombre == "Cusco"


def test_la_accion_tambien_rechaza_el_cambio_de_centro(asistente, arequipa):
    capacitacion = completa()
    capacitacion.centro = arequipa
    with pytest.raises(CambioDeCentro):
        guardar_capacitacion(
            capacitacion=capacitacion, sistemas=[], sesiones=Filas(), expositores=Filas(), por=asistente
        )
    assert Capacitacion.objects.get().sistemas.exists()


def test_elegir_a_alguien_del_personal_llena_sus_datos(cliente, cusco):
    julia = PersonalFactory(centro=cusco)
    expositores = filas("expositores", [{"personal": julia.pk, "nombre": "", "procedencia": "otra"}])
    cliente.post(NUEVA, datos_de_capacitacion(**expositores))
    expositor = Expositor.objects.get()
    assert (expositor.nombre, expositor.procedencia) == (str(julia), Expositor.Procedencia.CENTRO)


def test_el_personal_de_otro_centro_no_se_ofrece_ni_se_acepta(cliente, arequipa):
    ajena = PersonalFactory(centro=arequipa, apellidos="Ajena")
    assert "Ajena" not in cliente.get(NUEVA).content.decode()
    expositores = filas("expositores", [{"personal": ajena.pk, "procedencia": "centro"}])
    cliente.post(NUEVA, datos_de_capacitacion(**expositores))
    assert not Capacitacion.objects.exists()


def test_una_sesion_de_otra_capacitacion_no_se_roba(cliente):
    capacitacion, otra = completa(), CapacitacionFactory()
    sesion = otra.sesiones.get()
    robo = {"id": sesion.pk, "fecha": dentro_de(3).isoformat(), "hora_inicio": "09:00", "hora_fin": "10:00"}
    cliente.post(editar(capacitacion), edicion_de(capacitacion, **filas("sesiones", [robo], iniciales=1)))
    sesion.refresh_from_db()
    assert sesion.capacitacion == otra
    assert sesion.fecha == dentro_de(7)


@pytest.mark.parametrize("cambio", [{"sesiones-0-DELETE": "on"}, {"sesiones-0-fecha": dentro_de(-3).isoformat()}])
def test_una_sesion_firmada_no_se_quita_ni_se_mueve(cliente, cambio):
    capacitacion = de_hoy()
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    respuesta = cliente.post(editar(capacitacion), edicion_de(capacitacion, **cambio))
    assert "1 asistencia firmada" in respuesta.content.decode()
    assert capacitacion.sesiones.get().fecha == dentro_de(0)


def test_una_sesion_con_marcas_sin_firma_se_quita_si_se_confirma(cliente):
    capacitacion = completa()
    extra = SesionFactory(capacitacion=capacitacion, fecha=dentro_de(8))
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), sesion=extra, esta_firmada=False)
    datos = edicion_de(capacitacion, motivo_del_cambio="recursos", **{"sesiones-1-DELETE": "on"})
    assert "1 anotada sin firma" in cliente.post(editar(capacitacion), datos).text
    assert capacitacion.sesiones.count() == 2
    cliente.post(editar(capacitacion), datos | {"confirma_lo_que_cuelga": "on"})
    assert capacitacion.sesiones.count() == 1


def test_un_expositor_ya_calificado_no_se_quita(cliente):
    capacitacion = completa()
    respuesta = RespuestaEncuesta.objects.create(capacitacion=capacitacion)
    expositor = capacitacion.expositores.get()
    Calificacion.objects.create(respuesta=respuesta, item="dudas", expositor=expositor, valor=4)
    pagina = cliente.post(editar(capacitacion), edicion_de(capacitacion, **{"expositores-0-DELETE": "on"}))
    assert "ya fue calificado" in pagina.content.decode()
    assert capacitacion.expositores.exists()


def test_cambiar_la_fecha_de_una_publicada_avisa_y_sube_la_secuencia(cliente):
    capacitacion = completa()
    InscripcionFactory.create_batch(2, capacitacion=capacitacion)
    cambio = {"sesiones-0-fecha": dentro_de(10).isoformat(), "motivo_del_cambio": "ente_rector"}

    cliente.post(editar(capacitacion), edicion_de(capacitacion, **cambio))

    capacitacion.refresh_from_db()
    envio = Envio.objects.get()
    assert capacitacion.secuencia == 1
    assert capacitacion.fecha_inicio == dentro_de(10)
    assert envio.clave == f"capacitacion:{capacitacion.pk}:cambio:1:confirmada"
    assert envio.asunto.startswith("CAMBIO DE FECHA")
    assert "Disposición del ente rector" in envio.texto
    assert envio.adjuntos[0]["nombre"] == "capacitacion.ics"
    assert Entrega.objects.count() == 2


def test_sin_motivo_no_se_reprograma_una_publicada(cliente):
    capacitacion = completa()
    cambio = {"sesiones-0-fecha": dentro_de(10).isoformat()}
    respuesta = cliente.post(editar(capacitacion), edicion_de(capacitacion, **cambio))
    assert "R67" in respuesta.content.decode()
    capacitacion.refresh_from_db()
    assert capacitacion.fecha_inicio == dentro_de(7)
    assert capacitacion.sesiones.get().fecha == dentro_de(7)


def test_corregir_el_titulo_no_avisa_a_nadie(cliente):
    capacitacion = completa()
    InscripcionFactory(capacitacion=capacitacion)
    cliente.post(editar(capacitacion), edicion_de(capacitacion, titulo="Otro título"))
    capacitacion.refresh_from_db()
    assert capacitacion.titulo == "Otro título"
    assert not Envio.objects.exists()


def test_la_direccion_de_una_publicada_no_cambia(cliente):
    cliente.post(NUEVA, datos_de_capacitacion())
    capacitacion = Capacitacion.objects.get()
    cliente.post(reverse("eventos_intranet:publicar", args=[capacitacion.pk]))
    slug = capacitacion.slug
    cliente.post(editar(capacitacion), edicion_de(capacitacion, titulo="Título corregido"))
    capacitacion.refresh_from_db()
    assert (capacitacion.titulo, capacitacion.slug) == ("Título corregido", slug)


def test_una_cancelada_ya_no_se_edita(cliente):
    capacitacion = completa(estado=Capacitacion.Estado.CANCELADA)
    assert cliente.post(editar(capacitacion), edicion_de(capacitacion)).status_code == 403


def test_quien_editaba_un_borrador_no_lo_despublica(asistente):
    vieja = completa(estado=Capacitacion.Estado.BORRADOR)
    publicar(capacitacion=vieja, por=asistente)
    guardar_capacitacion(
        capacitacion=vieja, sistemas=vieja.sistemas.all(), sesiones=Filas(), expositores=Filas(), por=asistente
    )
    assert Capacitacion.objects.get().esta_publicada


def test_si_alguien_la_guarda_a_la_vez_se_explica(cliente, monkeypatch):
    def chocar(**_):
        raise IntegrityError

    monkeypatch.setattr("eventos.intranet.views.programacion.guardar_capacitacion", chocar)
    respuesta = cliente.post(NUEVA, datos_de_capacitacion())
    assert "al mismo tiempo" in respuesta.content.decode()


def test_aumentar_los_cupos_ofrece_uno_a_quien_espera(cliente):
    capacitacion = completa(cupos=1)
    InscripcionFactory(capacitacion=capacitacion)
    espera = InscripcionFactory(capacitacion=capacitacion, estado="en_espera")
    cliente.post(editar(capacitacion), edicion_de(capacitacion, cupos=2))
    espera.refresh_from_db()
    assert espera.estado == "ofrecida"


def test_el_programa_se_arma_por_filas(cliente):
    capacitacion = completa()
    fila = {"hora_inicio": "09:00", "hora_fin": "09:15", "actividad": "Registro"}
    blanca = dict.fromkeys(("hora_inicio", "hora_fin", "actividad"), "")
    url = reverse("eventos_intranet:programa", args=[capacitacion.pk])

    assert cliente.get(url).status_code == 200
    cliente.post(url, filas("actividades", [fila, blanca]))

    actividad = ActividadPrograma.objects.get()
    assert (actividad.sesion, actividad.hora_fin) == (capacitacion.sesiones.get(), dt.time(9, 15))


def test_con_varias_sesiones_cada_actividad_dice_de_cual_es(cliente):
    capacitacion = completa()
    tarde = SesionFactory(capacitacion=capacitacion, fecha=dentro_de(9), hora_inicio=dt.time(15), hora_fin=dt.time(17))
    url = reverse("eventos_intranet:programa", args=[capacitacion.pk])
    fila = {"hora_inicio": "15:00", "hora_fin": "15:15", "actividad": "Registro"}

    assert "3:00 p. m." in cliente.get(url).content.decode().replace("\xa0", " ")
    assert "Elija la sesión." in cliente.post(url, filas("actividades", [fila])).content.decode()
    cliente.post(url, filas("actividades", [fila | {"sesion": tarde.pk}]))

    assert ActividadPrograma.objects.get().sesion == tarde


def test_una_actividad_mala_no_guarda_ninguna(cliente):
    capacitacion = completa()
    buena = {"hora_inicio": "09:00", "hora_fin": "09:15", "actividad": "Registro"}
    mala = {"hora_inicio": "10:00", "hora_fin": "09:00", "actividad": "Al revés"}
    url = reverse("eventos_intranet:programa", args=[capacitacion.pk])
    respuesta = cliente.post(url, filas("actividades", [buena, mala]))
    assert "posterior" in respuesta.content.decode()
    assert not ActividadPrograma.objects.exists()


def test_una_actividad_de_otra_capacitacion_no_se_toca(cliente):
    capacitacion, otra = completa(), CapacitacionFactory()
    ajena = ActividadPrograma.objects.create(
        sesion=otra.sesiones.get(), hora_inicio=dt.time(9), hora_fin=dt.time(10), actividad="Ajena"
    )
    robo = {"id": ajena.pk, "hora_inicio": "09:00", "hora_fin": "10:00", "actividad": "Robada"}
    cliente.post(
        reverse("eventos_intranet:programa", args=[capacitacion.pk]), filas("actividades", [robo], iniciales=1)
    )
    ajena.refresh_from_db()
    assert ajena.actividad == "Ajena"
