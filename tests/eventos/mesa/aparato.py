"""Un teléfono o tableta en la mesa: su navegador y lo que manda."""

import datetime as dt
import uuid

from django.test import Client
from django.utils import timezone

from eventos.models import Capacitacion
from tests.eventos.intranet.ayudas import completa
from tests.fabricas import SesionFactory


class Aparato:
    """Abre ``mesa`` en un navegador propio, salvo ``abrir=False``."""

    def __init__(self, mesa, abrir=True, **opciones):
        self.mesa, self.client = mesa, Client(**opciones)
        if abrir:
            respuesta = self.client.post(f"/mesa/abrir/{mesa.clave_de_apertura}/")
            assert respuesta.status_code == 302, respuesta.status_code

    def url(self, parte="", mesa=None):
        return f"/mesa/{(mesa or self.mesa).pk}/{parte}"

    def ver(self, parte="", mesa=None):
        return self.client.get(self.url(parte, mesa))

    def enviar(self, *operaciones, mesa=None, reloj=None):
        cuerpo = {"reloj": (reloj or timezone.now()).isoformat(), "operaciones": list(operaciones)}
        return self.client.post(self.url("operaciones/", mesa), cuerpo, content_type="application/json")

    def hacer(self, *operaciones):
        """Envía y devuelve el resultado de cada una."""
        respuesta = self.enviar(*operaciones)
        assert respuesta.status_code == 200, respuesta.content
        return respuesta.json()["resultados"]


def operacion(tipo="marcar", *, sesion=None, de=None, en=None, **mas):
    """Una operación; ``de``: la inscripción o el número de la que la agregó."""
    return {
        "numero": str(uuid.uuid4()),
        "tipo": tipo,
        "ocurrida": (en or timezone.now()).isoformat(),
        "sesion": sesion and sesion.pk,
        "inscripcion": str(getattr(de, "pk", de)) if de else None,
        **mas,
    }


def quien_llega(**cambios):
    datos = {
        "tipo_documento": "dni",
        "numero_documento": "41234567",
        "nombres": "Elena",
        "apellidos": "Ñaupa Quispe",
        "entidad_texto": "Beneficencia de Anta",
        "cargo": "Contadora",
        "correo": "elena@anta.example",
        "telefono": "984123456",
    }
    return datos | cambios


def de_todo_el_dia(**cambios) -> Capacitacion:
    """Publicada, con una sesión de hoy que se dicta ahora, sea la hora que sea."""
    capacitacion = completa(dias=0, sesiones=False, **cambios)
    hoy = timezone.localdate()
    SesionFactory(capacitacion=capacitacion, fecha=hoy, hora_inicio=dt.time(0), hora_fin=dt.time(23, 59))
    return capacitacion
