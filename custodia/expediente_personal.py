"""Lo que la custodia guarda de una persona: sus solicitudes."""

from comun.expediente_personal import Parte
from comun.registros import datos_de_persona

from .models import SolicitudDeDerechos


@datos_de_persona.anotar
def solicitudes_de(titular):
    filas = SolicitudDeDerechos.objects.filter(
        tipo_documento=titular.tipo_documento, numero_documento=titular.numero_documento, verificada_en__isnull=False
    )
    yield Parte(
        "Solicitudes sobre datos personales",
        "derechos",
        [
            {
                "número": fila.numero,
                "derecho": fila.que_derecho,
                "recibida": fila.recibida_el,
                "estado": fila.get_estado_display(),
                "qué pidió": fila.pedido,
                "respuesta": fila.respuesta,
            }
            for fila in filas.order_by("recibida_el", "pk")
        ],
    )
