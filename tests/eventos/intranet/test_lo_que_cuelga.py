"""Una sesión que lleva algo no se quita ni se mueve en silencio: se dice qué cuelga de ella."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.models import Huella
from eventos.actions.capacitacion import guardar_capacitacion
from eventos.actions.escaneo import adjuntar_escaneo
from eventos.actions.filas import Filas
from eventos.actions.hojas import emitir_hojas
from eventos.actions.rechazos import SesionConAsistencia
from eventos.actions.sesiones import LoQueCuelga, SesionConAlgoQueCuelga, lo_que_cuelga_de
from eventos.models import ActividadPrograma, Asistencia, EnlaceDeAsistencia, HojaDeRegistro, Sesion
from tests.fabricas import AsistenciaFactory, InscripcionFactory
from tests.pdf import pdf_minimo

from .ayudas import de_hoy, dentro_de, edicion_de

pytestmark = pytest.mark.django_db
QUITAR, MOVER = {"sesiones-0-DELETE": "on"}, {"sesiones-0-fecha": dentro_de(-3).isoformat()}


@pytest.fixture
def capacitacion(cusco):
    return de_hoy(estado="publicada")


@pytest.fixture
def sesion(capacitacion):
    return capacitacion.sesiones.get()


def actividad(sesion):
    return ActividadPrograma.objects.create(
        sesion=sesion, actividad="Registro", hora_inicio=dt.time(9), hora_fin=dt.time(9, 30)
    )


def enlace(sesion, **cambios):
    inscripcion = InscripcionFactory(capacitacion=sesion.capacitacion)
    vence = timezone.now() + dt.timedelta(hours=1)
    return EnlaceDeAsistencia.objects.create(inscripcion=inscripcion, sesion=sesion, vence_en=vence, **cambios)


def firmar(sesion, **cambios):
    inscripcion = InscripcionFactory(capacitacion=sesion.capacitacion)
    return AsistenciaFactory(inscripcion=inscripcion, sesion=sesion, **cambios)


def escanear(sesion, por):
    return adjuntar_escaneo(sesion=sesion, contenido=pdf_minimo(), paginas=1, por=por)


def guardar(cliente, capacitacion, cambio, **mas):
    url = reverse("eventos_intranet:editar", args=[capacitacion.pk])
    return cliente.post(url, edicion_de(capacitacion, motivo_del_cambio="usuarios", **cambio, **mas))


def test_dice_todo_lo_que_cuelga(sesion, asistente):
    assert not lo_que_cuelga_de(sesion)
    firmar(sesion)
    escanear(sesion, asistente)
    enlace(sesion, usado_en=timezone.now())
    enlace(sesion)
    actividad(sesion)
    actividad(sesion)
    emitir_hojas(sesion=sesion, por=asistente)
    impide = ["1 asistencia firmada", "1 registro escaneado", "1 enlace usado"]
    hojas = "1 hoja de registro emitida"
    assert lo_que_cuelga_de(sesion) == LoQueCuelga(impide, [hojas, "2 actividades del programa", "1 enlace enviado"])
    assert lo_que_cuelga_de(sesion, se_quita=False) == LoQueCuelga(impide, [hojas])


@pytest.mark.parametrize("cambio", [QUITAR, MOVER])
@pytest.mark.parametrize(
    ("colgar", "dice"),
    [
        (lambda sesion, por: firmar(sesion), "1 asistencia firmada"),
        (lambda sesion, por: escanear(sesion, por), "1 registro escaneado"),
        (lambda sesion, por: enlace(sesion, usado_en=timezone.now()), "1 enlace usado"),
    ],
)
def test_con_prueba_de_que_alguien_asistio_no_se_quita_ni_se_mueve_aunque_se_confirme(
    cliente, asistente, capacitacion, sesion, cambio, colgar, dice
):
    colgar(sesion, asistente)
    for confirmado in ({}, {"confirma_lo_que_cuelga": "on"}):
        respuesta = guardar(cliente, capacitacion, cambio, **confirmado)
        assert respuesta.status_code == 200
        assert dice in respuesta.text
        assert "Sí: quitar o mover" not in respuesta.text
    assert Sesion.objects.get().fecha == sesion.fecha


@pytest.mark.parametrize("cambio", [QUITAR, MOVER])
def test_con_hojas_emitidas_se_pregunta_y_al_confirmar_queda_dicho(cliente, asistente, capacitacion, sesion, cambio):
    capacitacion.sesiones.create(fecha=dentro_de(2), hora_inicio=dt.time(9), hora_fin=dt.time(13))
    emitir_hojas(sesion=sesion, por=asistente)
    respuesta = guardar(cliente, capacitacion, cambio)
    assert "1 hoja de registro emitida" in respuesta.text
    assert "Sí: quitar o mover" in respuesta.text
    assert HojaDeRegistro.objects.exists()
    assert Sesion.objects.filter(pk=sesion.pk, fecha=sesion.fecha).exists()
    assert guardar(cliente, capacitacion, cambio, confirma_lo_que_cuelga="on").status_code == 302
    assert not HojaDeRegistro.objects.exists()
    huella = Huella.objects.get(accion__in=["quitar sesión", "mover sesión"])
    assert huella.detalle["se_perdio"] == ["1 hoja de registro emitida"]


def test_mover_conserva_el_programa_y_quitar_pregunta_por_el(cliente, asistente, capacitacion, sesion):
    actividad(sesion)
    assert guardar(cliente, capacitacion, {"sesiones-0-fecha": dentro_de(3).isoformat()}).status_code == 302
    assert ActividadPrograma.objects.count() == 1
    assert "1 actividad del programa" in guardar(cliente, capacitacion, QUITAR).text
    assert Sesion.objects.count() == 1


def test_una_sesion_sin_nada_se_mueve_sin_preguntar(cliente, capacitacion):
    assert guardar(cliente, capacitacion, {"sesiones-0-fecha": dentro_de(3).isoformat()}).status_code == 302


def test_la_accion_tampoco_lo_hace_en_silencio(capacitacion, sesion, asistente):
    """Quien mueva muchas a la vez pasa por la misma pregunta."""
    marca = firmar(sesion, esta_firmada=False)
    datos = {
        "capacitacion": capacitacion,
        "sistemas": capacitacion.sistemas.all(),
        "expositores": Filas(),
        "por": asistente,
        "motivo": "usuarios",
    }
    with pytest.raises(SesionConAlgoQueCuelga, match="1 anotada sin firma"):
        guardar_capacitacion(**datos, sesiones=Filas(quitar=[sesion]))
    Asistencia.objects.filter(pk=marca.pk).update(esta_firmada=True)
    with pytest.raises(SesionConAsistencia):
        guardar_capacitacion(**datos, sesiones=Filas(quitar=[sesion]), confirma_lo_que_cuelga=True)
    assert Asistencia.objects.exists()


def test_si_lo_demas_falla_no_se_pierde_ninguna_hoja(capacitacion, sesion, asistente, monkeypatch):
    emitir_hojas(sesion=sesion, por=asistente)
    monkeypatch.setattr("eventos.actions.capacitacion._guardar_filas", lambda *datos: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        guardar_capacitacion(
            capacitacion=capacitacion,
            sistemas=[],
            sesiones=Filas(quitar=[sesion]),
            expositores=Filas(),
            por=asistente,
            confirma_lo_que_cuelga=True,
        )
    assert HojaDeRegistro.objects.exists()
