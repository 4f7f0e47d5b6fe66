"""En qué sesión está una pantalla del registro."""

from django.urls import reverse
from django.utils import timezone

from eventos.models import Capacitacion, Sesion
from eventos.sesiones import sesiones_con_registro


def elegir(request, capacitacion: Capacitacion) -> tuple[list[Sesion], Sesion | None]:
    """Las sesiones en que se firma, y la que dice ``sesion`` en el pedido.

    Si no dice o no existe, la de hoy, la última que ya pasó o la primera; ``None`` si no hay ninguna.
    """
    sesiones = sesiones_con_registro(capacitacion)
    pedida = request.POST.get("sesion") or request.GET.get("sesion")
    hoy = timezone.localdate()
    pasadas = [sesion for sesion in sesiones if sesion.fecha <= hoy]
    habitual = (pasadas or sesiones[:1] or [None])[-1]
    return sesiones, next((sesion for sesion in sesiones if str(sesion.pk) == pedida), habitual)


def url_de(nombre: str, sesion: Sesion, **consulta) -> str:
    """La de la pantalla ``nombre`` de su capacitación, en esa sesión."""
    llave = sesion.capacitacion_id
    return reverse(f"eventos_intranet:{nombre}", args=[llave], query={"sesion": sesion.pk, **consulta})
