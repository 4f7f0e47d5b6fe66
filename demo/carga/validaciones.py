"""Validaciones de contenido inventadas (R74, R75): casi todas a tiempo, alguna tarde, devuelta o por validar."""

import datetime as dt
from itertools import cycle

from django.utils import timezone

from comun.plazos import siguiente_habil
from eventos.models import Capacitacion, DecisionDeValidacion, Validacion
from eventos.validaciones import huella_de, plazo_de
from organizacion.dias import no_laborables
from organizacion.models import Centro, Usuario

from .azar import Azar

OBSERVACION = "Falta la directiva de este año en la presentación: reemplace las láminas 8 a 12 y vuelva a pedirla."
CON_RESPONSABLE = "presupuesto"  # el sistema de la cuenta de demostración
Estado = Validacion.Estado


def cargar_validaciones(hoy: dt.date) -> None:
    """Una por sistema de cada publicada. La próxima de Cusco está devuelta; en presupuesto hay por validar."""
    azar, por_venir = Azar(31), cycle((Estado.PENDIENTE, Estado.PENDIENTE, Estado.APROBADA, Estado.DEVUELTA))
    dias = {centro.pk: no_laborables(centro) for centro in Centro.objects.all()} | {None: no_laborables()}
    publicadas = Capacitacion.objects.en_pie().prefetch_related("sistemas").order_by("fecha_inicio", "pk")
    proxima = publicadas.filter(centro__slug="cusco", fecha_inicio__gt=hoy).first()
    validaciones = []
    for capacitacion in publicadas:
        suyos = dias[capacitacion.centro_id]
        for sistema in capacitacion.sistemas.all():
            validacion = Validacion(capacitacion=capacitacion, sistema=sistema, vence_el=plazo_de(capacitacion, suyos))
            if capacitacion == proxima:
                validacion.estado = Estado.DEVUELTA
            elif capacitacion.fecha_inicio > hoy:
                validacion.estado = next(por_venir) if sistema.slug == CON_RESPONSABLE else Estado.APROBADA
            else:
                validacion.estado = Estado.APROBADA if azar.random() < 0.98 else Estado.PENDIENTE
            _decidir(validacion, suyos, llega_tarde=azar.random() < 0.06)
            validaciones.append(validacion)
    Validacion.objects.bulk_create(validaciones)
    _anotar_decisiones(validaciones)


def _decidir(validacion, dias, *, llega_tarde) -> None:
    """La víspera del plazo, o el día hábil siguiente si llega tarde; nunca después de hoy."""
    if validacion.estado == Estado.PENDIENTE:
        return
    dia = validacion.vence_el
    if llega_tarde:
        dia = siguiente_habil(dia + dt.timedelta(days=1), dias)
    validacion.decidida_en = min(timezone.make_aware(dt.datetime.combine(dia, dt.time(11))), timezone.now())
    if validacion.estado == Estado.APROBADA:
        validacion.huella_contenido = huella_de(validacion.capacitacion)


def _anotar_decisiones(validaciones) -> None:
    responsable = Usuario.objects.filter(username="responsable.tecnico").first()
    decididas = [fila for fila in validaciones if fila.decidida_en]
    DecisionDeValidacion.objects.bulk_create(
        DecisionDeValidacion(
            validacion=fila,
            resultado=fila.estado,
            observacion=OBSERVACION if fila.esta_devuelta else "",
            tomada_por=responsable if fila.sistema.slug == CON_RESPONSABLE else None,
        )
        for fila in decididas
    )
    # La hora en que se anotó no es la de la carga sino la de la decisión.
    hechas = list(DecisionDeValidacion.objects.filter(validacion__in=decididas).select_related("validacion"))
    for decision in hechas:
        decision.tomada_en = decision.validacion.decidida_en
    DecisionDeValidacion.objects.bulk_update(hechas, ["tomada_en"])
    for fila in validaciones:
        fila.pedida_en = min(fila.capacitacion.publicada_en, fila.decidida_en or timezone.now())
    Validacion.objects.bulk_update(validaciones, ["pedida_en"])
