"""Varios a la vez, cada uno en su hilo y con su conexión: para las carreras."""

import threading

from django.db import connections

# Segundos que espera quien llega primero a una cita: si la otra ha de llegar, sobran aunque la máquina esté cargada;
# si una llave la detiene, es lo que la prueba tarda.
VENDRA, NO_VENDRA = 60, 2


def a_la_vez(veces: int, hacer) -> list:
    """Lo que dio, o en qué falló, cada uno de los ``veces`` hilos que llaman juntos a ``hacer()``."""
    salida, resultados = threading.Barrier(veces), []

    def uno():
        try:
            salida.wait()
            resultados.append(hacer())
        except Exception as error:  # noqa: BLE001 - se devuelven todos
            resultados.append(error)
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=uno) for _ in range(veces)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return resultados
