"""En Cusco, una capacitación con su expediente cerrado y otra por cerrar, con su informe y sus fotos."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Exists, OuterRef
from PIL import Image

from custodia.archivos import borrar_archivo
from custodia.models import ArchivoPrivado
from eventos.actions.cierre import cerrar
from eventos.actions.expediente import dispensar_pieza, recibir_documentos
from eventos.actions.filas import Filas
from eventos.actions.informe import entregar_parte, guardar_fotos, guardar_informe, presentar
from eventos.expediente import lista_de_control
from eventos.informe import expositores_que_informan, propuesta_de
from eventos.models import Asistencia, Capacitacion, Expediente, Informe
from organizacion.models import Usuario

from .imagenes import dibujar

FOTOS = ("Participantes en el auditorio, durante la exposición", "El equipo del centro recibe a quienes llegan")


def cargar_expedientes(hoy) -> None:
    """La más antigua de Cusco queda cerrada; la que sigue, con su informe presentado."""
    coordinador = Usuario.objects.get(username="coordinador.cusco")
    firmas = Asistencia.objects.firmadas().filter(sesion__capacitacion=OuterRef("pk"))
    dictadas = Capacitacion.objects.en_pie().pasadas(hoy).filter(Exists(firmas), centro__slug="cusco")
    primera, segunda = dictadas.filter(organizador="centro").order_by("fecha_inicio", "pk")[:2]
    for capacitacion in (primera, segunda):
        _informar(capacitacion, coordinador)
    recibir_documentos(capacitacion=primera, de=str(primera.expositores.first()), por=coordinador)
    for control in lista_de_control(primera):
        if control.falta:
            motivo = "Se convocó por el calendario de la web."
            dispensar_pieza(capacitacion=primera, anexo=control.anexo, motivo=motivo, por=coordinador)
    cerrar(capacitacion=primera, por=coordinador)


def _informar(capacitacion, por) -> None:
    textos = propuesta_de(capacitacion) | {
        "resultados": "Las notas más altas son para quien expuso; se pide más tiempo para los casos.",
        "conclusiones": "Se recomienda repetirla en las provincias altas el próximo trimestre.",
    }
    guardar_informe(capacitacion=capacitacion, textos=textos, por=por)
    fotos = [(_foto(n), texto) for n, texto in enumerate(FOTOS)]
    guardar_fotos(capacitacion=capacitacion, filas=Filas(), nuevas=fotos, por=por)
    for expositor in expositores_que_informan(capacitacion):
        texto = "Se trataron los casos previstos; las preguntas fueron sobre plazos y registro."
        entregar_parte(expositor=expositor, texto=texto, por=por)
    presentar(capacitacion=capacitacion, por=por)


def _foto(n) -> SimpleUploadedFile:
    salida = io.BytesIO()
    with Image.open(io.BytesIO(dibujar(n))) as dibujo:
        dibujo.convert("RGB").save(salida, "JPEG")
    return SimpleUploadedFile(f"foto-{n + 1}.jpg", salida.getvalue(), "image/jpeg")


def quitar_expedientes(llaves) -> None:
    """Los informes y expedientes de esas capacitaciones, con sus archivos."""
    de_expediente = ("expediente", "cierre_anulado__expediente", "parte_de_expediente__expediente")
    rutas = [*(f"{ruta}__capacitacion__in" for ruta in (*de_expediente, "pieza_de_expediente__expediente"))]
    rutas.append("foto_de_informe__informe__capacitacion__in")
    archivos = [archivo for ruta in rutas for archivo in ArchivoPrivado.objects.filter(**{ruta: llaves})]
    Expediente.objects.filter(capacitacion__in=llaves).delete()
    Informe.objects.filter(capacitacion__in=llaves).delete()
    for archivo in archivos:
        borrar_archivo(archivo)
