"""Un nginx de verdad con ``docs/nginx.conf``: se cambian las líneas que dicen CAMBIE, y TLS por un puerto sin él."""

import contextlib
import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

RAIZ = Path(__file__).parent.parent
PROGRAMA = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
FALTA = "No hay nginx en esta máquina: instale el paquete «nginx» para probar docs/nginx.conf."
# De TLS solo se prueba que se pida: el resto del archivo es el mismo.
_DE_TLS = re.compile(r"^\s*(ssl_\w+ |listen \[::\]|listen 80;|http2 ).*\n", re.MULTILINE)
_ALREDEDOR = """
{usuario}
daemon off;
worker_processes 1;
pid {carpeta}/nginx.pid;
error_log {carpeta}/arranque.log;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    {temporales}
{sitio}
}}
"""


def exigir_nginx():
    """Sin nginx la prueba se salta en la máquina de quien desarrolla; en integración (CI) falla."""
    if PROGRAMA is None and os.environ.get("CI"):
        pytest.fail(FALTA)
    if PROGRAMA is None:
        pytest.skip(FALTA)


def sitio(*, puerto: int, aplicacion: str, var: Path, registros: Path) -> str:
    """``docs/nginx.conf`` con estos puertos y carpetas."""
    texto = (RAIZ / "docs" / "nginx.conf").read_text(encoding="utf-8")
    texto = _DE_TLS.sub("", texto).replace("listen 443 ssl http2;", f"listen 127.0.0.1:{puerto};")
    texto = texto.replace("127.0.0.1:8000", aplicacion).replace("/srv/portal/var", str(var))
    texto = texto.replace("/var/log/nginx", str(registros)).replace("server_name portal.example;", "server_name _;")
    # El servidor que solo lleva a HTTPS necesita un puerto suyo.
    return texto.replace(
        "    server_tokens off;\n    access_log off;", f"    listen 127.0.0.1:{puerto + 1};\n    access_log off;"
    )


class Nginx:
    """``with Nginx(...) as nginx:`` lo arranca; ``nginx.pedir(ruta)`` manda la ruta tal cual, sin arreglarla."""

    def __init__(self, *, aplicacion: str, var: Path, carpeta: Path, estropear=lambda texto: texto):
        self.puerto, self.carpeta = _dos_puertos(), carpeta
        temporales = "\n    ".join(
            f"{que}_temp_path {carpeta}/{que};" for que in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.configuracion = carpeta / "nginx.conf"
        self.configuracion.write_text(
            _ALREDEDOR.format(
                usuario="user root;" if os.getuid() == 0 else "",
                carpeta=carpeta,
                temporales=temporales,
                sitio=estropear(sitio(puerto=self.puerto, aplicacion=aplicacion, var=var, registros=carpeta)),
            ),
            encoding="utf-8",
        )

    def __enter__(self):
        orden = [PROGRAMA, "-p", str(self.carpeta), "-c", str(self.configuracion), "-e", str(self.carpeta / "e.log")]
        self.proceso = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(200):
            if self.proceso.poll() is not None:
                raise RuntimeError(self.proceso.stderr.read().decode())
            # Escribe su pid cuando ya tiene sus puertos: el que contesta es él y no otro que se le adelantó.
            if (self.carpeta / "nginx.pid").exists():
                with socket.socket() as prueba:
                    if prueba.connect_ex(("127.0.0.1", self.puerto)) == 0:
                        return self
            time.sleep(0.05)
        raise RuntimeError("nginx no abrió su puerto.")

    def __exit__(self, *_):
        self.proceso.terminate()
        self.proceso.wait(timeout=10)
        self.proceso.stderr.close()

    def pedir(self, ruta: str, metodo="GET", puerto=None, cuerpo=None, **cabeceras):
        """(estado, cabeceras en minúsculas, cuerpo)."""
        conexion = http.client.HTTPConnection("127.0.0.1", puerto or self.puerto, timeout=20)
        try:
            conexion.request(metodo, ruta, body=cuerpo, headers={k.replace("_", "-"): v for k, v in cabeceras.items()})
            respuesta = conexion.getresponse()
            return respuesta.status, {k.lower(): v for k, v in respuesta.getheaders()}, respuesta.read()
        finally:
            conexion.close()

    def pedir_crudo(self, linea: bytes) -> bytes:
        """La respuesta a un pedido que ninguna biblioteca armaría."""
        with socket.create_connection(("127.0.0.1", self.puerto), timeout=20) as conexion:
            conexion.sendall(linea + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return b"".join(iter(lambda: conexion.recv(65536), b""))

    def registro(self) -> str:
        return (self.carpeta / "portal.log").read_text(encoding="utf-8")


def _dos_puertos() -> int:
    """Un puerto libre cuyo siguiente también lo está, por debajo de los que el sistema da a quien se conecta."""
    while True:
        puerto = random.randrange(12_000, 30_000, 2)
        with contextlib.suppress(OSError), socket.socket() as uno, socket.socket() as otro:
            uno.bind(("127.0.0.1", puerto))
            otro.bind(("127.0.0.1", puerto + 1))
            return puerto
