"""Lo que una convocatoria espera de cada quien: invitar a tiempo, llamar y reafirmar (R76, R78, R79)."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.acogida import con_baja_acogida, con_llamadas
from eventos.models import Capacitacion, Inscripcion, Invitacion, Llamada
from organizacion.models import AjustesPortal, Rol

from .asunto import Asunto, Linea, armar, de_sus_centros, lista

QUIENES_LLAMAN = (Rol.ASISTENTE, Rol.COORDINADOR)
# Con cuántos días de sobra se recuerda que toca invitar.
MARGEN = 7


def _panel(fila) -> str:
    return reverse("eventos_intranet:panel", args=[fila.pk]) + "#convocatoria"


def por_convocar(usuario) -> Asunto | None:
    """Las de su centro a las que nadie fue invitado y cuyo plazo se cumple pronto o ya pasó (R76)."""
    if not usuario.tiene_rol(*QUIENES_LLAMAN) or not usuario.has_perm("eventos.add_convocatoria"):
        return None
    hasta = timezone.localdate() + dt.timedelta(days=AjustesPortal.load().dias_de_invitacion + MARGEN)
    filas = de_sus_centros(usuario, "eventos.add_convocatoria").filter(centro__isnull=False).en_pie().proximas()
    invitadas = Invitacion.objects.filter(capacitacion=OuterRef("pk"))
    filas = filas.filter(~Exists(invitadas), fecha_inicio__gt=timezone.localdate(), fecha_inicio__lte=hasta)
    return armar("Capacitaciones por convocar", filas, _linea_por_convocar, url=lista("?cuando=proximas"))


def _linea_por_convocar(fila):
    return Linea(fila.titulo, _panel(fila), f"Empieza el {fecha_media(fila.fecha_inicio)}: nadie fue invitado")


def baja_acogida(usuario) -> Asunto | None:
    """Pocos inscritos y pocos días: llamar a los invitados (R78). Con las llamadas hechas deja de salir."""
    if not usuario.tiene_rol(*QUIENES_LLAMAN) or not usuario.has_perm("eventos.change_llamada"):
        return None
    invitadas = Invitacion.objects.filter(capacitacion=OuterRef("pk"))
    suyas = de_sus_centros(usuario, "eventos.change_llamada").filter(Exists(invitadas))
    filas = con_llamadas(con_baja_acogida(suyas))
    filas = filas.exclude(llamadas_armadas__gt=0, por_llamar=0)
    return armar("Baja acogida: llame a los invitados", filas, _linea_de_baja, es_urgente=True)


def _linea_de_baja(fila):
    sigue = f"faltan {fila.por_llamar} llamadas" if fila.llamadas_armadas else "falta armar la lista de llamadas"
    url = reverse("eventos_intranet:llamadas", args=[fila.pk]) if fila.llamadas_armadas else _panel(fila)
    de = "cupos" if fila.cupos else "invitados"
    return Linea(fila.titulo, url, f"{fecha_media(fila.fecha_inicio)} · {fila.inscritos} de {fila.base} {de} · {sigue}")


def por_reafirmar(usuario) -> Asunto | None:
    """Las que el especialista expone o son de su sistema, con inscritos sin reafirmar (R79)."""
    if not usuario.tiene_rol(*permissions.ESPECIALISTAS):
        return None
    hoy = timezone.localdate()
    hasta = hoy + dt.timedelta(days=AjustesPortal.load().dias_de_reafirmacion)
    hechas = Llamada.objects.filter(inscripcion=OuterRef("pk"), asunto=Llamada.Asunto.REAFIRMACION)
    hechas = hechas.exclude(resultado=Llamada.Resultado.PENDIENTE)
    suyas = de_sus_centros(usuario, "eventos.add_llamada")
    filas = suyas.en_pie().filter(fecha_inicio__gte=hoy, fecha_inicio__lte=hasta)
    filas = filas.filter(Exists(_sin_reafirmar(hechas))).order_by("fecha_inicio", "pk").prefetch_related("sesiones")
    le_tocan = [fila for fila in filas if permissions.puede_reafirmar(usuario, fila)]
    return armar("Reafirme la participación de los inscritos", le_tocan, _linea_por_reafirmar, es_urgente=True)


def _sin_reafirmar(hechas):
    con_cupo = Inscripcion.objects.confirmadas().filter(capacitacion=OuterRef("pk"), es_ciudadano=False)
    return con_cupo.filter(~Exists(hechas))


def _linea_por_reafirmar(fila: Capacitacion):
    return Linea(fila.titulo, _panel(fila), fecha_media(fila.fecha_inicio))
