from django.db import transaction


def despertar_al_cartero() -> None:
    """Toca el timbre al confirmarse la transacción: antes, el cartero no vería las filas."""
    from correo import actions  # por el paquete: quien lo cambia en una prueba lo cambia para todos

    transaction.on_commit(lambda: actions.repartir.enqueue())
