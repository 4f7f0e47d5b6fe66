"""Capacitaciones que ya se dictaron, con lo que el informe y el expediente necesitan."""

import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from custodia.archivos import guardar_archivo
from eventos.actions.encuesta import Hoja, registrar_respuestas
from eventos.actions.expediente import dispensar_pieza
from eventos.actions.informe import guardar_informe, presentar
from eventos.informe import propuesta_de
from eventos.models import ActividadPrograma, Capacitacion, Escaneo, PiezaDeExpediente
from tests.fabricas import AsistenciaFactory, InscripcionFactory

from .ayudas import completa

Anexo = PiezaDeExpediente.Anexo


def realizada(participantes=6, encuestas=0, por=None, **cambios) -> Capacitacion:
    """De Cusco, hace tres días, con su programa, ``participantes`` que firmaron y ``encuestas`` de papel."""
    capacitacion = completa(**{"dias": -3, "metodologia": "Exposición y casos."} | cambios)
    for _ in range(participantes):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    sesion = capacitacion.sesiones.first()
    ActividadPrograma.objects.create(sesion=sesion, hora_inicio="09:00", hora_fin="10:00", actividad="Devengado")
    if encuestas:
        hojas = [Hoja({("general", None): 1 + n % 4}, otros_temas="Tesorería") for n in range(encuestas)]
        registrar_respuestas(capacitacion=capacitacion, respuestas=hojas, por=por, lote=uuid.uuid4())
    return capacitacion


def con_informe(por, **cambios) -> Capacitacion:
    """Realizada y con el informe presentado por ``por``."""
    capacitacion = realizada(por=por, **cambios)
    guardar_informe(capacitacion=capacitacion, textos=propuesta_de(capacitacion), por=por)
    presentar(capacitacion=capacitacion, por=por)
    return capacitacion


def por_cerrar(por, **cambios) -> Capacitacion:
    """Con el informe presentado y cada anexo en su estado: solo falta cerrarla."""
    capacitacion = con_informe(por, **{"encuestas": 5} | cambios)
    dispensar_pieza(capacitacion=capacitacion, anexo=Anexo.INVITACION, motivo="Se anunció por la web.", por=por)
    return capacitacion


def escanear(sesion, por) -> Escaneo:
    archivo = guardar_archivo(
        contenido=un_pdf(), nombre="registro.pdf", tipo="application/pdf", finalidad="registro", por=por
    )
    return Escaneo.objects.create(sesion=sesion, archivo=archivo, paginas=1, subido_por=por)


def un_pdf(paginas=1, lado=400) -> bytes:
    salida = io.BytesIO()
    hojas = [Image.new("RGB", (lado, lado), "white") for _ in range(paginas)]
    hojas[0].save(salida, "PDF", save_all=True, append_images=hojas[1:])
    return salida.getvalue()


def foto(nombre="foto.jpg", color="#357", lado=(1600, 1200)) -> SimpleUploadedFile:
    salida = io.BytesIO()
    Image.new("RGB", lado, color).save(salida, "JPEG")
    return SimpleUploadedFile(nombre, salida.getvalue(), "image/jpeg")
