"""Las bases en que se mide lo que escribe: SQLite y, si responde, PostgreSQL; cada una nueva y aparte."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
from psycopg import sql

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
NOMBRE = os.environ.get("MEDIR_BASE", "conectamef_medir")


def bases() -> Iterator[tuple[str, dict[str, str]]]:
    """Pares (nombre, entorno) para correr un proceso del portal contra cada base vacía."""
    with tempfile.TemporaryDirectory(prefix="conectamef-medir-") as carpeta:
        yield "SQLite", _entorno(Path(carpeta) / "sqlite")
    direccion = os.environ.get("DATABASE_URL", POSTGRES)
    try:
        _recrear(direccion)
    except psycopg.OperationalError as error:
        print(f"PostgreSQL no se midió: {str(error).splitlines()[0]}")
        return
    with tempfile.TemporaryDirectory(prefix="conectamef-medir-") as carpeta:
        propia = direccion.rpartition("/")[0] + f"/{NOMBRE}"
        yield "PostgreSQL", _entorno(Path(carpeta)) | {"DATABASE_URL": propia}
    _borrar(direccion)


def _entorno(carpeta: Path) -> dict[str, str]:
    carpeta.mkdir(exist_ok=True)
    entorno = {nombre: valor for nombre, valor in os.environ.items() if nombre not in ("DATABASE_URL", "REDIS_URL")}
    return entorno | {"VAR_DIR": str(carpeta), "DJANGO_SETTINGS_MODULE": "portal.settings.local", "DEBUG": "0"}


def _conectar(direccion):
    datos = dj_database_url.parse(direccion)
    return psycopg.connect(
        host=datos["HOST"] or None,
        port=datos["PORT"] or None,
        user=datos["USER"] or None,
        password=datos["PASSWORD"] or None,
        dbname=datos["NAME"] or "postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _borrar(direccion):
    with _conectar(direccion) as conexion:
        conexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NOMBRE)))


def _recrear(direccion):
    _borrar(direccion)
    with _conectar(direccion) as conexion:
        conexion.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NOMBRE)))
