"""La encuesta en línea sale sola al día siguiente del evento y se cierra sola al vencer (``comun.registros``)."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils import timezone

from comun.registros import periodicas

from .actions.encuesta_en_linea import cerrar_encuesta, enviar_encuesta
from .models import AplicacionDeEncuesta, Asistencia, Capacitacion, RespuestaEncuesta
from .models.encuesta import DIAS_PARA_CONTESTAR

# Un correo que pide algo no despierta a nadie.
DESDE, HASTA = dt.time(8), dt.time(20)


@periodicas.anotar
def enviar_encuestas(a_las: dt.time | None = None) -> str:
    """La envía por correo a quienes firmaron, si nadie la aplicó en papel ni dijo que no saliera."""
    if not DESDE <= (a_las or timezone.localtime().time()) < HASTA:
        return ""
    cuantas = sum(bool(enviar_encuesta(capacitacion=capacitacion)) for capacitacion in _por_enviar())
    return _contar(cuantas, "encuesta por correo", "encuestas por correo")


def _por_enviar():
    hoy = timezone.localdate()
    esta = {"capacitacion": OuterRef("pk")}
    firmas = Asistencia.objects.firmadas().filter(sesion__capacitacion=OuterRef("pk")).exclude(inscripcion__correo="")
    de_papel = RespuestaEncuesta.objects.filter(**esta, canal=RespuestaEncuesta.Canal.PAPEL)
    decidida = AplicacionDeEncuesta.objects.filter(**esta).exclude(enviada_en=None, sin_correo=False, cerrada_en=None)
    filas = Capacitacion.objects.en_pie().filter(
        fecha_fin__range=(hoy - dt.timedelta(DIAS_PARA_CONTESTAR), hoy - dt.timedelta(1)), cerrada_en=None
    )
    filas = filas.exclude(tipo=Capacitacion.Tipo.INFORMATIVA)
    return filas.filter(Exists(firmas), ~Exists(de_papel), ~Exists(decidida))


@periodicas.anotar
def cerrar_vencidas() -> str:
    """Cierra las que ya nadie puede contestar, y con eso borra la sal de sus boletas."""
    abiertas = AplicacionDeEncuesta.objects.filter(cerrada_en=None).select_related("capacitacion")
    vencidas = [aplicacion.capacitacion for aplicacion in abiertas if aplicacion.vencio()]
    for capacitacion in vencidas:
        cerrar_encuesta(capacitacion=capacitacion)
    return _contar(len(vencidas), "encuesta cerrada", "encuestas cerradas")


def _contar(cuantas, una, varias) -> str:
    if not cuantas:
        return ""
    return f"{cuantas} {una if cuantas == 1 else varias}"
