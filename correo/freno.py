"""El freno: un envío que falla cien veces seguidas se detiene solo, antes de que nos tomen por correo basura."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from custodia.actions import anotar

from .fallas import explicar
from .models import Entrega, Envio

MAXIMO_DE_FALLAS = 100
SE_DETUVO_SOLO = "Se detuvo solo"


def contar_falla(envio: Envio, error: Exception) -> None:
    """Cuenta una falla más, de cualquier cartero, y a las cien detiene el envío. Va dentro de una transacción."""
    suyo = Envio.objects.filter(pk=envio.pk)
    suyo.update(fallas_seguidas=F("fallas_seguidas") + 1, falla_desde=Coalesce("falla_desde", timezone.now()))
    envio.fallas_seguidas, desde = suyo.values_list("fallas_seguidas", "falla_desde").get()
    if envio.fallas_seguidas < MAXIMO_DE_FALLAS:
        return
    # Otro cartero pudo tener éxito sin saber de estas fallas: no escribe nada por cada mensaje bueno.
    if envio.entregas.filter(estado=Entrega.Estado.ENVIADA, enviada_en__gt=desde).exists():
        anotar_exito(envio)
    else:
        _detener(envio, error)


def anotar_exito(envio: Envio) -> None:
    """La racha se cortó. Se llama solo si se sabe de alguna falla."""
    Envio.objects.filter(pk=envio.pk).update(fallas_seguidas=0, falla_desde=None)
    envio.fallas_seguidas = 0


def _detener(envio: Envio, error: Exception) -> None:
    motivo = f"{SE_DETUVO_SOLO}: {MAXIMO_DE_FALLAS} fallas seguidas. La última: {explicar(error)}"[:200]
    # La cuenta empieza de nuevo: quien lo reanuda le da otras cien.
    detenidos = Envio.objects.en_cola().filter(pk=envio.pk)
    if detenidos.update(estado=Envio.Estado.EN_PAUSA, motivo_pausa=motivo, fallas_seguidas=0, falla_desde=None):
        anotar(accion="detener por fallas", objeto=envio)
    envio.fallas_seguidas = 0
