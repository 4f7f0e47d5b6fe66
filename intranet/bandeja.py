"""Lo que espera a cada quien al entrar: cada asunto es una lista de enlaces que llevan a resolverlo.

Cada función responde por un asunto: ``None`` si no le toca al rol o no hay nada. Todo pasa por ``.para(usuario)``.
"""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from boletines.actions import envio_de
from boletines.models import BoletinesIndexPage, BoletinPage
from boletines.permissions import puede_editar, puede_enviar_boletines
from comun.alcance import alcance_de
from comun.templatetags.comun import fecha_media, hora
from correo.avance import avances
from correo.models import Envio
from correo.permissions import puede_gobernar_envios, puede_ver_envios
from eventos import permissions
from eventos.models import Asistencia, Capacitacion, Inscripcion, Pregunta, RespuestaEncuesta

from .asunto import Asunto, Linea
from .mural import mural

LINEAS = 5
PROXIMOS_DIAS = 7


def asuntos_de(usuario) -> list[Asunto]:
    """Los asuntos de ``usuario``, primero lo que alguien más espera de él."""
    return [asunto for averiguar in ASUNTOS if (asunto := averiguar(usuario))]


def _asunto(titulo, filas, linea, *, url="", es_urgente=False) -> Asunto | None:
    filas = list(filas[: LINEAS + 1])
    if not filas:
        return None
    return Asunto(titulo, [linea(fila) for fila in filas[:LINEAS]], url if len(filas) > LINEAS else "", es_urgente)


def _lista(consulta="", registro="capacitaciones"):
    return reverse(f"{registro}_modeladmin_index") + consulta


def _de_sus_centros(usuario):
    """Las capacitaciones que ``usuario`` puede trabajar, no solo mirar: las de sus centros, o todas en la sede."""
    alcance = alcance_de(usuario)
    filas = Capacitacion.objects.para(usuario)
    return filas if alcance.nacional else filas.filter(centro__in=alcance.centros)


def _terminadas(usuario):
    return _de_sus_centros(usuario).en_pie().pasadas()


def proximas(usuario) -> Asunto | None:
    if not permissions.puede_ver_capacitaciones(usuario):
        return None
    hasta = timezone.localdate() + dt.timedelta(PROXIMOS_DIAS)
    confirmadas = Count("inscripciones", filter=Q(inscripciones__estado=Inscripcion.Estado.CONFIRMADA))
    filas = Capacitacion.objects.para(usuario).en_pie().proximas().filter(fecha_inicio__lte=hasta)
    filas = filas.select_related("centro").annotate(confirmadas=confirmadas)
    return _asunto("Capacitaciones de esta semana", filas, _linea_proxima, url=_lista("?cuando=proximas"))


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
    filas = _terminadas(usuario).filter(~Exists(firmas))
    return _asunto(
        "Terminaron y no tienen asistencia",
        filas,
        _linea_de("asistencia"),
        url=_lista("?cuando=pasadas"),
        es_urgente=True,
    )


