"""Un servidor SMTP de verdad, en su propio proceso, que anota lo que recibe: hora, dirección y Message-ID.

Uso: python -m herramientas.medir.sumidero ARCHIVO DEMORA; escribe el puerto y atiende hasta que lo detienen. ``DEMORA``
son los segundos entre que un mensaje llega y se acepta: ahí es donde un cartero que muere hace daño.
"""

import asyncio
import contextlib
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from herramientas.medir.html import RAIZ

_identificador = re.compile(rb"^message-id: *(\S+)", re.I | re.M)


class Llegada(NamedTuple):
    """``cuando`` es de ``time.time()``."""

    cuando: float
    direccion: str
    identificador: str


class Sumidero:
    def __init__(self, archivo: Path, puerto: int):
        self.archivo, self.puerto = archivo, puerto

    def llegadas(self) -> list[Llegada]:
        lineas = self.archivo.read_text(encoding="utf-8").splitlines()
        partes = [linea.split("\t") for linea in lineas]
        return [Llegada(float(cuando), direccion, suyo) for cuando, direccion, suyo in partes]

    def cuantas(self) -> int:
        return self.archivo.read_bytes().count(b"\n")

    def esperar(self, cuantas: int, segundos: float = 120) -> None:
        limite = time.monotonic() + segundos
        while self.cuantas() < cuantas:
            if time.monotonic() > limite:
                raise TimeoutError(f"Llegaron {self.cuantas()} de {cuantas} mensajes en {segundos} s")
            time.sleep(0.02)


@contextlib.contextmanager
def sumidero(demora: float = 0):
    """Un ``Sumidero`` en marcha, vacío; al salir se detiene."""
    with tempfile.TemporaryDirectory(prefix="conectamef-sumidero-") as carpeta:
        archivo = Path(carpeta) / "llegadas"
        archivo.touch()
        orden = [sys.executable, "-m", "herramientas.medir.sumidero", str(archivo), str(demora)]
        proceso = subprocess.Popen(orden, cwd=RAIZ, stdout=subprocess.PIPE, text=True)
        try:
            yield Sumidero(archivo, int(proceso.stdout.readline()))
        finally:
            proceso.kill()
            proceso.wait()
            proceso.stdout.close()


class _Anotador:
    """Lo que llama aiosmtpd, con los nombres que espera."""

    def __init__(self, archivo, demora: float):
        self._archivo, self._demora = archivo, demora

    async def handle_DATA(self, servidor, sesion, sobre):
        identificador = _identificador.search(sobre.content)[1].decode()
        # Se anota antes de aceptarlo, como un servidor de verdad: quien muere sin saberlo lo va a repetir.
        self._archivo.write(f"{time.time()}\t{','.join(sobre.rcpt_tos)}\t{identificador}\n")
        self._archivo.flush()
        if self._demora:
            await asyncio.sleep(self._demora)
        return "250 OK"


async def _atender(archivo: str, demora: float) -> None:
    from aiosmtpd.smtp import SMTP

    with open(archivo, "a", encoding="utf-8") as anotado:
        anotador = _Anotador(anotado, demora)
        enchufe = socket.create_server(("127.0.0.1", 0))
        servidor = await asyncio.get_running_loop().create_server(
            lambda: SMTP(anotador, hostname="sumidero.example"), sock=enchufe
        )
        print(enchufe.getsockname()[1], flush=True)
        await servidor.serve_forever()


if __name__ == "__main__":
    asyncio.run(_atender(sys.argv[1], float(sys.argv[2])))
