"""Los correos de una campaña: personales, uno por pedido, porque los colegas comparten buzón (invariante 3).

Van en un solo envío por ola, y si pasan del tope esperan la segunda firma como un masivo (ADR 0020, ADR 0032).
"""

from collections.abc import Iterable

from correo.actions import Destinatario, poner_en_cola
from correo.models import Entrega, Envio
from correo.plantillas import Mensaje, componer
from directorio.models import Campania, Pedido
from organizacion.models import AjustesPortal

from .enlaces import url_de

INICIAL, MITAD, FINAL = "inicial", "mitad", "final"
MOTIVO = "Lo recibe porque figura en el directorio de entidades y operadores de los CONECTAMEF."


def clave_de(campania: Campania, ola: str) -> str:
    return f"campania:{campania.pk}:{ola}"


def mensaje_de(campania: Campania, ola: str = INICIAL) -> Mensaje:
    """El nombre y el enlace de cada quien los pone cada entrega (``correo.mensaje.MARCAS``)."""
    contexto = {
        "campania": campania,
        "centro": campania.centro,
        "es_recordatorio": ola != INICIAL,
        "nombre": "%NOMBRE%",
        "url_propia": "%URL_BAJA%",
        "motivo": MOTIVO,
    }
    return componer("directorio/correo/campania", contexto)


def enviar(campania: Campania, pedidos: Iterable[Pedido], ola: str) -> Envio | None:
    """Pone en cola los ``pedidos`` con correo; repetir la misma ola no envía nada más."""
    destinatarios = [_destinatario(pedido) for pedido in pedidos if pedido.correo]
    if not destinatarios:
        return None
    centro = campania.centro
    return poner_en_cola(
        clave=clave_de(campania, ola),
        **mensaje_de(campania, ola)._asdict(),
        destinatarios=destinatarios,
        responder_a=(centro and centro.correo) or AjustesPortal.load().correo,
        dirigido_a=f"Campaña «{campania}»",
        a_muchos=True,
        centro=centro,
        por=campania.iniciada_por,
    )


def _clave_de_entrega(pedido: Pedido) -> str:
    return f"pedido:{pedido.pk}"


def _destinatario(pedido: Pedido) -> Destinatario:
    referencia = "" if pedido.operador_id else f"entidad:{pedido.entidad_id}"
    return Destinatario(pedido.correo, pedido.a_quien, _clave_de_entrega(pedido), url_de(pedido), referencia)


def ya_salio(campania: Campania) -> bool:
    """Si su primer correo terminó de salir: mientras espera una firma, no se recuerda nada."""
    return Envio.objects.filter(clave=clave_de(campania, INICIAL), estado=Envio.Estado.TERMINADO).exists()


def entregas_de(campania: Campania, pedidos: Iterable[Pedido]) -> dict[int, str]:
    """Cómo va el primer correo de cada uno de ``pedidos``: su llave y ``Entrega.Estado``."""
    claves = {_clave_de_entrega(pedido): pedido.pk for pedido in pedidos}
    filas = Entrega.objects.filter(envio__clave=clave_de(campania, INICIAL), clave__in=claves)
    return {claves[clave]: estado for clave, estado in filas.values_list("clave", "estado")}
