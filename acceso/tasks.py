"""El correo para elegir contraseña se compone fuera del pedido: así tarda lo mismo quien existe y quien no."""

from django_tasks import task


@task(queue_name="correo")
def enviar_enlaces(cuentas: list[int]):
    """Sin nadie a quien escribir también corre: quien mira la cola desde fuera no distingue."""
    from .correos import escribir_enlace

    for cuenta in cuentas:
        escribir_enlace(cuenta)
