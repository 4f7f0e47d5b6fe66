"""Las boletas de la encuesta en línea: en la base queda su resumen, nunca lo que lleva el enlace (ADR 0017)."""

import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.db import connection
from django.utils.crypto import salted_hmac

from .models import AplicacionDeEncuesta, BoletaDeEncuesta, Inscripcion


def huella_de(boleta: str) -> str:
    """El SHA-256 de ``boleta``, que es lo único de ella que se guarda."""
    return hashlib.sha256(boleta.encode()).hexdigest()


def boleta_nueva() -> str:
    """La de la sala: no es de nadie."""
    return secrets.token_urlsafe(24)


def boleta_de(inscripcion: Inscripcion, aplicacion: AplicacionDeEncuesta) -> str:
    """La de quien recibe el correo: siempre la misma, y solo el servidor con su clave puede volver a hacerla."""
    resumen = salted_hmac(f"eventos.boleta.{aplicacion.sal}", inscripcion.codigo, algorithm="sha256").digest()
    return urlsafe_b64encode(resumen[:24]).decode()


def crear_boletas(aplicacion: AplicacionDeEncuesta, boletas: list[str]) -> None:
    """Guarda sus resúmenes, en un orden que no es el de ninguna lista."""
    huellas = sorted(huella_de(boleta) for boleta in boletas)
    filas = [BoletaDeEncuesta(huella=huella, capacitacion_id=aplicacion.capacitacion_id) for huella in huellas]
    BoletaDeEncuesta.objects.bulk_create(filas, ignore_conflicts=True)
    borrar_el_orden(BoletaDeEncuesta, huellas)


def borrar_el_orden(modelo, llaves) -> None:
    """Que ninguna columna escondida diga en qué orden llegaron las filas.

    SQLite numera cada fila al guardarla (``rowid``) aunque su llave sea al azar: se le pone otro número. PostgreSQL no
    numera; lo que guarda de cada transacción lo iguala ``eventos.actions.encuesta_en_linea``.
    """
    if connection.vendor != "sqlite":
        return
    tabla = connection.ops.quote_name(modelo._meta.db_table)
    columna = connection.ops.quote_name(modelo._meta.pk.column)
    campo = modelo._meta.pk
    # Los nombres son los del modelo, no de nadie de afuera.
    orden = f"UPDATE {tabla} SET rowid = random() & 9223372036854775807 WHERE {columna} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(orden, [(campo.get_db_prep_value(llave, connection),) for llave in llaves])
