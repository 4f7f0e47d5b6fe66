"""Lo que las capacitaciones, las inscripciones y las preguntas esperan de cada quien."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from comun.templatetags.comun import fecha_media, hora
from eventos import permissions
from eventos.models import Asistencia, Capacitacion, Inscripcion, Pregunta, RespuestaEncuesta

from .asunto import Asunto, Linea, armar, de_sus_centros, lista

PROXIMOS_DIAS = 7


def _terminadas(usuario, permiso):
    return de_sus_centros(usuario, permiso).en_pie().pasadas()


def proximas(usuario) -> Asunto | None:
    if not permissions.puede_ver_capacitaciones(usuario):
        return None
    hasta = timezone.localdate() + dt.timedelta(PROXIMOS_DIAS)
    confirmadas = Count("inscripciones", filter=Q(inscripciones__estado=Inscripcion.Estado.CONFIRMADA))
    filas = Capacitacion.objects.para(usuario).en_pie().proximas().filter(fecha_inicio__lte=hasta)
    filas = filas.select_related("centro").annotate(confirmadas=confirmadas)
    return armar("Capacitaciones de esta semana", filas, _linea_proxima, url=lista("?cuando=proximas"))


def _linea_proxima(fila):
    cupos = f" de {fila.cupos}" if fila.cupos else ""
    partes = [
        fecha_media(fila.fecha_inicio),
        fila.centro.nombre if fila.centro else "Sede",
        f"{fila.confirmadas}{cupos}",
    ]
    return Linea(fila.titulo, reverse("eventos_intranet:panel", args=[fila.pk]), " · ".join(partes) + " inscritos")


def sin_asistencia(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_asistencia"):
        return None
    firmas = Asistencia.objects.firmadas().filter(sesion__capacitacion=OuterRef("pk"))
    filas = _terminadas(usuario, "eventos.change_asistencia").filter(~Exists(firmas))
    return armar(
        "Terminaron y no tienen asistencia",
        filas,
        _linea_de("asistencia"),
        url=lista("?cuando=pasadas"),
        es_urgente=True,
    )


def sin_encuestas(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.add_respuestaencuesta"):
        return None
    respuestas = RespuestaEncuesta.objects.filter(capacitacion=OuterRef("pk"))
    filas = _terminadas(usuario, "eventos.add_respuestaencuesta").filter(~Exists(respuestas))
    filas = filas.exclude(tipo=Capacitacion.Tipo.INFORMATIVA)
    return armar("Terminaron y no tienen encuestas", filas, _linea_de("encuestas"), url=lista("?cuando=pasadas"))


def ofertas(usuario) -> Asunto | None:
    """Cupos ofrecidos que nadie ha aceptado: una llamada a tiempo evita que se pierdan."""
    if not usuario.has_perm("eventos.change_inscripcion"):
        return None
    suyas = de_sus_centros(usuario, "eventos.change_inscripcion").en_pie()
    filas = Inscripcion.objects.ofrecidas().filter(capacitacion__in=suyas)
    url = lista("?estado__exact=ofrecida", registro="inscripciones")
    return armar("Cupos ofrecidos sin respuesta", filas.select_related("capacitacion"), _linea_de_oferta, url=url)


def _linea_de_oferta(fila):
    hasta = f"{fecha_media(fila.oferta_vence_en)}, {hora(fila.oferta_vence_en)}"
    url = reverse("eventos_intranet:inscripcion-aceptar", args=[fila.pk])
    return Linea(str(fila), url, f"{fila.telefono} · hasta {hasta} · {fila.capacitacion}")


def borradores(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_capacitacion"):
        return None
    suyas = de_sus_centros(usuario, "eventos.change_capacitacion")
    filas = suyas.filter(estado=Capacitacion.Estado.BORRADOR).order_by("fecha_inicio", "pk")
    return armar("Capacitaciones por publicar", filas, _linea_de("panel"), url=lista("?estado__exact=borrador"))


def _linea_de(pantalla):
    def linea(fila):
        url = reverse(f"eventos_intranet:{pantalla}", args=[fila.pk])
        return Linea(fila.titulo, url, fecha_media(fila.fecha_inicio) or "Sin fecha")

    return linea


def preguntas(usuario) -> Asunto | None:
    """Alguien espera respuesta: la más antigua primero."""
    if not usuario.has_perm("eventos.change_pregunta"):
        return None
    filas = Pregunta.objects.propias(usuario).por_atender().select_related("capacitacion")
    url = lista("?atendida=no", registro="preguntas")
    return armar("Preguntas por atender", filas, _linea_de_pregunta, url=url, es_urgente=True)


def _linea_de_pregunta(fila):
    url = reverse("eventos_intranet:pregunta-atender", args=[fila.pk])
    detalle = fila.capacitacion.titulo if fila.capacitacion else "En general"
    return Linea(Truncator(fila.texto).chars(80), url, f"{fila.nombre} · {detalle} · {fecha_media(fila.creada_en)}")


def por_vincular(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_inscripcion"):
        return None
    abiertas = de_sus_centros(usuario, "eventos.change_inscripcion").filter(cerrada_en__isnull=True)
    filas = Inscripcion.objects.filter(capacitacion__in=abiertas).vigentes().sin_entidad()
    url = reverse("directorio_escritas")
    return armar(
        "Entidades por vincular",
        filas.select_related("capacitacion").order_by("creada_en"),
        _linea_por_vincular,
        url=url,
    )


def _linea_por_vincular(fila):
    url = reverse("eventos_intranet:inscripcion-entidad", args=[fila.pk])
    return Linea(fila.entidad_texto, url, f"{fila} · {fila.capacitacion}")
