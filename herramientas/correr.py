"""Arranca juntos el servidor web, los obreros de tareas y las tareas periódicas; Ctrl+C los detiene a todos."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
PUERTO = os.environ.get("PORT", "8000")
MANAGE = [sys.executable, str(RAIZ / "manage.py")]

PROCESOS = {
    "web": [
        sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"0.0.0.0:{PUERTO}", "--workers", "2", "--threads",
        "4", "--log-level", "warning", "--no-control-socket",
    ],
    "tareas": [*MANAGE, "db_worker", "--no-reload", "--verbosity", "0"],
    "correo": [*MANAGE, "db_worker", "--queue-name", "correo", "--no-reload", "--verbosity", "0"],
    "periodicas": [*MANAGE, "tareas_periodicas", "--cada", "60"],
}  # fmt: skip


def puerto_libre() -> bool:
    with socket.socket() as prueba:
        prueba.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prueba.bind(("0.0.0.0", int(PUERTO)))  # noqa: S104 - donde escucha gunicorn
        except (OSError, ValueError, OverflowError):
            return False
    return True


def anunciar():
    print(f"\n  Portal:    http://localhost:{PUERTO}/")
    print(f"  Intranet:  http://localhost:{PUERTO}/intranet/")
    print("  Correo:    se guarda en archivos en var/correo/\n", flush=True)
    subprocess.run([*MANAGE, "cuentas_demo"], check=False, cwd=RAIZ)
    print("\n  Ctrl+C detiene todo.", flush=True)


def main() -> int:
    if not puerto_libre():
        print(f"El puerto {PUERTO} está ocupado o no se puede usar. Elija otro: make run PORT=8080", file=sys.stderr)
        return 1
    if "--solo-puerto" in sys.argv:
        return 0
    vivos = {nombre: subprocess.Popen(orden, cwd=RAIZ) for nombre, orden in PROCESOS.items()}
    parar = False

    def pedir_alto(*_):
        nonlocal parar
        parar = True

    signal.signal(signal.SIGINT, pedir_alto)
    signal.signal(signal.SIGTERM, pedir_alto)
    anunciar()
    codigo = 0
    while not parar:
        caido = next((n for n, p in vivos.items() if p.poll() is not None), None)
        if caido:
            print(f"Se detuvo «{caido}» (código {vivos[caido].returncode}); se detiene el resto.", file=sys.stderr)
            codigo = vivos[caido].returncode or 1
            break
        time.sleep(0.3)
    for proceso in vivos.values():
        if proceso.poll() is None:
            proceso.terminate()
    for proceso in vivos.values():
        try:
            proceso.wait(timeout=10)
        except subprocess.TimeoutExpired:
            proceso.kill()
    return codigo


if __name__ == "__main__":
    sys.exit(main())
