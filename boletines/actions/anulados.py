"""Lo que se puso en cola y se canceló antes de salir vuelve a estar por enviar."""

from boletines.models import CorreoDifundido, Remision


def volver_a_por_enviar(envio) -> None:
    """La edición de un centro queda por difundir, y un correo informativo, en borrador.

    Un comunicado reenviado conserva su fila, cancelada: se reenvía desde el comunicado.
    """
    Remision.objects.filter(envio=envio).update(envio=None, difundida_en=None, difundida_por=None, por_delegacion=False)
    informativos = CorreoDifundido.objects.filter(tipo=CorreoDifundido.Tipo.INFORMATIVO)
    informativos.filter(envio=envio).update(envio=None, enviado_en=None)
