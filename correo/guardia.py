"""Lo que vela por la bandeja de salida: el barrido de cada minuto y la comprobación de /salud/."""

import datetime as dt

from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from comun.registros import comprobaciones, periodicas

from .cartero import cerrar_terminados
from .freno import SE_DETUVO_SOLO
from .libro import recuperar_vencidas
from .models import Entrega, Envio
from .tasks import repartir

DEMORA_TOLERADA = dt.timedelta(minutes=15)


@periodicas.anotar
def barrer() -> str:
    """Retoma lo que dejó un cartero muerto y despierta a otro si hay algo que enviar ya."""
    retomadas = recuperar_vencidas()
    cerrar_terminados(Envio.objects.en_cola().sin_pendientes().values_list("pk", flat=True))
    if not Entrega.objects.por_enviar().exists():
        return ""
    repartir.enqueue()
    return f"Correo: {retomadas} retomadas; se despertó al cartero."


@comprobaciones.anotar
def ninguno_se_detuvo_solo() -> tuple[str, bool, str]:
    """Mal mientras haya un envío que se pausó por fallas seguidas y nadie lo reanudó ni canceló."""
    detenidos = Envio.objects.filter(estado=Envio.Estado.EN_PAUSA, motivo_pausa__startswith=SE_DETUVO_SOLO).count()
    if not detenidos:
        return "Envíos", True, "Ninguno detenido por fallas."
    return "Envíos", False, f"{detenidos} detenido(s) por fallas seguidas; el motivo está en /intranet/envios/."


@comprobaciones.anotar
def bandeja_al_dia() -> tuple[str, bool, str]:
    """Mal si algo espera hace más de 15 minutos y en ese tiempo no salió nada: un boletín grande tarda y está bien."""
    limite = timezone.now() - DEMORA_TOLERADA
    desde_cuando = Coalesce("siguiente_intento_en", "envio__sale_en", "envio__creado_en")
    mas_antigua = Entrega.objects.por_enviar().aggregate(desde=Min(desde_cuando))["desde"]
    if mas_antigua is None:
        return "Correo", True, "Nada por enviar."
    minutos = int((timezone.now() - mas_antigua).total_seconds() // 60)
    esta_bien = mas_antigua > limite or Entrega.objects.filter(enviada_en__gt=limite).exists()
    return "Correo", esta_bien, f"La entrega más antigua espera hace {minutos} min."
