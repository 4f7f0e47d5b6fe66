"""Lo que se hace bajo la llave de una capacitación: contar, ofrecer y liberar cupos (invariante 2).

Nada de aquí abre una transacción: la abre quien llama, que ya tomó la llave.
"""

import datetime as dt

from django.utils import timezone

from comun.plazos import sumar_horas_habiles
from eventos import correos
from eventos.models import Capacitacion, Inscripcion
from organizacion.dias import no_laborables
from organizacion.models import AjustesPortal

Estado = Inscripcion.Estado


def bajo_llave(capacitacion: Capacitacion) -> Capacitacion:
    """La fila recién leída y tomada hasta el fin de la transacción; en SQLite ya la toma IMMEDIATE."""
    return Capacitacion.objects.select_for_update(no_key=True).prefetch_related("sesiones").get(pk=capacitacion.pk)


def tomar(inscripcion: Inscripcion) -> Inscripcion:
    """La inscripción recién leída, con su ``capacitacion`` bajo llave."""
    capacitacion = bajo_llave(inscripcion.capacitacion)
    return capacitacion.inscripciones.select_related("persona", "entidad").get(pk=inscripcion.pk)


def ofrecer_en_orden(capacitacion: Capacitacion) -> list[Inscripcion]:
    """Ofrece los cupos libres a los primeros de la lista de espera, con plazo; devuelve a quienes se les ofreció.

    Donde ya no hay límite de cupos no hay nada que reservar: a quien aguardaba se le confirma.
    """
    if not capacitacion.esta_publicada or capacitacion.esta_cerrada or capacitacion.ya_empezo():
        return []
    aguardan = capacitacion.inscripciones.select_related("persona", "entidad").order_by("orden")
    libres = capacitacion.cupos_libres()
    if libres is None:
        return [confirmar(i) for i in aguardan.filter(estado__in=(Estado.EN_ESPERA, Estado.OFRECIDA))]
    _acortar_ofertas(capacitacion)
    primeras = list(aguardan.filter(estado=Estado.EN_ESPERA)[:libres])
    vence_en = plazo_de_oferta(capacitacion) if primeras else None
    return [_pasar(inscripcion, Estado.OFRECIDA, oferta_vence_en=vence_en) for inscripcion in primeras]


def confirmar(inscripcion: Inscripcion) -> Inscripcion:
    return _pasar(inscripcion, Estado.CONFIRMADA)


def liberar(inscripcion: Inscripcion, motivo: str) -> Inscripcion:
    """La anula por ``motivo`` (uno de ``Inscripcion.MotivoAnulacion``)."""
    return _pasar(inscripcion, Estado.ANULADA, anulada_en=timezone.now(), motivo_anulacion=motivo)


def _pasar(inscripcion, estado, *, oferta_vence_en=None, **cambios):
    """Cambia su estado y deja el aviso en cola; solo una ofrecida tiene plazo."""
    cambios |= {"estado": estado, "oferta_vence_en": oferta_vence_en}
    for campo, valor in cambios.items():
        setattr(inscripcion, campo, valor)
    inscripcion.save(update_fields=[*cambios])
    correos.avisar(inscripcion)
    return inscripcion


def plazo_de_oferta(capacitacion) -> dt.datetime:
    """Hasta cuándo vale una oferta hecha ahora: en horas hábiles del centro y nunca después de que empiece."""
    horas = dt.timedelta(hours=AjustesPortal.load().horas_de_oferta)
    vence_en = sumar_horas_habiles(timezone.now(), horas, no_laborables(capacitacion.centro))
    return min(vence_en, capacitacion.comienza_en or vence_en)


def _acortar_ofertas(capacitacion):
    """Si la capacitación se adelantó, las ofertas que ya corren tampoco pasan de su comienzo."""
    if comienza_en := capacitacion.comienza_en:
        tardias = capacitacion.inscripciones.filter(estado=Estado.OFRECIDA, oferta_vence_en__gt=comienza_en)
        tardias.update(oferta_vence_en=comienza_en)
