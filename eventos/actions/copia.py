"""Copiar capacitaciones a otras fechas: su contenido y su programa, nunca su gente."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from eventos.copia import fechas_desde
from eventos.models import ActividadPrograma, Capacitacion, Expositor, Sesion
from eventos.renglon import llave_de, ya_programadas
from organizacion.dias import no_laborables
from organizacion.models import Centro

from .capacitacion import guardar_capacitacion
from .filas import Filas
from .programa import guardar_programa

# Lo que es de una fecha y no del contenido: cada una lleva el suyo.
NO_SE_COPIA = frozenset({"enlace_virtual", "inscripcion_abre_en", "inscripcion_cierra_en"})
DE_EXPOSITOR = ("personal_id", "nombre", "procedencia", "cargo", "tema", "orden")
DE_ACTIVIDAD = ("hora_inicio", "hora_fin", "actividad", "metodologia", "responsable")


@transaction.atomic
def copiar(*, centro: Centro, elegidas: Iterable[tuple[Capacitacion, dt.date]], por) -> list[Capacitacion]:
    """Un borrador por cada par (capacitación, su primera fecha nueva); lo que el centro ya tiene no se repite."""
    Centro.objects.select_for_update().get(pk=centro.pk)
    elegidas = list(elegidas)
    vistas = ya_programadas(centro, [fecha for _, fecha in elegidas])
    dias = no_laborables(centro)
    nuevas = []
    for original, fecha in elegidas:
        sesiones = list(original.sesiones.all())
        llave = llave_de(original.titulo, fecha, sesiones[0].hora_inicio)
        if llave not in vistas:
            vistas.add(llave)
            nuevas.append(_copiar(original, sesiones, fecha, dias, por))
    return nuevas


def _copiar(original, sesiones, fecha, dias, por) -> Capacitacion:
    antes = list(dict.fromkeys(sesion.fecha for sesion in sesiones))
    ahora = dict(zip(antes, fechas_desde(fecha, antes, dias), strict=True))
    copias = [Sesion(fecha=ahora[s.fecha], hora_inicio=s.hora_inicio, hora_fin=s.hora_fin) for s in sesiones]
    expositores = [Expositor(**{c: getattr(e, c) for c in DE_EXPOSITOR}) for e in original.expositores.all()]
    nueva = guardar_capacitacion(
        capacitacion=Capacitacion(**_contenido(original)),
        sistemas=original.sistemas.all(),
        sesiones=Filas(guardar=copias),
        expositores=Filas(guardar=expositores),
        por=por,
    )
    actividades = [
        ActividadPrograma(sesion=copia, **{c: getattr(actividad, c) for c in DE_ACTIVIDAD})
        for sesion, copia in zip(sesiones, copias, strict=True)
        for actividad in sesion.actividades.all()
    ]
    guardar_programa(capacitacion=nueva, actividades=Filas(guardar=actividades), por=por)
    return nueva


def _contenido(original) -> dict:
    """Lo que se edita de una capacitación, salvo lo propio de su fecha."""
    campos = [c for c in Capacitacion._meta.concrete_fields if c.editable and c.name not in NO_SE_COPIA]
    return {campo.attname: getattr(original, campo.attname) for campo in campos if not campo.primary_key}
