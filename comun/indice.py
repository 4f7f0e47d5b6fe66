"""El índice de trigramas de ``texto_busqueda``: GIN en PostgreSQL, FTS5 en SQLite (ADR 0033).

La app dueña del modelo lo crea en una migración con ``IndiceDeBusqueda``. En SQLite lo llevan disparadores, así que ni
``bulk_create`` ni ``update`` lo olvidan; como SQLite los pierde al rehacer una tabla, ``reponer`` los repone al migrar.
En las dos bases, otra tabla junta las palabras distintas de la columna: contra ellas se corrige lo mal escrito.
"""

from django.apps import apps
from django.db import connections
from django.db.migrations.operations.base import Operation
from django.db.models import Lookup, TextField

COLUMNA = "texto_busqueda"
MINIMO = 3  # letras de un trigrama
_LETRAS = "abcdefghijklmnopqrstuvwxyz"
_SEPARADORES = ",.;:()/-"


def tabla_fts(tabla: str) -> str:
    return f"{tabla}_fts"


def tabla_de_palabras(tabla: str) -> str:
    return f"{tabla}_palabras"


def tiene_indice(modelo) -> bool:
    return getattr(modelo, "tiene_indice_de_busqueda", False)


def modelos_con_indice() -> list:
    return [modelo for modelo in apps.get_models() if tiene_indice(modelo)]


@TextField.register_lookup
class Fragmentos(Lookup):
    """``texto_busqueda__fragmentos=("muni", "cusco")``: los tiene todos. Cada uno, de 3 letras o más."""

    lookup_name = "fragmentos"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        columna, parametros = self.process_lhs(compiler, connection)
        calzas = [f"{columna} LIKE %s" for _ in self.rhs]
        return f"({' AND '.join(calzas)})", [*list(parametros) * len(self.rhs), *map(_como, self.rhs)]

    def as_sqlite(self, compiler, connection):
        alias, tabla = self.lhs.alias, tabla_fts(self.lhs.target.model._meta.db_table)
        # El «+» impide que SQLite recorra la lista entera por cada entidad de un centro.
        sql = f'+"{alias}"."id" IN (SELECT rowid FROM "{tabla}" WHERE "{tabla}" MATCH %s)'  # noqa: S608 - nombres del modelo
        return sql, [expresion([[fragmento] for fragmento in self.rhs])]


def _como(fragmento: str) -> str:
    escapado = fragmento.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escapado}%"


def expresion(grupos) -> str:
    """La consulta de FTS5 que pide, de cada grupo de fragmentos, al menos uno."""
    citados = ([f'"{f.replace(chr(34), chr(34) * 2)}"' for f in grupo] for grupo in grupos)
    return " AND ".join(f"({' OR '.join(grupo)})" for grupo in citados)


