"""Cuánto vive una sesión de la intranet: media hora sin uso y doce horas en total."""

import datetime as dt
import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

ENTRO, VISTO = "acceso_entro", "acceso_visto"
# La actividad se anota a lo más una vez por minuto: una escritura por minuto y no por clic.
CADA = 60


def iniciar(sesion, ahora: float | None = None) -> None:
    sesion[ENTRO] = sesion[VISTO] = ahora or time.time()


def segundos_que_quedan(sesion, ahora: float | None = None) -> int:
    """Hasta que se cierre, por inactiva o por larga; cero o menos si ya venció."""
    ahora = ahora or time.time()
    inactiva = sesion.get(VISTO, ahora) + settings.SESION_INACTIVA
    larga = sesion.get(ENTRO, ahora) + settings.SESION_MAXIMA
    return int(min(inactiva, larga) - ahora)


def toca_anotar(sesion, ahora: float | None = None) -> bool:
    return (ahora or time.time()) - sesion.get(VISTO, 0) >= CADA


def anotar_actividad(sesion, ahora: float | None = None) -> None:
    ahora = ahora or time.time()
    sesion.setdefault(ENTRO, ahora)
    sesion[VISTO] = ahora


def al_entrar(sender, request, user, **kwargs) -> None:
    """Todo lo que inicia una sesión pasa por la señal de Django; aquí empieza a correr su tiempo."""
    iniciar(request.session)


def sesiones_abiertas(usuario) -> list[UserSession]:
    """Las que todavía abren algo, de la usada hace menos a la de hace más."""
    ahora = timezone.now()
    usada_desde = ahora - dt.timedelta(seconds=settings.SESION_INACTIVA + CADA)
    abierta_desde = ahora - dt.timedelta(seconds=settings.SESION_MAXIMA)
    suyas = UserSession.objects.purge_and_list(usuario)
    vivas = [s for s in suyas if s.last_seen_at >= usada_desde and s.created_at >= abierta_desde]
    return sorted(vivas, key=lambda s: s.last_seen_at, reverse=True)


def olvidar_lo_visto(respuesta):
    """Quien se siente después no vuelve atrás a lo que se vio.

    Solo la caché: «storage» borraría también lo que la mesa de asistencia guarda sin red en ese mismo aparato.
    """
    respuesta["Clear-Site-Data"] = '"cache"'
    return respuesta
