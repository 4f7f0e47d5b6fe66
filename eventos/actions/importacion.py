"""Importar el programa: revisarlo no guarda ninguna capacitación; confirmarlo las crea todas o ninguna."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.importacion import revisar_archivo
from eventos.models import Capacitacion, ImportacionDePrograma
from eventos.renglon import Renglon
from organizacion.models import Centro

from .lote import programar_lote
from .rechazos import NoProcede

Estado = ImportacionDePrograma.Estado


class YaDescartada(NoProcede): ...


class NadaQueImportar(NoProcede): ...


def revisar(*, archivo: UploadedFile, centro: Centro, por) -> ImportacionDePrograma:
    """Lee la hoja y guarda el informe. Levanta ``ValidationError`` si no se puede leer."""
    filas = revisar_archivo(archivo, centro, por)
    with transaction.atomic():
        importacion = ImportacionDePrograma.objects.create(
            centro=centro, nombre=archivo.name[:200], filas=filas, creada_por=por
        )
        anotar(accion="revisar importación", por=por, objeto=importacion, detalle={"filas": len(filas)})
    return importacion


@transaction.atomic
def confirmar(*, importacion: ImportacionDePrograma, por) -> list[Capacitacion]:
    """Crea en borrador las filas sin error y las devuelve. Repetirla no crea nada."""
    importacion = ImportacionDePrograma.objects.select_for_update().get(pk=importacion.pk)
    if importacion.estado == Estado.CONFIRMADA:
        return []
    if importacion.estado == Estado.DESCARTADA:
        raise YaDescartada("Esta importación se descartó: suba el archivo otra vez.")
    renglones = [Renglon.de_datos(fila["datos"]) for fila in importacion.filas if fila["datos"]]
    if not renglones:
        raise NadaQueImportar("Ninguna fila está bien: corrija el archivo y súbalo otra vez.")
    nuevas = programar_lote(centro=importacion.centro, renglones=renglones, por=por)
    importacion.estado = Estado.CONFIRMADA
    importacion.confirmada_en = timezone.now()
    importacion.save(update_fields=["estado", "confirmada_en"])
    anotar(accion="confirmar importación", por=por, objeto=importacion, detalle={"creadas": len(nuevas)})
    return nuevas


@transaction.atomic
def descartar(*, importacion: ImportacionDePrograma, por) -> ImportacionDePrograma:
    """Repetirla no hace nada; lo confirmado ya no se descarta."""
    importacion = ImportacionDePrograma.objects.select_for_update().get(pk=importacion.pk)
    if importacion.estado == Estado.CONFIRMADA:
        raise NoProcede("Ya se confirmó: sus capacitaciones están en el programa.")
    if importacion.estado == Estado.REVISADA:
        importacion.estado = Estado.DESCARTADA
        importacion.save(update_fields=["estado"])
        anotar(accion="descartar importación", por=por, objeto=importacion)
    return importacion
