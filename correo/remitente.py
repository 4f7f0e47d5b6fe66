"""El correo que pide un piso de abajo, que no puede importar la bandeja de salida (registro ``remitentes``)."""

from comun.registros import remitentes

from .actions import Destinatario, poner_en_cola
from .plantillas import componer


@remitentes.anotar
def enviar_aviso(*, clave, plantilla, contexto, destinatarios, responder_a="", por=None) -> None:
    poner_en_cola(
        clave=clave,
        **componer(plantilla, contexto)._asdict(),
        destinatarios=[Destinatario(direccion, nombre, llave) for direccion, nombre, llave in destinatarios],
        responder_a=responder_a,
        por=por,
    )
