"""El portal servido como en producción (gunicorn, sin DEBUG) con la demostración, en una carpeta aparte."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

from herramientas.medir.html import RAIZ

AQUI = RAIZ / "var" / "medir"
PREPARAR = (("migrate", "--verbosity", "0"), ("cargar_datos",), ("cargar_demo",))
ESTATICOS = ("collectstatic", "--noinput", "--verbosity", "0")
ARRANQUE = 90  # segundos


def puerto_libre() -> int:
    with socket.socket() as prueba:
        prueba.bind(("127.0.0.1", 0))
        return prueba.getsockname()[1]


@contextlib.contextmanager
def portal():
    """La dirección del portal en marcha («http://localhost:8123»); al salir se detiene."""
    puerto = puerto_libre()
    direccion = f"http://localhost:{puerto}"
    entorno = os.environ | {
        "VAR_DIR": str(AQUI / "datos"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "URL_DEL_SITIO": direccion,
        "DEBUG": "0",
    }
    entorno.pop("DATABASE_URL", None)
    lista = AQUI / "datos" / ".lista"
    for orden in [*(() if lista.exists() else PREPARAR), ESTATICOS]:
        subprocess.run(
            [sys.executable, "manage.py", *orden], cwd=RAIZ, env=entorno, check=True, stdout=subprocess.DEVNULL
        )
    lista.touch()
    with servir("portal.wsgi", puerto=puerto, entorno=entorno):
        yield direccion


@contextlib.contextmanager
def servir(modulo: str, *, puerto: int | None = None, entorno=None, errores=None):
    """La dirección de gunicorn sirviendo ``modulo`` en este mismo entorno; al salir se detiene."""
    puerto = puerto or puerto_libre()
    direccion = f"http://localhost:{puerto}"
    gunicorn = [sys.executable, "-m", "gunicorn", modulo, "--bind", f"127.0.0.1:{puerto}", "--workers", "2"]
    gunicorn += ["--threads", "4", "--log-level", "warning"]
    proceso = subprocess.Popen(gunicorn, cwd=RAIZ, env=entorno, stderr=errores)
    try:
        _esperar(direccion, proceso)
        yield direccion
    finally:
        proceso.terminate()
        proceso.wait(timeout=15)


def _esperar(direccion: str, proceso: subprocess.Popen) -> None:
    limite = time.monotonic() + ARRANQUE
    while time.monotonic() < limite and proceso.poll() is None:
        with contextlib.suppress(OSError):  # URLError y los vencimientos lo son
            urllib.request.urlopen(f"{direccion}/robots.txt", timeout=10)  # noqa: S310 - es nuestro servidor
            return
        time.sleep(0.3)
    raise RuntimeError(f"El portal no arrancó en {ARRANQUE} s")
