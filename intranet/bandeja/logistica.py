"""La logística que alguien tiene a su cargo (R73): la suya, y toda la del centro para su Coordinador Administrativo."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.models import TareaLogistica
from organizacion.models import Rol

from .asunto import Asunto, Linea, armar, de_sus_centros

PROXIMOS_DIAS = 30


def logistica(usuario) -> Asunto | None:
    if not permissions.puede_ver_logistica(usuario):
        return None
    hoy = timezone.localdate()
    hasta = hoy + dt.timedelta(PROXIMOS_DIAS)
    proximas = de_sus_centros(usuario, "eventos.view_tarealogistica").en_pie().filter(fecha_inicio__range=(hoy, hasta))
    suyas = Q(responsable__usuario=usuario) | _todas_las_que_lleva(usuario)
    filas = TareaLogistica.objects.filter(suyas, capacitacion__in=proximas, estado=TareaLogistica.Estado.PENDIENTE)
    filas = filas.select_related("capacitacion", "responsable").order_by("para_el", "capacitacion__fecha_inicio", "pk")
    atrasadas = filas.filter(para_el__lte=hoy).exists()
    return armar("Logística por resolver", filas, _linea, es_urgente=atrasadas)


def _todas_las_que_lleva(usuario) -> Q:
    """Las de los centros en que es Coordinador Administrativo; el superusuario, todas."""
    if usuario.is_superuser:
        return Q(pk__isnull=False)
    roles = (a for a in usuario.asignaciones_vigentes if a.rol == Rol.COORDINADOR_ADMINISTRATIVO)
    return Q(capacitacion__centro__in=[a.centro_id for a in roles])


def _linea(tarea):
    url = f"{reverse('eventos_intranet:logistica', args=[tarea.capacitacion_id])}#tarea-{tarea.pk}"
    partes = [str(tarea.capacitacion), fecha_media(tarea.capacitacion.fecha_inicio)]
    partes += [f"para el {fecha_media(tarea.para_el)}"] if tarea.para_el else []
    return Linea(str(tarea), url, " · ".join(partes))
