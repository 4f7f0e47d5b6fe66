"""Segundos de una máquina quieta: lo que se mide se compara con un trabajo fijo hecho en la misma corrida.

El tiempo de procesador también crece cuando la máquina está cargada. Un trabajo que siempre es el mismo dice cuánto.
"""

import time

from herramientas.medir.reloj import lentitud


class Medida:
    """``with Medida() as medida: …``; después, ``medida.segundos`` son de una máquina quieta."""

    def __enter__(self):
        self._antes = lentitud()
        self._reloj, self._procesador = time.monotonic(), time.process_time()
        return self

    def __exit__(self, *_):
        self.de_procesador, self.de_reloj = time.process_time() - self._procesador, time.monotonic() - self._reloj
        self.lentitud = max(1.0, (self._antes + lentitud()) / 2)
        self.segundos = self.de_procesador / self.lentitud

    def __str__(self):
        return f"{self.segundos:.2f} s ({self.de_reloj:.2f} de reloj, máquina {self.lentitud:.1f} veces más lenta)"
