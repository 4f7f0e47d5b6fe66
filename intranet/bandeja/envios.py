"""Los envíos de correo: los que esperan firma, los que están saliendo y lo que no se sabe si llegó."""

from django.db.models import Q
from django.urls import reverse

from correo.avance import avances
from correo.estado import describir
from correo.models import Envio
from correo.permissions import puede_aprobar_envios, puede_gobernar_envios, puede_ver_envios

from .asunto import LINEAS, Asunto, Linea, armar


def por_firmar(usuario) -> Asunto | None:
    """Los masivos grandes que otra persona preparó y esperan su segunda firma."""
    if not (puede_ver_envios(usuario) and puede_aprobar_envios(usuario)):
        return None
    ajenos = ~Q(creado_por=usuario) | Q(creado_por=None)
    return _de_envios(
        "Envíos por aprobar",
        Envio.objects.propias(usuario).por_aprobar().filter(ajenos).select_related("creado_por"),
        lambda envio, avance: f"Lo preparó {envio.creado_por or 'el portal'} · {avance.total:,} mensajes",
        consulta="?ver=por-aprobar",
        es_urgente=True,
    )


def envios_en_curso(usuario) -> Asunto | None:
    """Lo que está saliendo, reposando o detenido; y lo que espera la segunda firma, a quien no puede darla."""
    if not puede_ver_envios(usuario):
        return None
    estados = Q(estado__in=(Envio.Estado.EN_COLA, Envio.Estado.EN_PAUSA))
    por_aprobar = Q(estado=Envio.Estado.POR_APROBAR)
    estados |= por_aprobar & Q(creado_por=usuario) if puede_aprobar_envios(usuario) else por_aprobar
    return _de_envios(
        "Envíos en curso",
        Envio.objects.para(usuario).masivos().filter(estados),
        lambda envio, avance: f"{describir(envio)} · faltan {avance.por_salir}",
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


def _de_envios(titulo, envios, detalle, *, consulta="", es_urgente=False):
    envios = list(envios.defer("texto", "html", "adjuntos")[: LINEAS + 1])
    por_envio = avances(envios)

    def linea(envio):
        return Linea(
            envio.asunto, reverse("correo_envio_detalle", args=[envio.pk]), detalle(envio, por_envio[envio.pk])
        )

    return armar(titulo, envios, linea, url=reverse("correo_envios") + consulta, es_urgente=es_urgente)
