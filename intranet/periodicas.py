"""Los trabajos que corren solos. Varias máquinas pueden intentarlo a la vez: cada trabajo lo hace una."""

import datetime as dt
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from comun.registros import periodicas
from home.salud import TAREAS
from organizacion.models import Latido

# Algo menos de un minuto: cron no es puntual y no debe saltarse una vuelta.
CADA_VUELTA = dt.timedelta(seconds=50)
CADA_DIA = dt.timedelta(hours=24)
# Si una máquina muere con un trabajo a medias, otra lo retoma pasado este tiempo.
ARRIENDO = dt.timedelta(minutes=10)

registro = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trabajo:
    funcion: Callable[[], str | None]
    cada: dt.timedelta = CADA_VUELTA

    @property
    def nombre(self) -> str:
        """«correo.barrer»: la app y la función; cabe en ``Latido.nombre``."""
        return f"{self.funcion.__module__.split('.')[0]}.{self.funcion.__name__}"[:40]


def publicar_programadas():
    call_command("publish_scheduled", stdout=io.StringIO())


def podar_tareas():
    if "DatabaseBackend" in settings.TASKS["default"]["BACKEND"]:
        call_command("prune_db_task_results", queue_name="*", verbosity=0)


def cerrar_sesiones_vencidas():
    call_command("clearsessions")


def trabajos() -> list[Trabajo]:
    propios = [
        Trabajo(publicar_programadas),
        Trabajo(podar_tareas, CADA_DIA),
        Trabajo(cerrar_sesiones_vencidas, CADA_DIA),
    ]
    return [*(Trabajo(funcion) for funcion in periodicas), *propios]


def correr_todos() -> tuple[list[str], list[str]]:
    """Corre lo que toca y nadie más está corriendo; deja el latido. Devuelve lo hecho y los nombres que fallaron."""
    hechos, fallidos = [], []
    for trabajo in trabajos():
        turno = tomar_turno(trabajo)
        if not turno:
            continue
        try:
            hecho = trabajo.funcion() or ""
        except Exception as error:  # noqa: BLE001 - uno que falla no detiene a los demás
            registro.exception("Falló el trabajo periódico %s", trabajo.nombre)
            fallidos.append(trabajo.nombre)
            hecho = f"falló: {type(error).__name__}"
        else:
            hechos += [f"{trabajo.nombre}: {hecho}"] if hecho else []
        dejar_turno(trabajo, turno, hecho)
    detalle = f"fallaron: {', '.join(fallidos)}" if fallidos else ""
    Latido.objects.update_or_create(nombre=TAREAS, defaults={"ocurrido_en": timezone.now(), "detalle": detalle})
    return hechos, fallidos


def tomar_turno(trabajo: Trabajo, en: dt.datetime | None = None) -> dt.datetime | None:
    """Hasta cuándo es mío ``trabajo``, o ``None`` si todavía no toca o lo tiene otro proceso."""
    ahora = en or timezone.now()
    hasta = ahora + ARRIENDO
    libre = Latido.objects.filter(Q(ocupado_hasta__isnull=True) | Q(ocupado_hasta__lte=ahora), nombre=trabajo.nombre)
    if libre.update(ocupado_hasta=hasta):
        return hasta
    datos = {"ocurrido_en": ahora, "ocupado_hasta": hasta}
    _, es_nuevo = Latido.objects.get_or_create(nombre=trabajo.nombre, defaults=datos)
    return hasta if es_nuevo else None


def dejar_turno(trabajo: Trabajo, turno: dt.datetime, detalle: str) -> None:
    """Anota cuándo corrió y cuándo vuelve a tocar; si el arriendo venció y otro lo tomó, no le quita el suyo."""
    empezo = turno - ARRIENDO
    mio = Latido.objects.filter(nombre=trabajo.nombre, ocupado_hasta=turno)
    mio.update(ocurrido_en=timezone.now(), ocupado_hasta=empezo + trabajo.cada, detalle=detalle[:500])
