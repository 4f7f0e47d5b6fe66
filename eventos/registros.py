"""Lo que las capacitaciones ofrecen a otros pisos: la página de un centro y el buscador del portal."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from comun.registros import fuentes_de_busqueda, secciones_de_centro

from .models import Capacitacion

EN_LA_PAGINA_DEL_CENTRO = 5


@secciones_de_centro.anotar
def proximas_de_centro(centro):
    """Las próximas del programa de ``centro``, con las de la sede (R62)."""
    filas = Capacitacion.objects.publicadas().del_centro(centro).proximas().para_mostrar()
    return {
        "titulo": "Próximas capacitaciones",
        "plantilla": "eventos/_proximas_de_centro.html",
        "contexto": {
            "capacitaciones": filas[:EN_LA_PAGINA_DEL_CENTRO],
            "url": f"{reverse('eventos:calendario')}?centro={centro.slug}",
        },
    }


@fuentes_de_busqueda.anotar
def buscar_capacitaciones(consulta, limite):
    """Las publicadas que calzan, primero las que vienen; ``peso`` 2 si viene y 1 si ya pasó."""
    filas = Capacitacion.objects.publicadas().buscar(consulta).select_related("centro")
    hoy = timezone.localdate()
    for capacitacion in filas.order_by(F("fecha_inicio").desc(nulls_last=True), "pk")[:limite]:
        yield {
            "tipo": "Capacitación cancelada" if capacitacion.esta_cancelada else "Capacitación",
            "titulo": capacitacion.titulo,
            "url": capacitacion.get_absolute_url(),
            "fecha": capacitacion.fecha_inicio,
            "texto": capacitacion.objetivo or capacitacion.donde,
            "peso": 2 if capacitacion.fecha_fin and capacitacion.fecha_fin >= hoy else 1,
        }
