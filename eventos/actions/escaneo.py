"""Adjuntar el registro firmado, escaneado o fotografiado, y quitar el que se subió por error (R93, R94)."""

from collections.abc import Iterable

from django.db import transaction

from custodia.actions import anotar
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from eventos.models import Capacitacion, Escaneo, HojaDeRegistro, Sesion

from .rechazos import NoProcede, exigir_abierta


class NoSeAdjunta(NoProcede): ...


@transaction.atomic
def adjuntar_escaneo(
    *, sesion: Sesion, contenido: bytes, paginas: int, por, hojas: Iterable[HojaDeRegistro] = ()
) -> Escaneo:
    """Guarda en privado el PDF ``contenido`` (ya leído con ``comun.subidas``) como registro firmado de ``sesion``.

    Repetirla con el mismo archivo devuelve el que ya está.
    """
    capacitacion = Capacitacion.objects.select_for_update().get(pk=sesion.capacitacion_id)
    exigir_abierta(capacitacion)
    if not capacitacion.esta_publicada:
        raise NoSeAdjunta("Solo se adjunta el registro de una capacitación publicada.")
    archivo = guardar_archivo(
        contenido=contenido,
        nombre=f"registro-{capacitacion.slug[:100]}-{sesion.fecha:%Y-%m-%d}-{sesion.hora_inicio:%H%M}.pdf",
        tipo="application/pdf",
        finalidad=ArchivoPrivado.Finalidad.REGISTRO,
        por=por,
    )
    if repetido := Escaneo.objects.filter(sesion=sesion, archivo__sha256=archivo.sha256).first():
        borrar_archivo(archivo)
        return repetido
    escaneo = _guardar(archivo, sesion, paginas, hojas, por)
    detalle = {"sesion": str(sesion), "paginas": paginas, "sha256": archivo.sha256}
    anotar(accion="adjuntar registro escaneado", por=por, objeto=capacitacion, detalle=detalle)
    return escaneo


def _guardar(archivo, sesion, paginas, hojas, por) -> Escaneo:
    escaneo = Escaneo.objects.create(sesion=sesion, archivo=archivo, paginas=paginas, subido_por=por)
    escaneo.hojas.set([hoja for hoja in hojas if hoja.sesion_id == sesion.pk])
    return escaneo


@transaction.atomic
def quitar_escaneo(*, escaneo: Escaneo, motivo: str, por) -> None:
    """Lo borra con su archivo y deja dicho cuál era y por qué. Las asistencias que sustenta no cambian."""
    sesion, archivo = escaneo.sesion, escaneo.archivo
    capacitacion = Capacitacion.objects.select_for_update().get(pk=sesion.capacitacion_id)
    exigir_abierta(capacitacion)
    detalle = {"sesion": str(sesion), "paginas": escaneo.paginas, "sha256": archivo.sha256}
    anotar(accion="quitar registro escaneado", por=por, objeto=capacitacion, motivo=motivo, detalle=detalle)
    escaneo.delete()
    borrar_archivo(archivo)
