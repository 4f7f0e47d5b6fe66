"""Poner correo en la bandeja de salida. Nadie envía directamente: se anota y el cartero reparte (ADR 0003)."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar

from .destinos import entrega_para
from .models import Entrega, Envio, Supresion
from .tasks import repartir

POR_TANDA = 1000


@dataclass(frozen=True)
class Destinatario:
    """A quién. ``clave`` distingue personas que comparten buzón; en un masivo se deja vacía y vale la dirección.

    ``referencia`` dice de quién es la dirección («entidad:812»), para el registro de lo enviado a cada entidad.
    """

    direccion: str
    nombre: str = ""
    clave: str = ""
    url_baja: str = ""
    referencia: str = ""


@dataclass(frozen=True)
class Adjunto:
    nombre: str
    tipo: str
    contenido: bytes

    def como_json(self) -> dict:
        return {"nombre": self.nombre, "tipo": self.tipo, "contenido": base64.b64encode(self.contenido).decode()}


@transaction.atomic
def poner_en_cola(
    *,
    clave: str,
    asunto: str,
    texto: str,
    html: str = "",
    destinatarios: Iterable[Destinatario],
    adjuntos: Iterable[Adjunto] = (),
    responder_a: str = "",
    es_masivo: bool = False,
    copias: Iterable[Destinatario] = (),
    lista: str = "",
    dirigido_a: str = "",
    sin_espera: bool = False,
    urgencia: str = "",
    centro=None,
    por=None,
) -> Envio:
    """Anota un envío y sus entregas, y despierta al cartero al confirmarse la transacción.

    Repetirla con la misma ``clave`` devuelve el envío que ya está y no agrega nada. Un masivo salta las direcciones
    suprimidas y lleva una sola entrega por dirección; ``lista`` es su List-Id y ``copias``, una por persona y envío
    (R111, R112). Un masivo espera la segunda firma si pasa del tope, y después un reposo en el que se puede cancelar;
    ``sin_espera`` lo exime por su clase (un correo informativo a la lista de un centro) y ``urgencia``, por el motivo
    que da.
    """
    envio, es_nuevo = Envio.objects.get_or_create(
        clave=clave,
        defaults={
            "asunto": " ".join(asunto.split())[:200],
            "texto": texto,
            "html": html,
            "adjuntos": [adjunto.como_json() for adjunto in adjuntos],
            "responder_a": responder_a,
            "es_masivo": es_masivo,
            "lista": lista,
            "dirigido_a": dirigido_a[:300],
            "urgencia": " ".join(urgencia.split())[:255],
            "centro": centro,
            "creado_por": por,
        },
    )
    if es_nuevo:
        _anotar_entregas(envio, destinatarios)
        _anotar_entregas(envio, copias, son_copias=True)
        transaction.on_commit(lambda: repartir.enqueue())
    return envio


def _anotar_entregas(envio: Envio, destinatarios: Iterable[Destinatario], *, son_copias: bool = False) -> None:
    # De mil en mil, también las bajas: con cien mil destinatarios se usa la misma memoria que con mil.
    restantes = iter(destinatarios)
    while tanda := list(islice(restantes, POR_TANDA)):
        anotadas = [entrega_para(envio, destinatario, es_copia=son_copias) for destinatario in tanda]
        # Las copias son un deber del servicio (R111, R112): no dependen de la baja de un boletín.
        if envio.es_masivo and not son_copias:
            direcciones = [entrega.direccion for entrega in anotadas]
            bajas = set(Supresion.objects.filter(direccion__in=direcciones).values_list("direccion", flat=True))
            anotadas = [entrega for entrega in anotadas if entrega.direccion not in bajas]
        Entrega.objects.bulk_create(anotadas, ignore_conflicts=True)


class NoProcede(Exception):
    """El envío o la entrega ya no está en un estado que admita lo que se pide; el mensaje se muestra tal cual."""


@transaction.atomic
def pausar(*, envio: Envio, por) -> Envio:
    """Detiene ``envio`` desde el siguiente lote; lo que ya está saliendo sale. Repetirla no hace daño."""
    return _pasar(envio, a=Envio.Estado.EN_PAUSA, desde=[Envio.Estado.EN_COLA], accion="pausar", por=por)


@transaction.atomic
def reanudar(*, envio: Envio, por) -> Envio:
    """Devuelve a la cola un envío en pausa y despierta al cartero."""
    return _pasar(envio, a=Envio.Estado.EN_COLA, desde=[Envio.Estado.EN_PAUSA], accion="reanudar", por=por)


@transaction.atomic
def cancelar(*, envio: Envio, por) -> Envio:
    """Cierra ``envio`` sin enviar lo que falta; no tiene vuelta atrás."""
    desde = [Envio.Estado.EN_COLA, Envio.Estado.EN_PAUSA]
    return _pasar(envio, a=Envio.Estado.CANCELADO, desde=desde, accion="cancelar", por=por)


def _pasar(envio: Envio, *, a: str, desde: list[str], accion: str, por) -> Envio:
    envio = Envio.objects.select_for_update().get(pk=envio.pk)
    if envio.estado == a:
        return envio
    if envio.estado not in desde:
        raise NoProcede(f"El envío ya está «{envio.get_estado_display().lower()}».")
    envio.estado = a
    envio.save(update_fields=["estado"])
    anotar(accion=accion, por=por, objeto=envio)
    if a == Envio.Estado.EN_COLA:
        transaction.on_commit(lambda: repartir.enqueue())
    return envio


@transaction.atomic
def reintentar_dudosa(*, entrega: Entrega, por) -> None:
    """Vuelve a poner en cola una entrega dudosa: quien lo decide acepta que pueda llegar dos veces."""
    dudosa = Entrega.objects.dudosas().filter(pk=entrega.pk)
    if not _volver_a_cola(entrega.envio, dudosa):
        raise NoProcede("Esa entrega ya no está dudosa.")
    anotar(accion="reintentar dudosa", por=por, objeto=entrega)


@transaction.atomic
def dar_por_enviada(*, entrega: Entrega, por) -> None:
    """Cierra una entrega dudosa sin repetirla."""
    dudosa = Entrega.objects.dudosas().filter(pk=entrega.pk)
    if not dudosa.update(estado=Entrega.Estado.ENVIADA, enviada_en=timezone.now()):
        raise NoProcede("Esa entrega ya no está dudosa.")
    anotar(accion="dar por enviada", por=por, objeto=entrega)


@transaction.atomic
def reintentar_fallidas(*, envio: Envio, por) -> int:
    """Vuelve a poner en cola lo que falló, cuando ya se arregló la causa. Dice cuántas entregas eran."""
    cuantas = _volver_a_cola(envio, Entrega.objects.fallidas().filter(envio=envio))
    if cuantas:
        anotar(accion="reintentar fallidas", por=por, objeto=envio, detalle={"entregas": cuantas})
    return cuantas


def _volver_a_cola(envio: Envio, entregas) -> int:
    # El mismo bloqueo que toma quien cierra el envío: no puede quedar terminado con algo en cola.
    envio = Envio.objects.select_for_update().get(pk=envio.pk)
    if envio.estado == Envio.Estado.CANCELADO:
        raise NoProcede("El envío está cancelado: ya no sale nada más.")
    cuantas = entregas.update(
        estado=Entrega.Estado.PENDIENTE, intentos=0, siguiente_intento_en=None, enviada_en=None, error=""
    )
    if cuantas and envio.estado == Envio.Estado.TERMINADO:
        envio.estado = Envio.Estado.EN_COLA
        envio.save(update_fields=["estado"])
    transaction.on_commit(lambda: repartir.enqueue())
    return cuantas
