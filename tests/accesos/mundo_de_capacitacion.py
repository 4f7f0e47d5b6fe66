"""Las filas de una capacitación de un centro: su panel entero y otra con el expediente cerrado."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from eventos import models as m
from tests import fabricas as f

from .papeles import PDF, archivo, imagen


def de_capacitacion(filas: dict, sena: str, sistema, organo) -> dict:
    """Lo que hay alrededor de una capacitación de ``filas``, por la etiqueta de su modelo."""
    nuevas = _capacitacion(filas, sena, sistema, organo)
    for parte in (_registro, _convocatoria, _papeles):
        nuevas |= parte(filas | nuevas, sena)
    return nuevas | _cerrada(filas, sena, sistema, organo)


def _capacitacion(filas, sena, sistema, organo) -> dict:
    capacitacion = f.CapacitacionFactory(
        centro=filas["organizacion.Centro"],
        titulo=f"Curso {sena}",
        objetivo="Cerrar el mes.",
        publico_objetivo="Contadores.",
        modalidad="hibrida",
        enlace_virtual="https://reunion.example/sala",
        aliado=organo,
        sistemas=[sistema],
    )
    expositor = f.ExpositorFactory(capacitacion=capacitacion, personal=filas["directorio.Personal"], nombre=sena)
    material = SimpleUploadedFile("a.pdf", PDF)
    sesion = capacitacion.sesiones.get()
    m.ActividadPrograma.objects.create(sesion=sesion, hora_inicio="09:00", hora_fin="10:00", actividad="Devengado")
    return {
        "eventos.Capacitacion": capacitacion,
        "eventos.Sesion": sesion,
        "eventos.Expositor": expositor,
        "eventos.Material": f.MaterialFactory(capacitacion=capacitacion, titulo=sena, archivo=material),
        "eventos.Validacion": f.ValidacionFactory(capacitacion=capacitacion),
        "eventos.Prueba": f.PruebaFactory(capacitacion=capacitacion),
        "eventos.Reprogramacion": m.Reprogramacion.objects.create(
            capacitacion=capacitacion,
            motivo=m.Motivo.FUERZA_MAYOR,
            comenzaba_en=timezone.now(),
            terminaba_el=timezone.localdate(),
        ),
        "eventos.TareaLogistica": m.TareaLogistica.objects.create(
            capacitacion=capacitacion, rubro=m.TareaLogistica.Rubro.values[0], descripcion=sena
        ),
        "eventos.Preparativos": m.Preparativos.objects.create(capacitacion=capacitacion),
        "eventos.RespuestaEncuesta": m.RespuestaEncuesta.objects.create(capacitacion=capacitacion, otros_temas=sena),
        "eventos.BoletaDeEncuesta": m.BoletaDeEncuesta.objects.create(capacitacion=capacitacion, huella=sena),
        "eventos.AplicacionDeEncuesta": m.AplicacionDeEncuesta.objects.create(capacitacion=capacitacion),
    }


def _registro(filas, sena) -> dict:
    """Lo que cuelga de una inscripción y de una sesión."""
    capacitacion, sesion = filas["eventos.Capacitacion"], filas["eventos.Sesion"]
    inscripcion = f.InscripcionFactory(
        capacitacion=capacitacion,
        entidad=None,
        entidad_texto=f"Beneficencia {sena}",
        apellidos=sena,
        persona__apellidos=sena,
    )
    asistencia = f.AsistenciaFactory(inscripcion=inscripcion, sesion=sesion)
    vence = timezone.now() + dt.timedelta(days=9)
    m.FirmaEnPantalla.objects.create(asistencia=asistencia, firmada_en=timezone.now(), archivo=archivo("firma.png"))
    hoja = m.HojaDeRegistro.objects.create(sesion=sesion, numero=1)
    hoja.inscripciones.add(inscripcion)
    return {
        "eventos.Inscripcion": inscripcion,
        "eventos.Asistencia": asistencia,
        "eventos.HojaDeRegistro": hoja,
        "eventos.Escaneo": m.Escaneo.objects.create(sesion=sesion, archivo=archivo(), paginas=1),
        "eventos.EnlaceDeAsistencia": m.EnlaceDeAsistencia.objects.create(
            inscripcion=inscripcion, sesion=sesion, vence_en=vence
        ),
        "eventos.VistoBueno": m.VistoBueno.objects.create(
            capacitacion=capacitacion, inscripcion=inscripcion, papeleta=sena
        ),
        "eventos.NotaDePrueba": f.NotaDePruebaFactory(prueba=filas["eventos.Prueba"], inscripcion=inscripcion),
        "eventos.Mesa": m.Mesa.objects.create(
            capacitacion=capacitacion,
            nombre=sena,
            clave_sha256=sena,
            abierta_por=f.UsuarioFactory(username="de.la.mesa"),
            vence_en=vence,
        ),
    }


def _convocatoria(filas, sena) -> dict:
    capacitacion = filas["eventos.Capacitacion"]
    convocatoria = m.Convocatoria.objects.create(capacitacion=capacitacion, anticipacion=7)
    invitacion = m.Invitacion.objects.create(
        capacitacion=capacitacion,
        convocatoria=convocatoria,
        operador=filas["directorio.Operador"],
        entidad=filas["directorio.Entidad"],
        nombre=sena,
        correo=f"{sena.lower()}@muni.example",
    )
    return {
        "eventos.Convocatoria": convocatoria,
        "eventos.Invitacion": invitacion,
        "eventos.Llamada": m.Llamada.objects.create(
            capacitacion=capacitacion, asunto=m.Llamada.Asunto.values[0], invitacion=invitacion
        ),
    }


def _papeles(filas, sena) -> dict:
    """El informe y el expediente, todavía abiertos."""
    capacitacion = filas["eventos.Capacitacion"]
    informe = m.Informe.objects.create(capacitacion=capacitacion, objetivo=sena)
    expediente = m.Expediente.objects.create(capacitacion=capacitacion, recibido_de=sena)
    de_expediente = {"expediente": expediente, "anexo": "8"}
    return {
        "eventos.Informe": informe,
        "eventos.FotoDeInforme": m.FotoDeInforme.objects.create(informe=informe, archivo=imagen(), descripcion=sena),
        "eventos.Expediente": expediente,
        "eventos.PiezaDeExpediente": m.PiezaDeExpediente.objects.create(**de_expediente),
        "eventos.ParteDeExpediente": m.ParteDeExpediente.objects.create(
            **de_expediente, titulo=sena, archivo=archivo(), desde=1, hasta=2
        ),
        "eventos.CierreAnulado": m.CierreAnulado.objects.create(
            expediente=expediente, archivo=archivo(), folios=2, cerrado_en=timezone.now(), motivo=sena
        ),
    }


def _cerrada(filas, sena, sistema, organo) -> dict:
    """Otra capacitación, con el expediente cerrado: se reabre y se descarga entero."""
    ahora = timezone.now()
    capacitacion = f.CapacitacionFactory(
        centro=filas["organizacion.Centro"],
        titulo=f"Cerrada {sena}",
        dias=-9,
        sistemas=[sistema],
        aliado=organo,
        cerrada_en=ahora,
    )
    m.Expediente.objects.create(capacitacion=capacitacion, archivo=archivo(), folios=2, cerrado_en=ahora)
    return {"cerrada": capacitacion}
