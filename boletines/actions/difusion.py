"""Reenviar comunicados y enviar correos informativos, con la copia que manda la regla (R111, R112)."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from boletines.copias import copias_de, destinatarios_de
from boletines.difusion import componer_comunicado, componer_informativo, responder_a
from boletines.models import ComunicadoPage, CorreoDifundido, Suscriptor
from boletines.previas import direcciones_que_lo_tienen
from boletines.revision_previa import comprobar
from boletines.segmentos import Segmento
from correo.actions import Adjunto, poner_en_cola, probar
from correo.models import Envio
from correo.plantillas import Mensaje
from correo.revision import impedimentos
from custodia.actions import anotar
from organizacion.models import Centro, Usuario


class NoSeEnvia(Exception):
    """Por qué no procede; el mensaje se muestra tal cual."""


class ComunicadoSinPublicar(NoSeEnvia): ...


class YaNoRige(NoSeEnvia):
    """El comunicado venció y nadie confirmó que igual se quiere reenviar."""


class NadieAQuienEnviar(NoSeEnvia): ...


class SinContenido(NoSeEnvia):
    """Le falta el asunto o el texto, o la revisión halló algo que impide enviarlo."""


@transaction.atomic
def reenviar_comunicado(
    *,
    comunicado: ComunicadoPage,
    segmento: Segmento,
    por: Usuario,
    aunque_no_rija: bool = False,
    urgencia: str = "",
    request=None,
) -> CorreoDifundido:
    """Pone en la bandeja de salida el texto publicado de ``comunicado``, sin cambios, para ``segmento`` (R111).

    Salta a quien ya lo recibió. Las copias las pone la regla. Levanta una ``NoSeEnvia``, y entonces no queda nada.
    """
    # Dos especialistas a la vez: el segundo espera y ve lo que el primero acaba de mandar.
    Page.objects.select_for_update().get(pk=comunicado.pk)
    comunicado = ComunicadoPage.objects.select_related("sistema", "imagen").get(pk=comunicado.pk)
    exigir_que_se_reenvie(comunicado, aunque_no_rija=aunque_no_rija)
    segmento = replace(segmento, correo=Suscriptor.Tipo.COMUNICADOS.value)
    correo = CorreoDifundido.objects.create(
        tipo=CorreoDifundido.Tipo.COMUNICADO,
        comunicado=comunicado,
        sistema=comunicado.sistema,
        centro=_centro_de(segmento),
        segmento=segmento.a_json(),
        creado_por=por,
    )
    mensaje = componer_comunicado(comunicado, centro=correo.centro, por=por)
    ya = direcciones_que_lo_tienen(comunicado)
    return _enviar(correo, segmento, mensaje, por, salvo=ya, urgencia=urgencia, request=request)


def exigir_que_se_reenvie(comunicado: ComunicadoPage, *, aunque_no_rija: bool) -> None:
    """Levanta ``ComunicadoSinPublicar`` o ``YaNoRige``."""
    if not comunicado.live or comunicado.fecha > timezone.localdate():
        raise ComunicadoSinPublicar("Este comunicado todavía no está publicado: no se reenvía.")
    if not comunicado.esta_vigente and not aunque_no_rija:
        raise YaNoRige("Este comunicado ya no rige. Si igual quiere reenviarlo, marque que lo sabe.")


@transaction.atomic
def enviar_informativo(*, correo: CorreoDifundido, por: Usuario, urgencia: str = "", request=None) -> CorreoDifundido:
    """Pone en la bandeja de salida el borrador ``correo`` (R112); repetirla no lo envía otra vez.

    A la lista de un solo centro no le toca segunda firma ni reposo. Levanta una ``NoSeEnvia``.
    """
    correo = CorreoDifundido.objects.select_for_update(of=("self",)).get(pk=correo.pk)
    if correo.enviado_en:
        return correo
    if not correo.asunto or not correo.cuerpo:
        raise SinContenido("Escriba el asunto y el texto antes de enviarlo.")
    segmento = replace(Segmento.desde_json(correo.segmento), correo=Suscriptor.Tipo.INFORMATIVOS.value)
    mensaje = componer_informativo(correo, por=por)
    return _enviar(correo, segmento, mensaje, por, urgencia=urgencia, adjuntos=adjuntos_de(correo), request=request)


def adjuntos_de(correo: CorreoDifundido) -> list[Adjunto]:
    archivos = [adjunto.archivo for adjunto in correo.adjuntos.select_related("archivo")]
    return [Adjunto(archivo.nombre, archivo.tipo, archivo.leer()) for archivo in archivos]


def _enviar(correo, segmento, mensaje, por, *, salvo=None, urgencia="", adjuntos=(), request=None):
    if faltas := impedimentos(comprobar(mensaje)):
        raise SinContenido(
            "No se puede enviar así. " + " ".join(f"{falta.nombre}: {falta.detalle}" for falta in faltas)
        )
    copias = copias_de(correo.centro)
    sin_espera = correo.tipo == CorreoDifundido.Tipo.INFORMATIVO and segmento.es_de_un_centro()
    envio = poner_en_cola(
        clave=f"difundido:{correo.pk}",
        asunto=mensaje.asunto,
        texto=mensaje.texto,
        html=mensaje.html,
        destinatarios=segmento.destinatarios(por, salvo=salvo),
        adjuntos=adjuntos,
        responder_a=responder_a(correo.creado_por or por, correo.centro),
        es_masivo=True,
        copias=destinatarios_de(copias),
        lista=lista_de(correo),
        dirigido_a=segmento.describir(),
        sin_espera=sin_espera,
        urgencia="" if sin_espera else urgencia,
        centro=correo.centro,
        por=por,
    )
    if not (cuantos := envio.entregas.filter(es_copia=False).count()):
        raise NadieAQuienEnviar("No queda nadie a quien enviarlo con esa selección.")
    correo.envio, correo.enviado_en = envio, timezone.now()
    correo.save(update_fields=["envio", "enviado_en"])
    detalle = {"envio": envio.pk, "destinatarios": cuantos, "copias": len(copias)}
    anotar(
        accion=f"enviar {correo.get_tipo_display().lower()}", por=por, objeto=correo, detalle=detalle, request=request
    )
    return correo


def lista_de(correo: CorreoDifundido) -> str:
    """El nombre de su lista para List-Id: «comunicados-cusco», «informativos»."""
    return "-".join(filter(None, [f"{correo.tipo}s", correo.centro.slug if correo.centro else ""]))


def _centro_de(segmento: Segmento) -> Centro | None:
    return Centro.objects.get(pk=segmento.centro) if segmento.centro else None


def probar_mensaje(*, de_que: str, mensaje: Mensaje, por: Usuario, adjuntos=(), centro: Centro | None = None) -> Envio:
    """Manda ``mensaje`` solo al correo de ``por``, sin copias. Levanta ``correo.actions.CuentaSinCorreo``."""
    url = settings.URL_DEL_SITIO
    return probar(de_que=de_que, **mensaje._asdict(), por=por, url_baja=url, adjuntos=adjuntos, centro=centro)
