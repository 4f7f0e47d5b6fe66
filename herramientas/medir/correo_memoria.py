"""La memoria que usa poner en cola y repartir, con 1,000 destinatarios y con 100,000: tiene que ser la misma.

Uso: python -m herramientas.medir.correo_memoria CUÁNTOS; escribe la memoria máxima del proceso, en MB.
"""

import resource
import subprocess
import sys

from django.core.mail.backends.base import BaseEmailBackend

from herramientas.medir.servidor import RAIZ

POCOS, MUCHOS = 1_000, 100_000
MARGEN = 10  # MB


class Descarte(BaseEmailBackend):
    """Escribe cada mensaje entero y lo olvida."""

    def send_messages(self, mensajes):
        return sum(bool(mensaje.message().as_bytes(linesep="\r\n")) for mensaje in mensajes)


def medir_memoria() -> tuple[str, list[str]]:
    pocos, muchos = _en_proceso_propio(POCOS), _en_proceso_propio(MUCHOS)
    linea = f"memoria: {pocos:.0f} MB con {POCOS:,} destinatarios y {muchos:.0f} MB con {MUCHOS:,} (margen {MARGEN} MB)"
    return linea, [linea] if muchos - pocos > MARGEN else []


def _en_proceso_propio(cuantos: int) -> float:
    orden = [sys.executable, "-m", "herramientas.medir.correo_memoria", str(cuantos)]
    return float(subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1])


def main(cuantos: int) -> None:
    import django

    django.setup()
    from django.conf import settings

    from correo import cartero
    from herramientas.medir.correo_carteros import poner

    settings.EMAIL_BACKEND = "herramientas.medir.correo_memoria.Descarte"
    poner(cuantos)
    salieron = cartero.repartir_pendientes()
    if salieron != cuantos:
        raise RuntimeError(f"Salieron {salieron} de {cuantos}")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]))
