"""Los disparadores que rehúsan UPDATE y DELETE sobre el rastro, también a quien entra por la consola de la base.

Van fuera del modelo porque SQLite los pierde al rehacer una tabla: la migración que cambie una de estas termina con
``poner(schema_editor.connection)``. La punta sí cambia, pero solo hacia adelante.
"""

PUNTA = "custodia_punta"
TABLAS = ("custodia_huella", "custodia_eslabon", "custodia_sello", PUNTA)
SUCESOS = {"postgresql": ("update", "delete", "truncate"), "sqlite": ("update", "delete")}
NEGATIVA = "El rastro solo se agrega: no se cambia ni se borra."
_NOMBRE = "rastro_solo_se_agrega"


def poner(connection) -> None:
    quitar(connection)
    with connection.cursor() as cursor:
        existentes = connection.introspection.table_names(cursor)  # una migración de antes no tiene todas
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_NOMBRE}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{NEGATIVA}'; END $$"
            )
        for tabla in filter(existentes.__contains__, TABLAS):
            for suceso in SUCESOS[connection.vendor]:
                cursor.execute(_crear(connection.vendor, tabla, suceso))


def quitar(connection, sucesos=None) -> None:
    """Quita los de ``sucesos`` (``update``, ``delete``, ``truncate``) o todos."""
    with connection.cursor() as cursor:
        for tabla in TABLAS:
            for suceso in sucesos or SUCESOS[connection.vendor]:
                de_tabla = f" ON {tabla}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {tabla}_{suceso}{de_tabla}")


def faltan(connection) -> set[str]:
    """Nombres de los disparadores que la base debería tener y no tiene."""
    de_la_base = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(de_la_base[connection.vendor])
        hay = {nombre for (nombre,) in cursor.fetchall()}
    return {f"{tabla}_{suceso}" for tabla in TABLAS for suceso in SUCESOS[connection.vendor]} - hay


def _crear(motor: str, tabla: str, suceso: str) -> str:
    disparador = f"CREATE TRIGGER {tabla}_{suceso} BEFORE {suceso.upper()} ON {tabla} "
    retrocede = "WHEN (NEW.numero < OLD.numero OR (NEW.numero = OLD.numero AND NEW.sha256 <> OLD.sha256)) "
    cuando = retrocede if (tabla, suceso) == (PUNTA, "update") else ""
    if motor == "postgresql":
        cada = "STATEMENT" if suceso == "truncate" else "ROW"
        return f"{disparador}FOR EACH {cada} {cuando}EXECUTE FUNCTION {_NOMBRE}()"
    return f"{disparador}{cuando}BEGIN SELECT RAISE(ABORT, '{NEGATIVA}'); END"
