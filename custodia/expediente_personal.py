"""Lo que la custodia guarda de una persona: sus solicitudes, con lo que dio al presentarlas."""

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
                "tipo de documento": fila.get_tipo_documento_display(),
                "número de documento": fila.numero_documento,
                "nombres": fila.nombres,
                "apellidos": fila.apellidos,
                "la presentó": fila.representante or "la propia persona",
                "correo": fila.correo,
                "teléfono": fila.telefono,
                "correos que se confirmó que son suyos": ", ".join(sorted(fila.correos)),
                "copia de su documento": "adjunta" if fila.copia_de_documento_id else "no",
                "qué pidió": fila.pedido,
                "respuesta": fila.respuesta,
            }
            for fila in filas.order_by("recibida_el", "pk")
        ],
    )
