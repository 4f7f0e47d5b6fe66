"""Logística a medias y encuestas en línea, inventadas: lo que Cusco tiene por hacer."""

import datetime as dt
import uuid

from django.utils import timezone

from demo.textos import COMENTARIOS_MEJORA, COMENTARIOS_TEMAS
from eventos.actions.logistica import lista_propuesta
from eventos.boletas import boleta_de, borrar_el_orden, huella_de
from eventos.cifras import cifras_de
from eventos.cuestionario import columnas_de
from eventos.models import (
    AplicacionDeEncuesta,
    BoletaDeEncuesta,
    Calificacion,
    Capacitacion,
    RespuestaEncuesta,
    TareaLogistica,
)

from .azar import Azar

CENTRO = "cusco"
CON_LOGISTICA = 4
RECIENTES = 6  # de ellas, la última sigue abierta y otra ya se cerró
Estado = TareaLogistica.Estado


def cargar_logistica(hoy: dt.date) -> None:
    """Las próximas de Cusco: cada una con menos cosas listas que la anterior, y una por empezar."""
    proximas = _de_cusco().filter(fecha_inicio__gt=hoy).order_by("fecha_inicio", "pk")
    tareas = []
    for numero, capacitacion in enumerate(proximas[:CON_LOGISTICA]):
        lista = lista_propuesta(capacitacion)
        for tarea in lista[: max(len(lista) - 1 - 2 * numero, 0)]:
            tarea.estado = Estado.LISTO if tarea.estado == Estado.PENDIENTE else tarea.estado
        tareas += lista
    for tarea in tareas:
        if tarea.rubro == TareaLogistica.Rubro.LOCAL:
            tarea.descripcion = "Confirmar la llave del auditorio"
    TareaLogistica.objects.bulk_create(tareas)


def cargar_encuestas_en_linea(hoy: dt.date) -> None:
    """Dos de las últimas de Cusco: una enviada por correo y abierta, otra cerrada con sus resultados."""
    azar = Azar(17)
    pasadas = _de_cusco().filter(fecha_fin__lt=hoy).exclude(tipo=Capacitacion.Tipo.INFORMATIVA)
    ultima, *anteriores = pasadas.order_by("-fecha_fin", "-pk")[:RECIENTES]
    _aplicar(azar, ultima, abierta=True)
    # La que más gente tuvo: con menos de cinco respuestas no se muestran resultados (invariante 6).
    _aplicar(azar, max(anteriores, key=lambda fila: cifras_de(fila).participantes), abierta=False)


def _de_cusco():
    return Capacitacion.objects.filter(centro__slug=CENTRO, estado=Capacitacion.Estado.PUBLICADA)


def _aplicar(azar, capacitacion, *, abierta: bool) -> None:
    """Contesta en línea quien falta, o la mitad si sigue abierta; nunca hay más encuestas que participantes."""
    enviada_en = timezone.now() if abierta else timezone.now() - dt.timedelta(days=30)
    aplicacion = AplicacionDeEncuesta.objects.create(capacitacion=capacitacion, enviada_en=enviada_en)
    firmaron = capacitacion.inscripciones.vigentes().filter(asistencias__esta_firmada=True).distinct()
    huellas = sorted(huella_de(boleta_de(inscripcion, aplicacion)) for inscripcion in firmaron)
    lugar = cifras_de(capacitacion).participantes - capacitacion.respuestas.count()
    contestaron = min(lugar // 2 if abierta else lugar, len(huellas))
    usadas = set(azar.sample(huellas, contestaron))
    quedan = huellas if abierta else usadas
    BoletaDeEncuesta.objects.bulk_create(
        BoletaDeEncuesta(capacitacion=capacitacion, huella=huella, esta_usada=huella in usadas) for huella in quedan
    )
    _responder(azar, capacitacion, contestaron)
    borrar_el_orden(BoletaDeEncuesta, list(quedan))
    if not abierta:
        AplicacionDeEncuesta.objects.filter(pk=aplicacion.pk).update(
            cerrada_en=enviada_en + dt.timedelta(days=8), sal=""
        )


def _responder(azar, capacitacion, cuantas: int) -> None:
    columnas = [columna for _, grupo in columnas_de(capacitacion.expositores.all()) for columna in grupo]
    respuestas = [
        RespuestaEncuesta(
            clave=uuid.UUID(int=azar.getrandbits(128)),
            capacitacion=capacitacion,
            canal=RespuestaEncuesta.Canal.WEB,
            fecha=capacitacion.fecha_fin,
            otros_temas=azar.choice(COMENTARIOS_TEMAS),
            recomendaciones=azar.choice(COMENTARIOS_MEJORA),
        )
        for _ in range(cuantas)
    ]
    RespuestaEncuesta.objects.bulk_create(respuestas)
    Calificacion.objects.bulk_create(
        Calificacion(
            respuesta=respuesta,
            item=columna.item,
            expositor_id=columna.expositor,
            valor=azar.choices((1, 2, 3, 4), (2, 8, 50, 40))[0],
        )
        for respuesta in respuestas
        for columna in columnas
    )