class IndiceDeBusqueda(Operation):
    """En una migración: pone el índice al modelo, con lo que ya tenga. La tabla no cambia."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, modelo):
        self.modelo = modelo

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        modelo = to_state.apps.get_model(app_label, self.modelo)
        if self.allow_migrate_model(schema_editor.connection.alias, modelo):
            poner(schema_editor.connection, modelo._meta.db_table)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        quitar(schema_editor.connection, from_state.apps.get_model(app_label, self.modelo)._meta.db_table)

    def describe(self):
        return f"Índice de búsqueda de {self.modelo}"

    def deconstruct(self):
        return self.__class__.__name__, [self.modelo], {}


def poner(connection, tabla: str) -> None:
    """Crea el índice de ``tabla`` y lo llena. Repetirlo lo rehace."""
    quitar(connection, tabla)
    motor = _DE_POSTGRESQL if connection.vendor == "postgresql" else _DE_SQLITE
    _ejecutar(connection, motor, tabla)


def quitar(connection, tabla: str) -> None:
    _ejecutar(connection, _FUERA[connection.vendor], tabla)


def faltan(connection) -> set[str]:
    """Tablas cuyo índice no está entero: le falta un disparador o no existe."""
    de_la_base = {
        "postgresql": "SELECT tgname FROM pg_trigger UNION SELECT indexname FROM pg_indexes",
        "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'table')",
    }
    partes = {"postgresql": ("_trgm", "_fts_ai", "_fts_au"), "sqlite": ("_fts", "_fts_ai", "_fts_au", "_fts_ad")}
    with connection.cursor() as cursor:
        cursor.execute(de_la_base[connection.vendor])
        hay = {nombre for (nombre,) in cursor.fetchall()}
    tablas = (modelo._meta.db_table for modelo in modelos_con_indice())
    return {tabla for tabla in tablas if any(f"{tabla}{parte}" not in hay for parte in partes[connection.vendor])}


def reponer(using="default", **_) -> None:
    """Después de ``migrate``: rehace el índice que una migración posterior haya perdido."""
    connection = connections[using]
    existentes = set(connection.introspection.table_names())
    for tabla in faltan(connection) & existentes:
        poner(connection, tabla)


def palabras_de_la_tabla(connection, tabla: str) -> list[str]:
    """Las palabras distintas de la columna, solo letras, de 3 a 30."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT DISTINCT palabra FROM "{tabla_de_palabras(tabla)}"')  # noqa: S608
        return [palabra for (palabra,) in cursor.fetchall()]


def olvidar_palabras(connection) -> None:
    """Quita las palabras que ya ninguna fila usa: el apellido de quien se borró no queda suelto.

    Una que otra transacción esté escribiendo puede irse también; vuelve la próxima vez que alguien la escriba.
    """
    for modelo in modelos_con_indice():
        _ejecutar(connection, _OLVIDAR[connection.vendor], modelo._meta.db_table)


def _ejecutar(connection, ordenes, tabla: str) -> None:
    with connection.cursor() as cursor:
        for orden in ordenes:
            cursor.execute(orden.replace("{t}", tabla).replace("{c}", COLUMNA))


def _json_de(valor: str) -> str:
    """En SQLite: el texto como lista JSON de sus palabras, que es lo que sabe recorrer."""
    for separador in _SEPARADORES:
        valor = f"replace({valor}, '{separador}', ' ')"
    return f"""'[' || replace(json_quote({valor}), ' ', '","') || ']'"""


def _palabras_de_sqlite(valor: str) -> str:
    return f"""INSERT INTO "{{t}}_palabras" SELECT DISTINCT value FROM json_each({_json_de(valor)})
        WHERE value NOT GLOB '*[^{_LETRAS[0]}-{_LETRAS[-1]}]*' AND length(value) BETWEEN 3 AND 30
        AND NOT EXISTS (SELECT 1 FROM "{{t}}_palabras" WHERE palabra = value)"""  # noqa: S608


_EN_USO_EN_SQLITE = f"""SELECT DISTINCT value FROM "{{t}}", json_each({_json_de("{c}")})
        WHERE value NOT GLOB '*[^a-z]*' AND length(value) BETWEEN 3 AND 30"""  # noqa: S608
_EN_USO_EN_POSTGRESQL = """SELECT DISTINCT w FROM "{t}", regexp_split_to_table({c}, '[^a-z]+') w
        WHERE length(w) BETWEEN 3 AND 30"""
