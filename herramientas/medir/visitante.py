"""Alguien que llena los formularios públicos por HTTP, como un navegador sin guiones."""

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings

CAMPO_OCULTO = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
A_LA_VEZ_AL_ABRIR = 16


@dataclass(frozen=True)
class Formulario:
    ruta: str
    ocultos: dict[str, str]
    galleta: str


class Visitante:
    def __init__(self, direccion: str):
        self.anfitrion = urlsplit(direccion).netloc

    def abrir(self, capacitacion, cuantos: int) -> list[Formulario]:
        """El formulario de inscripción, abierto por ``cuantos`` navegadores distintos y ya leído."""
        return self._abrir([f"{capacitacion.get_absolute_url()}inscripcion/"] * cuantos)

    def abrir_cancelaciones(self, inscripciones) -> list[Formulario]:
        from django.urls import reverse

        from eventos.enlaces import token_de

        return self._abrir([reverse("eventos:inscripcion-anular", args=[token_de(i)]) for i in inscripciones])

    def _abrir(self, rutas) -> list[Formulario]:
        with ThreadPoolExecutor(A_LA_VEZ_AL_ABRIR) as hilos:
            formularios = list(hilos.map(self._leer, rutas))
        time.sleep(settings.SEGUNDOS_MINIMOS + 0.2)  # nadie llena un formulario antes (comun.antiabuso)
        return formularios

    def _leer(self, ruta) -> Formulario:
        respuesta, cuerpo = self._pedir("GET", ruta)
        if respuesta.status != 200:
            raise RuntimeError(f"{ruta} respondió {respuesta.status}")
        galleta = respuesta.headers["Set-Cookie"].split(";")[0]
        return Formulario(ruta, dict(CAMPO_OCULTO.findall(cuerpo)), galleta)

    def enviar(self, formulario: Formulario, documento: str) -> int:
        """Se inscribe quien lleva ``documento``; devuelve el estado HTTP (302: quedó registrado)."""
        from directorio.models import Entidad

        self.entidad = getattr(self, "entidad", None) or Entidad.objects.activas().first().pk
        datos = {
            "tipo_documento": "dni",
            "numero_documento": documento,
            "nombres": "Rosa",
            "apellidos": "Quispe Mamani",
            "trabaja_en_entidad": "si",
            "entidad": self.entidad,
            "cargo": "Tesorera",
            "correo": f"persona{documento}@muni.example",
            "telefono": "984123456",
            "acepta_aviso": "on",
        }
        return self._mandar(formulario, datos)

    def confirmar(self, formulario: Formulario) -> int:
        return self._mandar(formulario, {})

    def _mandar(self, formulario, datos) -> int:
        cabeceras = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": formulario.galleta}
        cuerpo = urlencode(formulario.ocultos | datos)
        return self._pedir("POST", formulario.ruta, cuerpo, cabeceras)[0].status

    def _pedir(self, metodo, ruta, cuerpo=None, cabeceras=None):
        conexion = http.client.HTTPConnection(self.anfitrion, timeout=120)
        try:
            conexion.request(metodo, ruta, cuerpo, cabeceras or {})
            respuesta = conexion.getresponse()
            return respuesta, respuesta.read().decode()
        finally:
            conexion.close()
