"""La mesa de asistencia: 300 personas registradas una por una contra gunicorn; mediana de hasta 100 ms cada una.

Se mide de fuera, sobre HTTP: lo que tarda el servidor más el viaje.
"""

import datetime as dt
import http.client
import json
import statistics
import subprocess
import sys
import time
import uuid
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from herramientas.medir.bases import bases
from herramientas.medir.html import RAIZ
from herramientas.medir.servidor import ESTATICOS, servir

YA_INSCRITAS, LLEGAN = 240, 60
LIMITE = 100  # milisegundos


def medir() -> list[str]:
    """Las faltas: la base en que la mediana pasó de ``LIMITE`` o en que algo no se registró."""
    faltas = []
    for nombre, entorno in bases():
        tiempos, lista, registradas = _en(entorno)
        mediana = statistics.median(tiempos)
        p95 = statistics.quantiles(tiempos, n=20)[-1]
        print(
            f"Mesa, {nombre}: {len(tiempos)} personas, mediana {mediana:.0f} ms, 95 % en {p95:.0f} ms, "
            f"la que más {max(tiempos):.0f} ms; la lista entera, {lista:.0f} ms (límite {LIMITE} ms de mediana)"
        )
        if mediana > LIMITE:
            faltas.append(f"mesa en {nombre}: mediana {mediana:.0f} ms > {LIMITE}")
        if registradas != YA_INSCRITAS + LLEGAN:
            faltas.append(f"mesa en {nombre}: se registraron {registradas} de {YA_INSCRITAS + LLEGAN}")
    return faltas


def _en(entorno):
    def correr(*orden):
        orden = [sys.executable, *orden]
        return subprocess.run(orden, cwd=RAIZ, env=entorno, check=True, stdout=subprocess.PIPE, text=True).stdout

    for orden in (("migrate", "--verbosity", "0"), ("cargar_datos",), ESTATICOS):
        correr("manage.py", *orden)
    clave = correr("-m", "herramientas.medir.preparar_mesa", str(YA_INSCRITAS)).split()[-1]
    with servir("portal.wsgi", entorno=entorno) as direccion:
        return _registrar(Aparato(direccion, clave))


def _registrar(aparato) -> tuple[list[float], float, int]:
    """Los milisegundos de cada persona, los de la lista y cuántas quedaron con firma."""
    datos, lista = aparato.pedir("GET", "datos.json")
    sesion = datos["toca"]
    operaciones = [{"tipo": "marcar", "inscripcion": str(persona["id"])} for persona in datos["personas"]]
    operaciones += [{"tipo": "agregar", "datos": _llegada(n)} for n in range(LLEGAN)]
    aparato.registrar({"tipo": "quitar", "inscripcion": operaciones[0]["inscripcion"], "sesion": sesion})  # calienta
    tiempos = [aparato.registrar(operacion | {"sesion": sesion}) for operacion in operaciones]
    return tiempos, lista, len(aparato.pedir("GET", "datos.json")[0]["marcas"])


def _llegada(n: int) -> dict:
    return {
        "tipo_documento": "dni",
        "numero_documento": str(50_000_000 + n),
        "nombres": "Elena",
        "apellidos": f"Puma {n}",
        "entidad_texto": "Municipalidad Provincial de Cusco",
        "cargo": "Tesorera",
        "telefono": "984123456",
        "correo": f"puma{n}@muni.example",
    }


class Aparato:
    """El navegador de la mesa: una conexión viva y sus cookies."""

    def __init__(self, direccion: str, clave: str):
        self.conexion = http.client.HTTPConnection(urlsplit(direccion).netloc, timeout=60)
        self.cookies = SimpleCookie()
        self._ida("GET", f"/mesa/abrir/{clave}/")
        respuesta, _ = self._ida(
            "POST", f"/mesa/abrir/{clave}/", b"", {"Content-Type": "application/x-www-form-urlencoded"}
        )
        self.base = respuesta.headers["Location"]

    def pedir(self, metodo, parte, cuerpo=None) -> tuple[dict, float]:
        envio = json.dumps(cuerpo).encode() if cuerpo else None
        inicio = time.perf_counter()
        respuesta, contenido = self._ida(metodo, self.base + parte, envio, {"Content-Type": "application/json"})
        tardo = 1000 * (time.perf_counter() - inicio)
        if respuesta.status != 200:
            raise RuntimeError(f"{self.base}{parte}: {respuesta.status} {contenido[:200]}")
        return json.loads(contenido), tardo

    def registrar(self, operacion) -> float:
        ahora = dt.datetime.now(dt.UTC).isoformat()
        entera = operacion | {"numero": str(uuid.uuid4()), "ocurrida": ahora}
        respuesta, tardo = self.pedir("POST", "operaciones/", {"reloj": ahora, "operaciones": [entera]})
        if respuesta["resultados"][0]["texto"]:
            raise RuntimeError(respuesta["resultados"][0]["texto"])
        return tardo

    def _ida(self, metodo, ruta, cuerpo=None, cabeceras=None):
        cabeceras = (cabeceras or {}) | {"Cookie": "; ".join(f"{n}={c.coded_value}" for n, c in self.cookies.items())}
        if "csrftoken" in self.cookies:
            cabeceras["X-CSRFToken"] = self.cookies["csrftoken"].value
        self.conexion.request(metodo, ruta, cuerpo, cabeceras)
        respuesta = self.conexion.getresponse()
        contenido = respuesta.read()
        for valor in respuesta.headers.get_all("Set-Cookie") or ():
            self.cookies.load(valor)
        return respuesta, contenido
