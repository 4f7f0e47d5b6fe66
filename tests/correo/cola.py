"""Envíos de prueba: ``encolar`` pone uno en la bandeja y cada prueba cambia una cosa."""

import datetime as dt

from django.utils import timezone

from correo.actions import Destinatario, poner_en_cola
from correo.models import Entrega


def datos(**cambios):
    return {
        "clave": "aviso:1",
        "asunto": "Su inscripción está confirmada",
        "texto": "Lo esperamos el martes.",
        "html": "<p>Lo esperamos el martes.</p>",
        "destinatarios": [Destinatario("ana@muni.example", nombre="Ana Quispe", clave="inscripcion:1")],
    } | cambios


def encolar(**cambios):
    return poner_en_cola(**datos(**cambios))


def encolar_boletin(*direcciones, **cambios):
    destinatarios = [Destinatario(d, url_baja=f"https://portal.example/baja/{n}/") for n, d in enumerate(direcciones)]
    return encolar(
        **{"clave": "boletin:1", "es_masivo": True, "sin_espera": True, "destinatarios": destinatarios} | cambios
    )


def direcciones(cuantas):
    return [f"persona{n}@correo.example" for n in range(cuantas)]


def vencer_arriendos():
    """Como si hubieran pasado los minutos del arriendo."""
    Entrega.objects.filter(estado=Entrega.Estado.EN_CURSO).update(
        arrendada_hasta=timezone.now() - dt.timedelta(seconds=1)
    )


def llega_la_hora():
    """Como si hubiera pasado la espera entre intentos."""
    Entrega.objects.filter(estado=Entrega.Estado.PENDIENTE).update(siguiente_intento_en=timezone.now())


def estados(envio):
    return sorted(envio.entregas.values_list("estado", flat=True))
