"""El expediente de una capacitación (R92): recibir sus documentos y dejar cada anexo como está."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from comun.subidas import leer_imagen, leer_pdf, pdf_de_imagenes
from custodia.actions import anotar
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from eventos.models import Capacitacion, Expediente, PiezaDeExpediente

from .rechazos import NoProcede, exigir_abierta

Anexo, Estado = PiezaDeExpediente.Anexo, PiezaDeExpediente.Estado
PDF = "application/pdf"


class NoSeDispensa(NoProcede): ...


class FaltaElMotivo(NoProcede): ...


def tomar_expediente(capacitacion) -> Expediente:
    """El expediente abierto, creado si faltaba, con la capacitación bajo llave."""
    exigir_abierta(capacitacion)
    return Expediente.objects.get_or_create(capacitacion=capacitacion)[0]


@transaction.atomic
def recibir_documentos(*, capacitacion: Capacitacion, de: str, por) -> Expediente:
    """Deja dicho quién entregó los documentos del evento a la Asistente (R90). Repetirla no cambia la primera."""
    expediente = tomar_expediente(capacitacion)
    if expediente.recibido_en:
        return expediente
    if not de.strip():
        raise FaltaElMotivo("Diga quién entregó los documentos.")
    expediente.recibido_en, expediente.recibido_de, expediente.recibido_por = timezone.now(), de.strip(), por
    expediente.save(update_fields=["recibido_en", "recibido_de", "recibido_por"])
    anotar(accion="recibir documentos del evento", por=por, objeto=capacitacion)
    return expediente


@transaction.atomic
def subir_pieza(
    *, capacitacion: Capacitacion, anexo: Anexo, archivos: Sequence[UploadedFile], estado: Estado, por
) -> PiezaDeExpediente:
    """Guarda la versión firmada o escaneada de un anexo: un PDF, o fotos que se unen en orden; reemplaza la anterior.

    Levanta ``ValidationError`` si un archivo no es lo que dice.
    """
    contenido = _leer(archivos)
    pieza = _pieza(capacitacion, anexo)
    anterior = pieza.archivo
    pieza.archivo = guardar_archivo(
        contenido=contenido,
        nombre=f"anexo-{anexo}-{capacitacion.slug}.pdf",
        tipo=PDF,
        finalidad=ArchivoPrivado.Finalidad.EXPEDIENTE,
        por=por,
    )
    return _dejar(pieza, estado, "", anterior, por)


def _leer(archivos) -> bytes:
    if len(archivos) == 1 and archivos[0].name.lower().endswith(".pdf"):
        return leer_pdf(archivos[0])
    return pdf_de_imagenes([leer_imagen(archivo) for archivo in archivos])


@transaction.atomic
def dispensar_pieza(*, capacitacion: Capacitacion, anexo: Anexo, motivo: str, por) -> PiezaDeExpediente:
    """Deja dicho que un anexo no aplica, y por qué. El registro y el informe van siempre (R57, R92)."""
    if anexo in {Anexo.REGISTRO, Anexo.INFORME}:
        raise NoSeDispensa(f"{Anexo(anexo).label}: va siempre en el expediente.")
    if not motivo.strip():
        raise FaltaElMotivo("Diga por qué no aplica.")
    pieza = _pieza(capacitacion, anexo)
    anterior, pieza.archivo = pieza.archivo, None
    return _dejar(pieza, Estado.NO_APLICA, motivo.strip(), anterior, por)


@transaction.atomic
def devolver_pieza(*, capacitacion: Capacitacion, anexo: Anexo, por) -> PiezaDeExpediente:
    """Quita lo subido o lo dicho: el anexo vuelve a ser el que los datos generan."""
    pieza = _pieza(capacitacion, anexo)
    anterior, pieza.archivo = pieza.archivo, None
    return _dejar(pieza, Estado.PENDIENTE, "", anterior, por)


def _pieza(capacitacion, anexo) -> PiezaDeExpediente:
    return PiezaDeExpediente.objects.get_or_create(expediente=tomar_expediente(capacitacion), anexo=anexo)[0]


def _dejar(pieza, estado, motivo, anterior, por) -> PiezaDeExpediente:
    pieza.estado, pieza.motivo, pieza.actualizada_por = estado, motivo, por
    pieza.save()
    if anterior is not None:
        borrar_archivo(anterior)
    detalle = {"anexo": str(pieza.anexo), "estado": str(estado)}
    anotar(accion="expediente: anexo", por=por, objeto=pieza.expediente.capacitacion, detalle=detalle, motivo=motivo)
    return pieza