def sin_encuestas(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.add_respuestaencuesta"):
        return None
    respuestas = RespuestaEncuesta.objects.filter(capacitacion=OuterRef("pk"))
    filas = _terminadas(usuario).exclude(tipo=Capacitacion.Tipo.INFORMATIVA).filter(~Exists(respuestas))
    return _asunto("Terminaron y no tienen encuestas", filas, _linea_de("encuestas"), url=_lista("?cuando=pasadas"))


def ofertas(usuario) -> Asunto | None:
    """Cupos ofrecidos que nadie ha aceptado: una llamada a tiempo evita que se pierdan."""
    if not usuario.has_perm("eventos.change_inscripcion"):
        return None
    filas = Inscripcion.objects.ofrecidas().filter(capacitacion__in=_de_sus_centros(usuario).en_pie())
    url = _lista("?estado__exact=ofrecida", registro="inscripciones")
    return _asunto("Cupos ofrecidos sin respuesta", filas.select_related("capacitacion"), _linea_de_oferta, url=url)


def _linea_de_oferta(fila):
    hasta = f"{fecha_media(fila.oferta_vence_en)}, {hora(fila.oferta_vence_en)}"
    url = reverse("eventos_intranet:inscripcion-aceptar", args=[fila.pk])
    return Linea(str(fila), url, f"{fila.telefono} · hasta {hasta} · {fila.capacitacion}")


def borradores(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_capacitacion"):
        return None
    filas = _de_sus_centros(usuario).filter(estado=Capacitacion.Estado.BORRADOR).order_by("fecha_inicio", "pk")
    return _asunto("Capacitaciones por publicar", filas, _linea_de("panel"), url=_lista("?estado__exact=borrador"))


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
    url = _lista("?atendida=no", registro="preguntas")
    return _asunto("Preguntas por atender", filas, _linea_de_pregunta, url=url, es_urgente=True)


def _linea_de_pregunta(fila):
    url = reverse("eventos_intranet:pregunta-atender", args=[fila.pk])
    detalle = fila.capacitacion.titulo if fila.capacitacion else "En general"
    return Linea(Truncator(fila.texto).chars(80), url, f"{fila.nombre} · {detalle} · {fecha_media(fila.creada_en)}")


def por_vincular(usuario) -> Asunto | None:
    if not usuario.has_perm("eventos.change_inscripcion"):
        return None
    filas = Inscripcion.objects.filter(capacitacion__in=_de_sus_centros(usuario)).vigentes().sin_entidad()
    url = _lista("?entidad=no", registro="inscripciones")
    return _asunto(
        "Entidades por vincular",
        filas.select_related("capacitacion").order_by("creada_en"),
        _linea_por_vincular,
        url=url,
    )


def _linea_por_vincular(fila):
    url = reverse("eventos_intranet:inscripcion-entidad", args=[fila.pk])
    return Linea(fila.entidad_texto, url, f"{fila} · {fila.capacitacion}")


def boletin(usuario) -> Asunto | None:
    """La edición del mes: crearla, publicarla o enviarla (R105, R110)."""
    if not puede_enviar_boletines(usuario):
        return None
    hoy = timezone.localdate()
    lineas = []
    indice = BoletinesIndexPage.objects.first()
    ediciones = list(BoletinPage.objects.defer("cuerpo", "texto_busqueda").order_by("-anio", "-mes")[:LINEAS])
    if puede_editar(usuario, indice):
        if not any((e.anio, e.mes) == (hoy.year, hoy.month) for e in ediciones):
            url = reverse("wagtailadmin_pages:add", args=["boletines", "boletinpage", indice.pk])
            lineas.append(Linea("Crear la edición de este mes", url))
        for edicion in ediciones:
            if not edicion.live:
                url = reverse("wagtailadmin_pages:edit", args=[edicion.pk])
                lineas.append(Linea(edicion.title, url, "En borrador: falta publicarla"))
    ultima = next((edicion for edicion in ediciones if edicion.live), None)
    if ultima and not envio_de(ultima):
        url = reverse("boletin_enviar", args=[ultima.pk])
        lineas.append(Linea(ultima.title, url, "Publicada: falta enviarla a los suscriptores"))
    return Asunto("Boletín", lineas) if lineas else None


def envios_en_curso(usuario) -> Asunto | None:
    if not puede_ver_envios(usuario):
        return None
    en_curso = Envio.objects.para(usuario).masivos().filter(estado__in=(Envio.Estado.EN_COLA, Envio.Estado.EN_PAUSA))
    return _de_envios(
        "Envíos en curso", en_curso, lambda envio, avance: f"{envio.get_estado_display()} · faltan {avance.por_salir}"
    )


def dudosas(usuario) -> Asunto | None:
    if not puede_gobernar_envios(usuario):
        return None
    return _de_envios(
        "Correos que no se sabe si llegaron",
        Envio.objects.para(usuario).con_dudosas(),
        lambda envio, avance: f"{avance.dudosas} por decidir: reenviar o dar por enviado",
        es_urgente=True,
    )


def _de_envios(titulo, envios, detalle, *, es_urgente=False):
    envios = list(envios[: LINEAS + 1])
    por_envio = avances(envios)

    def linea(envio):
        return Linea(
            envio.asunto, reverse("correo_envio_detalle", args=[envio.pk]), detalle(envio, por_envio[envio.pk])
        )

    return _asunto(titulo, envios, linea, url=reverse("correo_envios"), es_urgente=es_urgente)


ASUNTOS = (
    dudosas,
    preguntas,
    sin_asistencia,
    ofertas,
    proximas,
    sin_encuestas,
    por_vincular,
    borradores,
    boletin,
    envios_en_curso,
    mural,
)
