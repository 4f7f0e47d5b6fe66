"""La validación del contenido: lo que espera al Responsable Técnico, al centro y a la OGAUC (R74, R75)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from comun.alcance import alcance_de
from comun.templatetags.comun import fecha_media
from eventos.models import Validacion
from eventos.validaciones import situacion_de
from organizacion.models import Rol

from .asunto import Asunto, Linea, armar, de_sus_centros, lista

PEDIR = "eventos.add_validacion"


def por_validar(usuario) -> Asunto | None:
    """Lo que espera a un Responsable Técnico, el plazo más corto primero."""
    if not usuario.tiene_rol(Rol.RESPONSABLE_TECNICO):
        return None
    filas = Validacion.objects.por_decidir(usuario).select_related("capacitacion__centro", "sistema")
    url = lista("?situacion=pendientes", registro="validaciones")
    return armar("Contenidos por validar", filas, _linea_por_validar, url=url, es_urgente=True)


def _linea_por_validar(fila):
    partes = [fila.sistema, fila.capacitacion.centro or "Sede", situacion_de(fila)]
    url = reverse("eventos_intranet:validacion", args=[fila.pk])
    return Linea(fila.capacitacion.titulo, url, " · ".join(str(parte) for parte in partes))


def por_corregir(usuario) -> Asunto | None:
    """Lo que un Responsable Técnico devolvió al centro, con su observación."""
    if not usuario.has_perm(PEDIR):
        return None
    filas = Validacion.objects.vigentes().por_corregir().filter(capacitacion__in=_abiertas(usuario))
    filas = filas.select_related("capacitacion").prefetch_related("decisiones")
    url = lista("?situacion=devueltas", registro="validaciones")
    return armar("Contenidos devueltos con observación", filas, _linea_por_corregir, url=url, es_urgente=True)


def _abiertas(usuario):
    """Las que corrige él: a la sede le tocan las suyas, no las de todos los centros."""
    abiertas = de_sus_centros(usuario, PEDIR).filter(cerrada_en__isnull=True)
    return abiertas.filter(centro__isnull=True) if alcance_de(usuario, PEDIR).nacional else abiertas


def _linea_por_corregir(fila):
    observacion = Truncator(fila.ultima_decision.observacion).chars(80)
    url = reverse("eventos_intranet:panel", args=[fila.capacitacion_id])
    return Linea(
        fila.capacitacion.titulo, f"{url}#validacion", f"hasta el {fecha_media(fila.vence_el)} · {observacion}"
    )


def validaciones_atrasadas(usuario) -> Asunto | None:
    """A la OGAUC: las de todos los centros con el plazo vencido y el evento por delante."""
    if not usuario.tiene_rol(Rol.OGAUC):
        return None
    filas = Validacion.objects.vigentes().atrasadas().filter(capacitacion__fecha_fin__gte=timezone.localdate())
    url = lista("?situacion=atrasadas", registro="validaciones")
    filas = filas.select_related("capacitacion__centro", "sistema")
    return armar("Validaciones atrasadas", filas, _linea_por_validar, url=url)
