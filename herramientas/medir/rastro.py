"""El rastro encadenado: cuánto cuesta anotar y cuánto tarda verificar 100,000 huellas, en SQLite y en PostgreSQL.

Uso: python -m herramientas.medir rastro (o «make bench MEDIR=rastro»). ``HUELLAS`` dice cuántas se verifican (100000).
"""

import os
import statistics
import subprocess
import sys
import time
from unittest import mock

from herramientas.medir.bases import bases
from herramientas.medir.servidor import RAIZ

HUELLAS = int(os.environ.get("HUELLAS", "100000"))
SEGUNDOS = 10
ANOTAR, TANDAS = 100, 5
# Lo que una acción con su huella puede tardar de más por la cadena.
COCIENTE = 4


def medir() -> list[str]:
    """Corre el caso en cada base, en un proceso propio, y junta lo que no se cumplió."""
    faltas = []
    for nombre, entorno in bases():
        orden = [sys.executable, "-m", "herramientas.medir.rastro"]
        if subprocess.run(orden, cwd=RAIZ, env=entorno | {"BASE": nombre}).returncode:
            faltas.append(f"Rastro en {nombre}: no se cumplió; lo dice arriba")
    return faltas


def llenar(cuantas: int) -> None:
    """Huellas de muestra ya encadenadas."""
    from custodia.cadena import encadenar_pendientes
    from custodia.models import Huella

    for _ in range(0, cuantas, 5000):
        nuevas = Huella.objects.bulk_create(
            Huella(accion="inscribir", modelo="eventos.inscripcion", objeto=str(n), detalle={"n": n}, ip="192.0.2.1")
            for n in range(5000)
        )
        encadenar_pendientes(desde=nuevas[0].pk)


def segundos_por_accion() -> tuple[float, float]:
    """Una transacción que anota, como la de cualquier acción, con cadena y sin ella; medianas de tandas alternadas."""
    from custodia.cadena import encadenar_pendientes

    con_cadena, sin_cadena = [], []
    for _ in range(TANDAS):
        con_cadena.append(una_tanda())
        with mock.patch("custodia.actions.rastro.encadenar_al_confirmar"):
            sin_cadena.append(una_tanda())
        encadenar_pendientes()
    return statistics.median(con_cadena), statistics.median(sin_cadena)


def una_tanda() -> float:
    from django.db import transaction

    from custodia.actions import anotar

    comienzo = time.perf_counter()
    for n in range(ANOTAR):
        with transaction.atomic():
            anotar(accion="inscribir", modelo="eventos.inscripcion", detalle={"n": n})
    return (time.perf_counter() - comienzo) / ANOTAR


def alterar_una() -> int:
    """Cambia por debajo la de la mitad de la cadena; devuelve su número."""
    from django.db import connection

    from custodia import guardas
    from custodia.models import Eslabon

    eslabon = Eslabon.objects.get(numero=HUELLAS // 2)
    guardas.quitar(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE custodia_huella SET motivo = 'otro' WHERE id = %s", [eslabon.huella_id])
    guardas.poner(connection)
    return eslabon.numero


def main() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from custodia.verificacion import verificar

    call_command("migrate", verbosity=0)
    llenar(HUELLAS)
    con_cadena, sin_cadena = segundos_por_accion()
    comienzo, de_cpu = time.perf_counter(), time.process_time()
    entero = verificar()
    tardo, de_cpu = time.perf_counter() - comienzo, time.process_time() - de_cpu
    alterada = alterar_una()
    hallazgo = verificar().hallazgo
    print(
        f"Rastro en {os.environ['BASE']}: {entero.filas:,} huellas verificadas en {tardo:.1f} s, {de_cpu:.1f} de CPU "
        f"(límite {SEGUNDOS}); "
        f"una acción con su huella, {con_cadena * 1000:.2f} ms encadenada y {sin_cadena * 1000:.2f} ms sin cadena "
        f"(cociente {con_cadena / sin_cadena:.1f}, límite {COCIENTE}); alterada la N.° {alterada}, se halló {hallazgo}"
    )
    faltas = [
        entero.hallazgo and f"la cadena entera no cuadra: {entero.hallazgo}",
        tardo > SEGUNDOS and f"verificar tardó {tardo:.1f} s",
        con_cadena > COCIENTE * sin_cadena and f"anotar cuesta {con_cadena / sin_cadena:.1f} veces",
        (hallazgo is None or hallazgo.numero != alterada) and "no se halló la alterada",
    ]
    for falta in filter(None, faltas):
        print(f"  ✗ {falta}", file=sys.stderr)
    return 1 if any(faltas) else 0


if __name__ == "__main__":
    sys.exit(main())
