"""Para las pruebas que abren procesos de verdad."""

from django.db import connections

_heredadas = []


def olvidar_conexiones():
    """Se llama al empezar el proceso hijo: que abra conexiones propias y no use las que heredó.

    Tras una prueba con navegador, el padre tiene otra conexión que ``connections.close_all()`` no ve (asgiref la guarda
    aparte mientras corre el bucle de Playwright). Se conserva la referencia: soltarla cerraría la del padre.
    """
    for alias in connections:
        _heredadas.append(connections[alias])
        del connections[alias]
