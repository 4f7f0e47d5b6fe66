"""Cuánto más lenta está hoy la máquina: un trabajo fijo, hecho en la misma corrida que lo que se mide."""

import time

# Lo que tarda ``_trabajo`` en la máquina de referencia (2 núcleos, sin carga), en segundos.
REFERENCIA = 0.070


def lentitud() -> float:
    """Veces que la máquina tarda de más; 1 es la de referencia, sin carga."""
    return min(_trabajo() for _ in range(3)) / REFERENCIA


def _trabajo() -> float:
    comienzo = time.process_time()
    cuentas = {}
    for n in range(120_000):
        llave = f"{n % 5000:05d}"
        cuentas[llave] = cuentas.get(llave, 0) + len(llave.replace("0", "x").split("x"))
    sorted(cuentas.items(), key=lambda par: (par[1], par[0]))
    return time.process_time() - comienzo
