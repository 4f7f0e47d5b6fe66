"""Una capacitación entera, guiada por su panel: cada vez se hace lo que dice que sigue, hasta cerrar el expediente."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from correo.models import Entrega
from eventos.actions.asistencia import marcar_asistencias
from eventos.actions.cierre import cerrar
from eventos.actions.convocatoria import convocar
from eventos.actions.encuesta import Hoja, registrar_respuestas
from eventos.actions.filas import Filas
from eventos.actions.informe import guardar_informe, presentar
from eventos.actions.logistica import marcar_tarea, proponer_lista
from eventos.actions.programa import guardar_programa
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.actions.validacion import decidir
from eventos.informe import propuesta_de
from eventos.models import ActividadPrograma, Capacitacion, PiezaDeExpediente
from eventos.validaciones import huella_de
from tests import personas
from tests.fabricas import EntidadFactory, InscripcionFactory, OperadorFactory, SistemaFactory

from .ayudas import datos_de_capacitacion, dentro_de, filas
from .realizadas import escanear

pytestmark = pytest.mark.django_db


def panel(client, capacitacion):
    return client.get(reverse("eventos_intranet:panel", args=[capacitacion.pk]))


def sigue(client, capacitacion) -> str:
    return getattr(panel(client, capacitacion).context["sigue"], "clave", "")


def estado_de(client, capacitacion, clave) -> str:
    return next(paso.estado for paso in panel(client, capacitacion).context["pasos"] if paso.clave == clave)


def programar(client) -> Capacitacion:
    sesion = {"fecha": dentro_de(20).isoformat(), "hora_inicio": "09:00", "hora_fin": "13:00"}
    client.post(reverse("eventos_intranet:crear"), datos_de_capacitacion(cupos=20, **filas("sesiones", [sesion])))
    return Capacitacion.objects.get()


def llega_el_dia(capacitacion):
    """Pasan los días: fue ayer."""
    ayer = timezone.localdate() - dt.timedelta(days=1)
    capacitacion.sesiones.update(fecha=ayer)
    Capacitacion.objects.filter(pk=capacitacion.pk).update(fecha_inicio=ayer, fecha_fin=ayer)
    capacitacion.refresh_from_db()


def test_del_programa_al_expediente_cerrado(client, coordinadora, django_capture_on_commit_callbacks):
    responsable = personas.responsable_de_presupuesto()
    client.force_login(coordinadora)

    capacitacion = programar(client)
    assert sigue(client, capacitacion) == "programacion"
    client.post(reverse("eventos_intranet:publicar", args=[capacitacion.pk]))

    validacion = capacitacion.validaciones.get()
    assert estado_de(client, capacitacion, "validacion") != "hecho"
    decidir(validacion=validacion, aprueba=True, por=responsable, huella=huella_de(validacion.capacitacion))
    assert estado_de(client, capacitacion, "validacion") == "hecho"

    assert sigue(client, capacitacion) == "convocatoria"
    invitada = OperadorFactory(entidad=EntidadFactory(centro=capacitacion.centro), correo="tesoreria@muni.example")
    invitada.sistemas.set([SistemaFactory()])
    with django_capture_on_commit_callbacks(execute=True):
        convocar(capacitacion=capacitacion, operadores=[invitada], criterio={}, por=coordinadora)

    assert sigue(client, capacitacion) == "logistica"
    proponer_lista(capacitacion=capacitacion, por=coordinadora)
    for tarea in capacitacion.tareas_logisticas.all():
        marcar_tarea(tarea=tarea, estado="listo", por=coordinadora)

    assert sigue(client, capacitacion) == "inscripcion"
    inscritas = InscripcionFactory.create_batch(6, capacitacion=capacitacion)

    llega_el_dia(capacitacion)
    assert sigue(client, capacitacion) == "asistencia"
    sesion = capacitacion.sesiones.get()
    marcar_asistencias(sesion=sesion, firmaron={fila.pk for fila in inscritas[:5]}, por=coordinadora)
    escanear(sesion, coordinadora)

    assert sigue(client, capacitacion) == "encuestas"
    hojas = [Hoja({("general", None): 4}) for _ in range(5)]
    registrar_respuestas(capacitacion=capacitacion, respuestas=hojas, por=coordinadora, lote=uuid.uuid4())

    assert sigue(client, capacitacion) == "informe"
    textos = propuesta_de(capacitacion) | {"metodologia": "Exposición y casos."}
    guardar_informe(capacitacion=capacitacion, textos=textos, por=coordinadora)
    presentar(capacitacion=capacitacion, por=coordinadora)

    assert sigue(client, capacitacion) == "expediente"
    actividad = ActividadPrograma(sesion=sesion, hora_inicio=dt.time(9), hora_fin=dt.time(13), actividad="Cierre")
    guardar_programa(capacitacion=capacitacion, actividades=Filas(guardar=[actividad]), por=coordinadora)
    expediente = cerrar(capacitacion=capacitacion, por=coordinadora)

    respuesta = panel(client, capacitacion)
    assert respuesta.context["sigue"] is None
    assert "ya no cambia" in respuesta.text
    assert expediente.archivo.leer().startswith(b"%PDF-")
    assert {pieza.anexo for pieza in expediente.piezas.all()} == set(PiezaDeExpediente.Anexo.values)
    with pytest.raises(ExpedienteCerrado):
        marcar_asistencias(sesion=sesion, firmaron=set(), por=coordinadora)
    assert (respuesta.context["cifras"].participantes, respuesta.context["cifras"].asistencias) == (5, 5)
    assert Entrega.objects.filter(direccion="tesoreria@muni.example").count() == 1
