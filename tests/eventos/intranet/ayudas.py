"""Lo que las pruebas del personal mandan en cada formulario: cada prueba cambia una sola cosa."""

import datetime as dt

from django.utils import timezone

from eventos.models import Capacitacion
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    CentroFactory,
    EntidadFactory,
    ExpositorFactory,
    InscripcionFactory,
    SesionFactory,
    SistemaFactory,
)

HOY = timezone.localdate


def dentro_de(dias):
    return HOY() + dt.timedelta(days=dias)


def datos_de_capacitacion(**cambios):
    """El formulario de una capacitación presencial de Cusco, con una sesión en siete días y una expositora."""
    datos = {
        "titulo": "Cierre contable",
        "tipo": "basica",
        "modalidad": "presencial",
        "sistemas": [SistemaFactory().pk],
        "centro": CentroFactory(nombre="Cusco").pk,
        "objetivo": "Cerrar el mes sin observaciones.",
        "publico_objetivo": "Contadores de gobiernos locales.",
        "lugar": "Auditorio",
        "organizador": "centro",
        "origen": "oferta",
        "descripcion": "null",
        **filas("sesiones", [{"fecha": dentro_de(7).isoformat(), "hora_inicio": "09:00", "hora_fin": "13:00"}]),
        **filas("expositores", [{"nombre": "Julia Huamán", "procedencia": "centro", "tema": "Cierre"}]),
    }
    return datos | cambios


def filas(prefijo, lista, iniciales=0):
    """Los campos de un juego de filas: su administración y cada valor."""
    datos = {f"{prefijo}-TOTAL_FORMS": len(lista), f"{prefijo}-INITIAL_FORMS": iniciales}
    for numero, fila in enumerate(lista):
        datos |= {f"{prefijo}-{numero}-{campo}": valor for campo, valor in fila.items()}
    return datos


def edicion_de(capacitacion, **cambios):
    """El formulario de ``capacitacion`` tal como está guardada."""
    sesiones = [
        {"id": s.pk, "fecha": s.fecha.isoformat(), "hora_inicio": f"{s.hora_inicio:%H:%M}", "hora_fin": "13:00"}
        for s in capacitacion.sesiones.all()
    ]
    expositores = [
        {"id": e.pk, "nombre": e.nombre, "procedencia": e.procedencia, "tema": e.tema}
        for e in capacitacion.expositores.all()
    ]
    return (
        datos_de_capacitacion(
            titulo=capacitacion.titulo,
            centro=capacitacion.centro_id,
            lugar=capacitacion.lugar,
            cupos=capacitacion.cupos or "",
            **filas("sesiones", sesiones, iniciales=len(sesiones)),
            **filas("expositores", expositores, iniciales=len(expositores)),
        )
        | cambios
    )


def completa(**cambios) -> Capacitacion:
    """Con todo lo que hace falta para publicarla; publicada si no se dice otra cosa."""
    capacitacion = CapacitacionFactory(
        **{"objetivo": "Cerrar el mes.", "publico_objetivo": "Contadores.", "centro": CentroFactory(nombre="Cusco")}
        | cambios
    )
    ExpositorFactory(capacitacion=capacitacion)
    return capacitacion


def de_hoy(**cambios) -> Capacitacion:
    """Publicada, con una sola sesión hoy."""
    capacitacion = completa(dias=0, sesiones=False, **cambios)
    SesionFactory(capacitacion=capacitacion, fecha=HOY())
    return capacitacion


def con_participantes(capacitacion, cuantos=10) -> Capacitacion:
    """La misma, con ``cuantos`` participantes que firmaron su primera sesión."""
    entidad = EntidadFactory(centro=capacitacion.centro)
    for _ in range(cuantos):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion, entidad=entidad))
    return capacitacion
