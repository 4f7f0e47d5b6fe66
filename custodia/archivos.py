"""Guardar y entregar archivos privados. Quién puede pedirlos lo decide la vista de quien es su dueño."""

import hashlib
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.views.defaults import permission_denied

from .models import ArchivoPrivado

# Lo que el navegador muestra sin riesgo; lo demás se descarga.
A_LA_VISTA = {"application/pdf", "image/jpeg", "image/png"}


def guardar_archivo(*, contenido: bytes, nombre: str, tipo: str, finalidad: str, por=None) -> ArchivoPrivado:
    """Guarda ``contenido`` fuera de lo público, con su SHA-256. ``tipo``: su tipo MIME, ya comprobado."""
    archivo = ArchivoPrivado(
        finalidad=finalidad,
        nombre=nombre[:160],
        tipo=tipo,
        octetos=len(contenido),
        sha256=hashlib.sha256(contenido).hexdigest(),
        creado_por=por,
    )
    archivo.archivo.save(nombre, ContentFile(contenido), save=False)
    archivo.save()
    return archivo


def borrar_archivo(archivo: ArchivoPrivado) -> None:
    """Borra la fila y, al confirmarse la transacción, su contenido."""
    almacen, ruta = archivo.archivo.storage, archivo.archivo.name
    archivo.delete()
    transaction.on_commit(lambda: almacen.delete(ruta))


def vista_de_archivo(vista):
    """Marca la vista que entrega un archivo del personal; va encima de las que preguntan permiso y alcance (ADR 0029).

    Quien no puede recibe 403 o 404, nunca la página de ingreso: sin cuenta lo para ``portal.middleware.SoloConCuenta``.
    """

    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        try:
            return vista(request, *args, **kwargs)
        except PermissionDenied as error:
            return permission_denied(request, error)

    envuelta.entrega_archivo = True
    return envuelta


def entregar_archivo(archivo: ArchivoPrivado, *, descargar: bool = False) -> FileResponse:
    """La respuesta con el archivo: nadie más la guarda y nada dentro de él se ejecuta. 404 si ya no está."""
    try:
        abierto = archivo.archivo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    respuesta = FileResponse(
        abierto,
        as_attachment=descargar or archivo.tipo not in A_LA_VISTA,
        filename=archivo.nombre,
        content_type=archivo.tipo,
    )
    respuesta["Cache-Control"] = "no-store, private"
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return respuesta