_OLVIDAR = {
    "sqlite": (f"""DELETE FROM "{{t}}_palabras" WHERE palabra NOT IN ({_EN_USO_EN_SQLITE})""",),  # noqa: S608
    "postgresql": (
        f"""DELETE FROM "{{t}}_palabras" p WHERE NOT EXISTS
        (SELECT 1 FROM ({_EN_USO_EN_POSTGRESQL}) en_uso WHERE en_uso.w = p.palabra)""",  # noqa: S608
    ),
}
_TABLA_DE_PALABRAS = (
    'CREATE TABLE "{t}_palabras" (palabra varchar(30) NOT NULL)',
    'CREATE INDEX "{t}_palabras_i" ON "{t}_palabras" (palabra)',
)
_PONER_EN_FTS = """INSERT INTO "{t}_fts"(rowid, texto) VALUES (new.id, ' ' || new.{c} || ' ')"""
_SACAR_DE_FTS = """INSERT INTO "{t}_fts"("{t}_fts", rowid, texto) VALUES ('delete', old.id, ' ' || old.{c} || ' ')"""
_DE_SQLITE = (
    *_TABLA_DE_PALABRAS,
    # Sin copia del texto: los disparadores le dan lo que había al sacarlo. El espacio marca el comienzo de palabra.
    """CREATE VIRTUAL TABLE "{t}_fts" USING fts5(
        texto, content='', columnsize=0, tokenize='trigram case_sensitive 1')""",
    """INSERT INTO "{t}_fts"(rowid, texto) SELECT id, ' ' || {c} || ' ' FROM "{t}" """,
    f"""INSERT INTO "{{t}}_palabras" {_EN_USO_EN_SQLITE}""",
    f"""CREATE TRIGGER "{{t}}_fts_ai" AFTER INSERT ON "{{t}}" BEGIN
        {_PONER_EN_FTS}; {_palabras_de_sqlite("new.{c}")}; END""",
    f"""CREATE TRIGGER "{{t}}_fts_au" AFTER UPDATE OF {{c}} ON "{{t}}" WHEN old.{{c}} <> new.{{c}} BEGIN
        {_SACAR_DE_FTS}; {_PONER_EN_FTS}; {_palabras_de_sqlite("new.{c}")}; END""",
    f"""CREATE TRIGGER "{{t}}_fts_ad" AFTER DELETE ON "{{t}}" BEGIN {_SACAR_DE_FTS}; END""",
)
# Sin llave única ni espera: dos transacciones con la misma palabra nueva la guardan dos veces, y no importa.
_FUNCION = """CREATE OR REPLACE FUNCTION juntar_palabras() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE format('INSERT INTO %%I SELECT DISTINCT w FROM nuevas, regexp_split_to_table(nuevas.{c}, ''[^a-z]+'') w
        WHERE length(w) BETWEEN 3 AND 30 AND NOT EXISTS (SELECT 1 FROM %%I WHERE palabra = w)',
        TG_TABLE_NAME || '_palabras', TG_TABLE_NAME || '_palabras');
    RETURN NULL; END $$""".replace("%%", "%")
_JUNTAR = """REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION juntar_palabras()"""
_DE_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    'CREATE INDEX "{t}_trgm" ON "{t}" USING gin ({c} gin_trgm_ops)',
    *_TABLA_DE_PALABRAS,
    f"""INSERT INTO "{{t}}_palabras" {_EN_USO_EN_POSTGRESQL}""",
    _FUNCION,
    f'CREATE TRIGGER "{{t}}_fts_ai" AFTER INSERT ON "{{t}}" {_JUNTAR}',
    f'CREATE TRIGGER "{{t}}_fts_au" AFTER UPDATE ON "{{t}}" {_JUNTAR}',
)
_FUERA = {
    "sqlite": (
        *(f'DROP TRIGGER IF EXISTS "{{t}}_fts_{suceso}"' for suceso in ("ai", "au", "ad")),
        'DROP TABLE IF EXISTS "{t}_fts"',
        'DROP TABLE IF EXISTS "{t}_palabras"',
    ),
    "postgresql": (
        *(f'DROP TRIGGER IF EXISTS "{{t}}_fts_{suceso}" ON "{{t}}"' for suceso in ("ai", "au")),
        'DROP INDEX IF EXISTS "{t}_trgm"',
        'DROP TABLE IF EXISTS "{t}_palabras"',
    ),
}
