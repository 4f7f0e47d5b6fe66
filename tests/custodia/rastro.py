"""Para las pruebas del rastro: una cadena corta y quien la altera por debajo del portal."""

from contextlib import contextmanager

from django.db import connection

from custodia import guardas
from custodia.actions import anotar
from custodia.cadena import encadenar_pendientes
from custodia.models import Eslabon


def cadena_de(cuantas: int) -> list[int]:
    """Anota y encadena; devuelve las llaves de las huellas en el orden de la cadena."""
    for n in range(cuantas):
        anotar(accion=f"acción {n}", modelo="eventos.capacitacion", detalle={"n": n})
    encadenar_pendientes()
    return list(Eslabon.objects.order_by("numero").values_list("huella_id", flat=True))


@contextmanager
def sin_guardas():
    """Lo que haría quien manda en la base: apartar los disparadores antes de tocar."""
    guardas.quitar(connection)
    try:
        yield
    finally:
        guardas.poner(connection)


def ejecutar(orden: str, *valores) -> None:
    with connection.cursor() as cursor:
        cursor.execute(orden, valores)


def a_escondidas(orden: str, *valores) -> None:
    with sin_guardas():
        ejecutar(orden, *valores)
