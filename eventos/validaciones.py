"""El plazo y el contenido de una validación (R74, R75): hasta cuándo llega a tiempo y qué fue lo que se aprobó."""

import datetime as dt
import hashlib
import json
from collections.abc import Container

from django.utils import timezone

from comun.plazos import UN_DIA, anterior_habil, habiles_despues
from comun.templatetags.comun import fecha_media
from organizacion.dias import no_laborables

from .models import ActividadPrograma, Capacitacion, Validacion


def plazo_de(capacitacion: Capacitacion, dias: Container | None = None) -> dt.date | None:
    """El último día en que el contenido validado llega a tiempo: un día hábil del centro antes del evento (R75).

    ``dias``: los no laborables de su centro, si ya se leyeron. ``None`` mientras no tenga fecha.
    """
    if capacitacion.fecha_inicio is None:
        return None
    if dias is None:
        dias = no_laborables(capacitacion.centro)
    return anterior_habil(capacitacion.fecha_inicio - UN_DIA, dias)


def dias_de_atraso(validacion: Validacion, dias: Container | None = None) -> int:
    """Días hábiles del centro entre el plazo y la aprobación, o entre el plazo y hoy si aún no se aprueba."""
    if validacion.vence_el is None:
        return 0
    hasta = timezone.localdate(validacion.decidida_en) if validacion.esta_aprobada else timezone.localdate()
    if hasta <= validacion.vence_el:
        return 0
    if dias is None:
        dias = no_laborables(validacion.capacitacion.centro)
    return habiles_despues(validacion.vence_el, hasta, dias)


def situacion_de(validacion: Validacion) -> str:
    """«Aprobada a tiempo», «Por validar, 2 días hábiles de atraso»."""
    estado = validacion.get_estado_display()
    atraso = dias_de_atraso(validacion)
    en_palabras = f"{atraso} {'día hábil' if atraso == 1 else 'días hábiles'}"
    if validacion.esta_aprobada:
        return f"Aprobada {en_palabras} tarde" if atraso else "Aprobada a tiempo"
    if validacion.esta_atrasada():
        return f"{estado}, {en_palabras} de atraso" if atraso else f"{estado}, plazo vencido"
    return f"{estado}, hasta el {fecha_media(validacion.vence_el)}" if validacion.vence_el else estado


def color_de(validacion: Validacion) -> str:
    """La clase de ``.plazo`` que acompaña a su situación; el texto ya la dice."""
    if validacion.esta_aprobada:
        return "plazo-pronto" if dias_de_atraso(validacion) else "plazo-cumplido"
    return "plazo-vencido" if validacion.esta_atrasada() or validacion.esta_devuelta else "plazo-pronto"


def huella_de(capacitacion: Capacitacion) -> str:
    """SHA-256 de lo que se valida: el título, el objetivo, los temas de cada expositor, el programa y los materiales.

    La fecha, la hora y el lugar no entran: reprogramar mueve el plazo y no cambia el contenido.
    """
    actividades = ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion)
    contenido = {
        "titulo": capacitacion.titulo,
        "objetivo": capacitacion.objetivo,
        "temas": sorted(capacitacion.expositores.values_list("nombre", "tema")),
        "programa": sorted(actividades.values_list("actividad", "metodologia", "responsable")),
        "materiales": sorted(capacitacion.materiales.values_list("titulo", "archivo")),
    }
    return hashlib.sha256(json.dumps(contenido, ensure_ascii=False).encode()).hexdigest()
