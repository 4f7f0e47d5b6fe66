"""Lo que alguien responde por su enlace: confirma, o propone. Nada de aquí cambia un dato del directorio."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar, aviso_vigente
from custodia.models import Aviso
from directorio.frescura.verificar import verificar
from directorio.models import Autoridad, Entidad, Operador, Pedido, Propuesta

from .actions import CampaniaCerrada

Sobre, Clase, Estado = Propuesta.Sobre, Propuesta.Clase, Pedido.Estado


class YaRespondido(Exception):
    """El enlace ya se usó, se anuló o es de quien dejó la entidad."""


@dataclass
class Respuesta:
    """``confirmadas``: filas que siguen igual. ``propuestas``: sin guardar."""

    confirmadas: list = field(default_factory=list)
    propuestas: list[Propuesta] = field(default_factory=list)


def en_texto(fila, campo: str) -> str:
    """Lo que ``fila`` dice en ``campo``, como se muestra y se compara."""
    if campo == "sistemas":
        return ", ".join(sorted(str(sistema) for sistema in fila.sistemas.all()))
    return str(getattr(fila, campo))


def cambio(fila, campo: str, antes, despues, datos: dict | None = None) -> Propuesta:
    """De ``campo``, lo que dice hoy y lo que se propone; ``datos``, si no cabe en un texto (los sistemas)."""
    textos = {"antes": str(antes)[:300], "despues": str(despues)[:300], "datos": datos or {}}
    return Propuesta(clase=Clase.CAMBIO, campo=campo, **textos, **de(fila))


def baja(fila, hasta: dt.date | None = None) -> Propuesta:
    """``hasta``: su último día, si quien responde lo sabe."""
    return Propuesta(clase=Clase.BAJA, datos={"hasta": hasta.isoformat()} if hasta else {}, **de(fila))


def alta(sobre: str, datos: dict) -> Propuesta:
    return Propuesta(clase=Clase.ALTA, sobre=sobre, datos=datos)


def de(fila) -> dict:
    """Las llaves con que una propuesta señala ``fila``."""
    if isinstance(fila, Entidad):
        return {"sobre": Sobre.ENTIDAD}
    if isinstance(fila, Autoridad):
        return {"sobre": Sobre.AUTORIDAD, "autoridad": fila}
    return {"sobre": Sobre.OPERADOR, "operador": fila}


@transaction.atomic
def responder(*, pedido: Pedido, respuesta: Respuesta, request=None) -> Pedido:
    """Guarda la ``respuesta`` una sola vez; la segunda levanta ``YaRespondido`` y no cambia nada."""
    pedidos = Pedido.objects.select_for_update(of=("self",)).select_related("campania", "entidad", "operador")
    pedido = pedidos.get(pk=pedido.pk)
    if pedido.estado != Estado.PENDIENTE or pedido.se_fue:
        raise YaRespondido
    if not pedido.campania.esta_abierta():
        raise CampaniaCerrada("El plazo para responder ya pasó.")
    for fila in respuesta.confirmadas:
        verificar(fila=fila, por=None, request=request)
    for propuesta in respuesta.propuestas:
        propuesta.pedido, propuesta.entidad = pedido, pedido.entidad
    Propuesta.objects.bulk_create(respuesta.propuestas)
    pedido.estado = Estado.CORREGIDO if respuesta.propuestas else Estado.CONFORME
    pedido.respondido_en, pedido.aviso = timezone.now(), aviso_vigente(Aviso.Finalidad.OPERADORES)
    pedido.save(update_fields=["estado", "respondido_en", "aviso"])
    detalle = {"confirmados": len(respuesta.confirmadas), "propuestas": len(respuesta.propuestas)}
    anotar(accion="responder por enlace", objeto=pedido, detalle=detalle, request=request)
    return pedido


def personas_de(entidad: Entidad) -> list[Autoridad | Operador]:
    """Las que hoy figuran en ``entidad``: primero sus autoridades."""
    operadores = Operador.objects.activos().filter(entidad=entidad).prefetch_related("sistemas")
    return [*Autoridad.objects.vigentes().filter(entidad=entidad), *operadores]
