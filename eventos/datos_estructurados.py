"""Una capacitación como ``Event`` de schema.org: lo que los buscadores leen de su página.

El enlace de la sesión virtual no va: solo lo tiene quien está inscrito. La virtual apunta a la página.
"""

from django.conf import settings
from django.utils import timezone

from comun.templatetags.comun import fecha_larga
from organizacion.models import AjustesPortal

from .enlaces import url_absoluta
from .models import Capacitacion

SCHEMA = "https://schema.org"
PAIS = "PE"
Situacion = Capacitacion.Situacion


def evento_de_schema(capacitacion: Capacitacion) -> dict | None:
    """El diccionario JSON-LD; ``None`` si no tiene sesiones, porque un evento sin fecha no vale."""
    dias = capacitacion.dias
    if not dias:
        return None
    url = url_absoluta("eventos:capacitacion", capacitacion.slug)
    comun = {
        "eventStatus": f"{SCHEMA}/{_estado(capacitacion)}",
        "eventAttendanceMode": f"{SCHEMA}/{_modo(capacitacion)}",
        "location": _lugar(capacitacion, url),
        "isAccessibleForFree": True,
    }
    evento = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": capacitacion.titulo,
        "description": capacitacion.objetivo or capacitacion.titulo,
        "inLanguage": "es-PE",
        **comun,
        **_cuando(capacitacion.comienza_en, capacitacion.termina_en),
        "organizer": _organiza(capacitacion),
        "about": [sistema.nombre for sistema in capacitacion.sistemas.all()],
        "performer": [{"@type": "Person", "name": e.nombre} for e in capacitacion.expositores.all()],
        "offers": _oferta(capacitacion, url),
    }
    if capacitacion.cupos:
        evento["maximumAttendeeCapacity"] = capacitacion.cupos
        evento["remainingAttendeeCapacity"] = capacitacion.cupos_libres()
    if (cambio := capacitacion.ultima_reprogramacion) and (cambio.cambio_la_fecha or cambio.cambio_la_hora):
        evento["previousStartDate"] = _momento(cambio.comenzaba_en)
    if len(dias) > 1:
        evento["subEvent"] = [_dia(capacitacion, sesiones, comun) for _, sesiones in dias]
    return evento


def _cuando(desde, hasta) -> dict:
    return {"startDate": _momento(desde), "endDate": _momento(hasta)}


def _momento(valor) -> str:
    """«2026-11-30T09:00:00-05:00»: con la hora de Lima, como la lee la gente."""
    return timezone.localtime(valor).isoformat()


def _dia(capacitacion, sesiones, comun) -> dict:
    fecha = fecha_larga(sesiones[0].fecha)
    cuando = _cuando(sesiones[0].comienza_en, sesiones[-1].termina_en)
    return {"@type": "Event", "name": f"{capacitacion.titulo}: {fecha}", **cuando, **comun}


def _estado(capacitacion) -> str:
    if capacitacion.esta_cancelada:
        return "EventCancelled"
    cambio = capacitacion.ultima_reprogramacion
    return "EventRescheduled" if cambio and (cambio.cambio_la_fecha or cambio.cambio_la_hora) else "EventScheduled"


def _modo(capacitacion) -> str:
    if capacitacion.es_hibrida:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if capacitacion.es_virtual else "OfflineEventAttendanceMode"


def _lugar(capacitacion, url) -> dict | list[dict]:
    """El lugar; en la híbrida, los dos."""
    virtual = {"@type": "VirtualLocation", "url": url}
    if capacitacion.es_virtual:
        return virtual
    sala = _sala(capacitacion)
    return [sala, virtual] if capacitacion.es_hibrida else sala


def _sala(capacitacion) -> dict:
    centro = capacitacion.centro
    distrito = capacitacion.distrito or (centro.distrito if centro else None)
    direccion = {"@type": "PostalAddress", "addressCountry": PAIS}
    if calle := capacitacion.direccion or (centro.direccion if centro and not capacitacion.distrito_id else ""):
        direccion["streetAddress"] = calle
    if distrito:
        direccion["addressLocality"] = distrito.nombre
        direccion["addressRegion"] = distrito.provincia.departamento.nombre
    elif centro:
        direccion["addressLocality"] = centro.nombre
    return {"@type": "Place", "name": capacitacion.lugar or capacitacion.lugar_en_una_linea, "address": direccion}


def _organiza(capacitacion) -> dict:
    centro = capacitacion.centro
    if capacitacion.organizador == Capacitacion.Organizador.OTRA:
        return {"@type": "Organization", "name": capacitacion.organizador_nombre}
    if capacitacion.organizador == Capacitacion.Organizador.SEDE or centro is None:
        return {
            "@type": "GovernmentOrganization",
            "name": AjustesPortal.load().institucion,
            "url": settings.URL_DEL_SITIO,
        }
    url = settings.URL_DEL_SITIO + centro.get_absolute_url()
    return {"@type": "GovernmentOrganization", "name": centro.nombre_completo, "url": url}


def _oferta(capacitacion, url) -> dict:
    """Gratuita siempre (R61). ``SoldOut`` si ya no hay cupos o no se puede inscribir."""
    oferta = {"@type": "Offer", "price": "0", "priceCurrency": "PEN", "url": url}
    situacion = capacitacion.situacion()
    disponible = {Situacion.ABIERTA: "InStock", Situacion.AUN_NO: "PreOrder"}.get(situacion, "SoldOut")
    oferta["availability"] = f"{SCHEMA}/{disponible}"
    if abre := capacitacion.inscripcion_abre_en or capacitacion.publicada_en:
        oferta["validFrom"] = _momento(abre)
    if cierra := capacitacion.inscripcion_cierra_en or capacitacion.comienza_en:
        oferta["availabilityEnds"] = _momento(cierra)
    return oferta
