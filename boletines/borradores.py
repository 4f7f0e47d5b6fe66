"""Lo que se va escribiendo de un aporte y lo que el portal propone en él (R107, R109).

Un borrador es ``{"editorial": texto, "notas": [nota, …]}``; una nota es un diccionario con ``CAMPOS``. «origen» dice de
dónde salió lo propuesto («capacitacion:12», «norma:5»); lo escrito a mano no tiene.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from comun.registros import normas_del_mes
from eventos.calendario import ultimo_dia
from eventos.cifras import cifras_por_capacitacion, cifras_totales
from eventos.models import Capacitacion

from .models import Aporte, ComunicadoPage, NotaDeAporte

Tipo = NotaDeAporte.Tipo
CAMPOS = ("tipo", "titulo", "fecha", "texto", "enlace", "imagen", "texto_alternativo", "origen", "incluir")
EN_BLANCO = dict.fromkeys(CAMPOS, "") | {"imagen": None, "incluir": True}
DE_CENTRO = (Tipo.ACTIVIDAD, Tipo.NOVEDAD)
DE_SISTEMA = (Tipo.NORMA, Tipo.DISPOSICION, Tipo.NOTICIA)


def tipos_de(aporte: Aporte) -> tuple[str, ...]:
    return DE_CENTRO if aporte.centro_id else DE_SISTEMA


def notas_por_escribir(aporte: Aporte) -> list[dict]:
    """Lo que muestra el formulario: lo guardado y, detrás, lo propuesto que aún no está.

    A lo guardado que los datos ya no traen (una capacitación que se canceló) se le pone ``ya_no``; a lo propuesto que
    cambió, ``hoy``: lo que dicen los datos ahora.
    """
    propuestas = {nota["origen"]: nota for nota in propuestas_de(aporte)}
    escritas = [EN_BLANCO | nota for nota in (aporte.borrador or {}).get("notas", ())]
    for nota in escritas:
        if not nota["origen"]:
            continue
        propuesta = propuestas.pop(nota["origen"], None)
        nota["ya_no"] = propuesta is None
        nota["hoy"] = propuesta["texto"] if propuesta and propuesta["texto"] != nota["texto"] else ""
    return escritas + list(propuestas.values())


def propuestas_de(aporte: Aporte) -> list[dict]:
    return actividades_del_mes(aporte) if aporte.centro_id else publicado_del_mes(aporte)


def actividades_del_mes(aporte: Aporte) -> list[dict]:
    """Una por capacitación del centro en el mes, sin las canceladas (R107)."""
    capacitaciones = list(capacitaciones_del_mes(aporte))
    cifras = cifras_por_capacitacion([capacitacion.pk for capacitacion in capacitaciones])
    hoy = timezone.localdate()
    return [
        EN_BLANCO
        | {
            "tipo": Tipo.ACTIVIDAD,
            "titulo": Truncator(capacitacion.titulo).chars(120),
            "fecha": capacitacion.fecha_inicio.isoformat(),
            "texto": frase_de(capacitacion, cifras.get(capacitacion.pk), hoy),
            "origen": f"capacitacion:{capacitacion.pk}",
        }
        for capacitacion in capacitaciones
    ]


def capacitaciones_del_mes(aporte: Aporte):
    desde = aporte.edicion.primer_dia
    suyas = Capacitacion.objects.en_pie().filter(centro=aporte.centro_id)
    return suyas.entre(desde, ultimo_dia(desde)).order_by("fecha_inicio", "pk")


def frase_de(capacitacion: Capacitacion, cifras, hoy) -> str:
    """«Se dictó el 12 de noviembre, en modalidad presencial, con 34 participantes.» Solo cuenta a quien firmó (R84)."""
    desde, hasta = capacitacion.fecha_inicio, capacitacion.fecha_fin
    cuando = f"el {_dia(hasta)}"
    if desde != hasta:
        cuando = f"del {desde.day if desde.month == hasta.month else _dia(desde)} al {_dia(hasta)}"
    modalidad = f"en modalidad {capacitacion.get_modalidad_display().lower()}"
    if hasta >= hoy and not cifras:
        return f"Se dicta {cuando}, {modalidad}."
    return f"Se dictó {cuando}, {modalidad}{_con_participantes(cifras)}."


def _con_participantes(cifras) -> str:
    if not cifras or not cifras.participantes:
        return ""
    return ", con 1 participante" if cifras.participantes == 1 else f", con {cifras.participantes} participantes"


def _dia(fecha) -> str:
    return date_format(fecha, r"j \d\e F")


def publicado_del_mes(aporte: Aporte) -> list[dict]:
    """Las normas y los comunicados de su sistema que el portal ya publicó en el mes (R109)."""
    desde = aporte.edicion.primer_dia
    hasta = ultimo_dia(desde)
    normas = [norma for normas_de in normas_del_mes for norma in normas_de(aporte.sistema, desde, hasta)]
    comunicados = ComunicadoPage.objects.live().filter(sistema=aporte.sistema_id, fecha__range=(desde, hasta))
    return [EN_BLANCO | {"tipo": Tipo.NORMA} | norma for norma in normas] + [
        EN_BLANCO
        | {
            "tipo": Tipo.DISPOSICION,
            "titulo": Truncator(comunicado.title).chars(120),
            "fecha": comunicado.fecha.isoformat(),
            "texto": comunicado.resumen,
            "enlace": f"{settings.URL_DEL_SITIO}{comunicado.url or ''}",
            "origen": f"comunicado:{comunicado.pk}",
        }
        for comunicado in comunicados.order_by("fecha", "pk")
    ]


def editorial_automatica(aporte: Aporte) -> str:
    """La que sale de los datos, para el centro que no contestó."""
    suyas = list(capacitaciones_del_mes(aporte).values_list("pk", flat=True))
    mes = aporte.edicion.periodo
    if not suyas:
        return f"{aporte.centro.nombre_completo} atendió a las entidades de su ámbito durante {mes}."
    cuantas = "una capacitación" if len(suyas) == 1 else f"{len(suyas)} capacitaciones"
    return f"En {mes}, {aporte.centro.nombre_completo} programó {cuantas}{_con_participantes(cifras_totales(suyas))}."
