"""Subir, ordenar, titular y quitar los materiales de una capacitación."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from custodia.actions import anotar
from eventos.models import Capacitacion, Material
from organizacion.publico import subir_version_publica

from .filas import Filas
from .validacion import sincronizar_validaciones


@transaction.atomic
def guardar_materiales(
    *, capacitacion: Capacitacion, filas: Filas, archivos: Iterable[UploadedFile] = (), visible_antes=False, por
) -> list[Material]:
    """Guarda los cambios de ``filas`` y agrega ``archivos`` (ya validados) al final; devuelve los nuevos.

    Un archivo nuevo toma su título de su nombre. El de uno quitado se borra al confirmarse la transacción.
    """
    for material in filas.quitar:
        quitar_material(material)
    for material in filas.guardar:
        material.save()
    nuevos = _agregar(capacitacion, archivos, visible_antes, por)
    if nuevos or filas.quitar or filas.guardar:
        detalle = {"agregados": len(nuevos), "quitados": len(filas.quitar)}
        anotar(accion="editar materiales", por=por, objeto=capacitacion, detalle=detalle)
        subir_version_publica()
        sincronizar_validaciones(capacitacion=capacitacion, por=por)
    return nuevos


def _agregar(capacitacion, archivos, visible_antes, por) -> list[Material]:
    ultimo = capacitacion.materiales.aggregate(orden=Max("orden"))["orden"] or 0
    return [
        Material.objects.create(
            capacitacion=capacitacion,
            titulo=_titulo(archivo.name),
            archivo=archivo,
            octetos=archivo.size,
            visible_antes=visible_antes,
            orden=orden,
            subido_por=por,
        )
        for orden, archivo in enumerate(archivos, start=ultimo + 1)
    ]


def _titulo(nombre: str) -> str:
    """«cierre_contable-2026.pdf» → «Cierre contable 2026»."""
    palabras = PurePosixPath(nombre).stem.replace("_", " ").replace("-", " ").split()
    titulo = " ".join("".join(c for c in palabra if c.isprintable()) for palabra in palabras)[:160].strip()
    return titulo[:1].upper() + titulo[1:] or "Material"


def quitar_material(material: Material) -> None:
    """Borra la fila y, al confirmarse la transacción, su archivo."""
    almacen, nombre = material.archivo.storage, material.archivo.name
    material.delete()
    transaction.on_commit(lambda: almacen.delete(nombre))
