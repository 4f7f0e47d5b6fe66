"""Lo que las capacitaciones guardan de una persona, para dárselo (registro ``datos_de_persona``).

El registro firmado en papel lista a todos los de una sesión: su escaneo no va. Sí va la fila que dice en qué
capacitación y en qué fecha está, y la firma hecha en pantalla, que es solo suya.
"""

from comun.expediente_personal import Parte, fila_de
from comun.registros import datos_de_persona
from eventos.models import Asistencia, FirmaEnPantalla, Llamada, NotaDePrueba, VistoBueno

from .suyo import exposiciones_de, inscripciones_de, invitaciones_de, persona_de, preguntas_de, solicitudes_de

DE_INSCRIPCION = (
    *("capacitacion", "codigo", "nombres", "apellidos", "entidad", "entidad_texto", "cargo", "correo", "telefono"),
    *("estado", "canal", "creada_en", "anulada_en"),
)


@datos_de_persona.anotar
def participacion(titular):
    if persona := persona_de(titular):
        campos = ("tipo_documento", "numero_documento", "nombres", "apellidos")
        yield Parte("Persona", "inscripcion", [fila_de(persona, *campos)])
    inscripciones = list(inscripciones_de(titular))
    filas = [fila_de(i, *DE_INSCRIPCION) | {"aviso que aceptó": str(i.aviso or "")} for i in inscripciones]
    yield Parte("Inscripciones", "inscripcion", filas)
    yield from _asistencias(inscripciones)
    notas = NotaDePrueba.objects.filter(inscripcion__in=inscripciones).select_related("prueba__capacitacion")
    filas = [
        {"capacitación": str(n.prueba.capacitacion), **fila_de(n, "momento", "puntaje", "maximo", "registrada_en")}
        for n in notas
    ]
    yield Parte("Notas de pruebas", "inscripcion", filas)
    vistos = VistoBueno.objects.filter(inscripcion__in=inscripciones).select_related("capacitacion")
    filas = [fila_de(v, "capacitacion", "papeleta", "sellado_en") for v in vistos]
    yield Parte("Vistos buenos en su papeleta", "inscripcion", filas)


def _asistencias(inscripciones):
    filas = Asistencia.objects.filter(inscripcion__in=inscripciones).select_related("sesion__capacitacion")
    filas = filas.order_by("sesion__fecha", "pk")
    yield Parte(
        "Asistencias",
        "inscripcion",
        [
            {
                "capacitación": a.sesion.capacitacion.titulo,
                "fecha": a.sesion.fecha,
                **fila_de(a, "esta_firmada", "medio", "registrada_en"),
            }
            for a in filas
        ],
    )
    firmas = FirmaEnPantalla.objects.filter(asistencia__in=filas.order_by().values("pk")).select_related("archivo")
    yield Parte(
        "Firmas en pantalla",
        "expediente",
        [{"firmada": f.firmada_en, "archivo": f.archivo.nombre} for f in firmas],
        [f.archivo for f in firmas],
    )


@datos_de_persona.anotar
def trato_con_los_centros(titular):
    invitaciones = invitaciones_de(titular)
    campos = ("capacitacion", "entidad", "nombre", "cargo", "correo", "telefono", "respuesta", "respondida_en")
    yield Parte("Invitaciones", "convocatoria", [fila_de(i, *campos) for i in invitaciones])
    llamadas = Llamada.objects.filter(inscripcion__in=inscripciones_de(titular).order_by().values("pk"))
    llamadas |= Llamada.objects.filter(invitacion__in=invitaciones)
    campos = ("capacitacion", "asunto", "resultado", "nota", "llamada_en")
    filas = [fila_de(ll, *campos) for ll in llamadas.select_related("capacitacion")]
    yield Parte("Llamadas", "convocatoria", filas)
    campos = ("centro", "nombre", "correo", "telefono", "texto", "creada_en", "atendida_en", "respuesta")
    yield Parte("Preguntas", "pregunta", [fila_de(p, *campos) for p in preguntas_de(titular)])
    campos = ("centro", "entidad", "documento", "contacto", "cargo", "correo", "telefono", "tema", "recibida_el")
    yield Parte("Solicitudes de capacitación", "solicitud", [fila_de(s, *campos) for s in solicitudes_de(titular)])
    campos = ("capacitacion", "nombre", "cargo", "tema")
    yield Parte("Exposiciones", "exposicion", [fila_de(e, *campos) for e in exposiciones_de(titular)])
