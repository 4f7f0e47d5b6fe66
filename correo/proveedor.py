"""Los avisos del proveedor de correo (rebotes, quejas), que anymail recibe y vuelve iguales para todos."""

import functools
import logging

from anymail.exceptions import AnymailError
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.core.exceptions import ImproperlyConfigured
from django.dispatch import receiver
from django.http import HttpResponseBadRequest, HttpResponseNotFound
from django.urls import URLPattern, include, path
from django.views.decorators.csrf import csrf_exempt

from . import dsn
from .models import Entrega, Suceso
from .sucesos import anotar_suceso, entrega_de, ultima_entrega_a

registro = logging.getLogger(__name__)
T = Suceso.Tipo
# Lo que levanta un cuerpo que no es el que el proveedor documenta.
MAL_HECHO = (ValueError, LookupError, TypeError, AttributeError, AnymailError)
# De por qué el proveedor ni siquiera lo intentó: lo que sabe de esa dirección. Lo demás es cosa suya y pasajera.
POR_RECHAZO = {
    RejectReason.INVALID: T.REBOTE,
    RejectReason.BOUNCED: T.REBOTE,
    RejectReason.SPAM: T.QUEJA,
    RejectReason.UNSUBSCRIBED: T.BAJA,
}
POR_SUCESO = {EventType.COMPLAINED: T.QUEJA, EventType.UNSUBSCRIBED: T.BAJA}
# Cada proveedor dice a su modo que un rebote no es definitivo; anymail no lo traduce.
PASAJEROS = {"SoftBounce", "soft_bounce", "Transient", "Undetermined", "temporary", "soft"}


def avisos_de_proveedor(secreto) -> list:
    """Las direcciones que anymail atiende, solo las de seguimiento; ninguna si no hay ``secreto`` que las cuide."""
    if not secreto:
        return []
    from anymail import urls

    rutas = [
        URLPattern(ruta.pattern, _sin_romperse(ruta.callback), ruta.default_args, ruta.name)
        for ruta in urls.urlpatterns
        if "inbound" not in ruta.name
    ]
    return [path("anymail/", include((rutas, "anymail")))]


def _sin_romperse(vista):
    """Un cuerpo ilegible es un pedido mal hecho (400), no una falla del portal que el proveedor repita sin fin."""

    @csrf_exempt
    @functools.wraps(vista)
    def atender(request, *args, **kwargs):
        try:
            return vista(request, *args, **kwargs)
        except ImproperlyConfigured as error:
            registro.warning("Aviso de un proveedor sin configurar en %s: %s", request.path, error)
            return HttpResponseNotFound()
        except MAL_HECHO as error:
            registro.warning("Aviso de proveedor mal hecho en %s", request.path, exc_info=error)
            return HttpResponseBadRequest()

    return atender


@receiver(tracking, dispatch_uid="correo.proveedor")
def al_avisar(event: AnymailTrackingEvent, esp_name: str, **_) -> None:
    tipo = tipo_de(event)
    if tipo is None:
        return
    entrega = entrega_del_aviso(event)
    anotar_suceso(
        origen=esp_name,
        identificador=f"{event.event_id}:{event.recipient}" if event.event_id else _huella(event),
        tipo=tipo,
        direccion=event.recipient or "",
        entrega=entrega,
        ocurrido_en=event.timestamp,
        detalle=event.mta_response or event.description or "",
    )


def tipo_de(event: AnymailTrackingEvent) -> str | None:
    """Qué suceso es, o ``None`` si no es de los que importan (entregado, abierto, demorado)."""
    if event.event_type == EventType.REJECTED:
        return POR_RECHAZO.get(event.reject_reason, T.REBOTE_PASAJERO)
    if event.event_type == EventType.BOUNCED:
        return T.REBOTE_PASAJERO if _es_pasajero(event) else T.REBOTE
    return POR_SUCESO.get(event.event_type)


def _es_pasajero(event) -> bool:
    crudo = event.esp_event if hasattr(event.esp_event, "get") else {}
    rebote = crudo.get("bounce") if isinstance(crudo.get("bounce"), dict) else {}
    dichos = {crudo.get("Type"), crudo.get("event"), crudo.get("severity"), rebote.get("bounceType")}
    if PASAJEROS & {dicho for dicho in dichos if isinstance(dicho, str)}:
        return True
    return dsn.tipo_de_rebote(str(event.mta_response or "")) == dsn.PASAJERO


def entrega_del_aviso(event) -> Entrega | None:
    """Por la marca que lleva el mensaje, por sus identificadores o, a falta de ellos, por la dirección."""
    marca = str(event.metadata.get("entrega", "")) if isinstance(event.metadata, dict) else ""
    if marca.isascii() and marca.isdigit() and len(marca) <= 18:
        de_la_marca = Entrega.objects.filter(pk=int(marca), direccion=(event.recipient or "").lower()).first()
        if de_la_marca:
            return de_la_marca
    identificador = event.message_id or ""
    return entrega_de(message_id=identificador, id_de_proveedor=identificador) or ultima_entrega_a(event.recipient)


def _huella(event) -> str:
    return f"{event.event_type} {event.message_id} {event.recipient} {event.timestamp}"
