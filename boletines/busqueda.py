"""Ediciones y comunicados en el buscador del portal."""

import datetime as dt

from django.utils.text import Truncator

from comun.relevancia import candidatas, mas_relevantes

from .models import BoletinPage, ComunicadoPage


def buscar_boletines(consulta: str, limite: int) -> list[dict]:
    ediciones = BoletinPage.objects.live().defer("cuerpo").order_by("-anio", "-mes")
    return mas_relevantes(candidatas(ediciones, consulta), consulta, _ficha_de_boletin, limite)


def buscar_comunicados(consulta: str, limite: int) -> list[dict]:
    comunicados = ComunicadoPage.objects.live().defer("cuerpo").order_by("-fecha", "-pk")
    return mas_relevantes(candidatas(comunicados, consulta), consulta, _ficha_de_comunicado, limite)


def _ficha_de_boletin(boletin: BoletinPage) -> dict:
    return {
        "tipo": "Boletines",
        "titulo": f"Boletín: {boletin.title.lower()}",
        "url": boletin.url,
        "fecha": dt.date(boletin.anio, boletin.mes, 1),
        "texto": Truncator(boletin.editorial).words(30),
    }


def _ficha_de_comunicado(comunicado: ComunicadoPage) -> dict:
    return {
        "tipo": "Comunicados",
        "titulo": comunicado.title,
        "url": comunicado.url,
        "fecha": comunicado.fecha,
        "texto": comunicado.resumen,
        "pasada": "" if comunicado.esta_vigente else "Ya no rige",
    }
