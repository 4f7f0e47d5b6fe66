"""Subir, ensayar y descartar una importación del directorio (ADR 0034)."""

import hashlib
import json
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction

from comun.tablas import leer_tabla
from custodia.actions import anotar
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from directorio.models import ColumnasRecordadas, Importacion, RenglonDeImportacion

from .campos import adivinar, columnas_de
from .ensayo import Ensayo
from .permisos import donde_importa

Estado, Resultado = Importacion.Estado, RenglonDeImportacion.Resultado
MAXIMO = 50_000  # filas
TANDA = 1000


class NoProcede(Exception):
    """La importación ya no admite lo que se pide; el mensaje se muestra tal cual."""


def _centro_de(usuario, tipo: str, elegido) -> int | None:
    """El ``elegido``, o el único en que ``usuario`` lleva ese registro; ``None`` si lo lleva en todos."""
    alcance, llave = donde_importa(usuario, tipo), elegido and elegido.pk
    if llave is None and not alcance.nacional and len(alcance.centros) == 1:
        llave = next(iter(alcance.centros))
    if not alcance.nacional and llave not in alcance.centros:
        raise ValidationError("Diga de qué centro es: tiene que ser uno en que usted lleve ese registro.")
    return llave


def subir(*, tipo: str, archivo, por, centro=None) -> Importacion:
    """Guarda el archivo y propone con qué campo va cada columna. Levanta ``ValidationError`` si no se puede leer.

    ``centro`` hace falta si ``por`` lleva ese registro en varios.
    """
    centro_id = _centro_de(por, tipo, centro)
    archivo.seek(0)
    contenido = archivo.read()
    encabezados, filas = leer_tabla(contenido, archivo.name, maximo=MAXIMO)
    encabezados = [encabezado for encabezado in encabezados if encabezado]
    recordadas = ColumnasRecordadas.objects.filter(tipo=tipo, huella=huella_de(encabezados)).first()
    with transaction.atomic():
        importacion = Importacion.objects.create(
            tipo=tipo,
            centro_id=centro_id,
            archivo=guardar_archivo(
                contenido=contenido,
                nombre=archivo.name,
                tipo="application/octet-stream",
                finalidad=ArchivoPrivado.Finalidad.IMPORTACION,
                por=por,
            ),
            encabezados=encabezados,
            mapeo=recordadas.mapeo if recordadas else adivinar(tipo, encabezados),
            subida_por=por,
        )
        anotar(accion="subir importación", por=por, objeto=importacion, detalle={"filas": len(filas)})
    return importacion


def huella_de(dato: list) -> str:
    """Con que se recuerda cómo se emparejaron unos encabezados, o se reconoce lo ya visto."""
    return hashlib.sha256(json.dumps(dato, sort_keys=True).encode()).hexdigest()


def huella_de_columnas(importacion: Importacion) -> str:
    """Lo que se ensayó: cambia si en otra pestaña se emparejan otras columnas."""
    return huella_de([importacion.mapeo, importacion.borra_vacias])


def filas_de(importacion: Importacion) -> list:
    return leer_tabla(importacion.archivo.leer(), importacion.archivo.nombre, maximo=MAXIMO)[1]


def ensayar(*, importacion: Importacion, mapeo: dict, borra_vacias: bool, por) -> Importacion:
    """Guarda qué pasaría con cada fila, y recuerda las columnas. Se puede repetir con otras hasta confirmarla."""
    _exigir_sin_confirmar(importacion)
    validos = {campo.nombre for campo in columnas_de(importacion.tipo)}
    importacion.mapeo = {e: c for e, c in mapeo.items() if e in importacion.encabezados and c in validos}
    importacion.borra_vacias = borra_vacias
    ensayo = Ensayo(importacion, por)
    filas = filas_de(importacion)
    renglones = [r for desde in range(0, len(filas), TANDA) for r in ensayo.leer(filas[desde : desde + TANDA])]
    importacion.estado = Estado.ENSAYADA
    with transaction.atomic():
        _exigir_sin_confirmar(Importacion.objects.select_for_update(of=("self",)).get(pk=importacion.pk))
        _guardar(importacion, renglones)
        huella = huella_de(importacion.encabezados)
        ColumnasRecordadas.objects.update_or_create(
            tipo=importacion.tipo, huella=huella, defaults={"mapeo": importacion.mapeo}
        )
        anotar(accion="ensayar importación", por=por, objeto=importacion, detalle=importacion.cuentas)
    return importacion


def _exigir_sin_confirmar(importacion: Importacion) -> None:
    if importacion.estado not in (Estado.SUBIDA, Estado.ENSAYADA):
        raise NoProcede("Esta importación ya se confirmó o se descartó: suba el archivo otra vez.")


def _guardar(importacion: Importacion, renglones: list) -> None:
    importacion.renglones.all().delete()
    for renglon in renglones:
        renglon.importacion = importacion
    RenglonDeImportacion.objects.bulk_create(renglones, batch_size=TANDA)
    importacion.cuentas = dict(Counter(str(renglon.resultado) for renglon in renglones))
    importacion.save()


@transaction.atomic
def descartar(*, importacion: Importacion, por) -> Importacion:
    """Borra el archivo y lo que se leyó de él. Lo guardado ya no se descarta: se deshace."""
    importacion = Importacion.objects.select_for_update(of=("self",)).get(pk=importacion.pk)
    if importacion.estado == Estado.DESCARTADA:
        return importacion
    if importacion.estado not in (Estado.SUBIDA, Estado.ENSAYADA):
        raise NoProcede("Ya se guardó: si fue un error, deshágala.")
    archivo, importacion.archivo, importacion.estado = importacion.archivo, None, Estado.DESCARTADA
    importacion.renglones.all().delete()
    importacion.save()
    borrar_archivo(archivo)
    anotar(accion="descartar importación", por=por, objeto=importacion)
    return importacion
