"""Importar 20,000 operadores, en SQLite y en PostgreSQL: ensayar, confirmar, repetir sin cambios y deshacer.

Todo en menos de ``LIMITE`` segundos y sin que la memoria crezca más de ``MEMORIA``. «FILAS» dice cuántos (20000).
"""

import os
import random
import resource
import subprocess
import sys
import time

from herramientas.medir.bases import bases
from herramientas.medir.servidor import RAIZ

FILAS = int(os.environ.get("FILAS", "20000"))
LIMITE = 60  # segundos: ensayar y confirmar, y otra vez lo mismo
MEMORIA = 400  # MB por encima de los que ya usaba el proceso
SEMILLA = 114
ENCABEZADOS = ["DNI", "Apellidos", "Nombres", "Código SIAF de la entidad", "Cargo", "Sistemas", "Teléfono", "Correo"]


def medir() -> list[str]:
    """Corre el caso en cada base, en un proceso propio, y junta lo que no se cumplió."""
    faltas = []
    for nombre, entorno in bases():
        orden = [sys.executable, "-m", "herramientas.medir.importar"]
        if subprocess.run(orden, cwd=RAIZ, env=entorno | {"BASE": nombre}).returncode:
            faltas.append(f"Importar en {nombre}: no se cumplió; lo dice arriba")
    return faltas


def hoja(cuantas: int) -> bytes:
    """Un CSV de operadores inventados, cada uno con su DNI, repartidos entre las entidades."""
    from comun.exportar import a_csv
    from demo.textos import APELLIDOS, NOMBRES
    from organizacion.models import Sistema

    azar, sistemas = random.Random(SEMILLA), [sistema.nombre for sistema in Sistema.objects.all()]  # noqa: S311
    codigos = _codigos()
    filas = [
        [
            f"{10_000_000 + n}",
            f"{azar.choice(APELLIDOS)} {azar.choice(APELLIDOS)}",
            azar.choice(NOMBRES),
            codigos[n % len(codigos)],
            f"Responsable de {azar.choice(sistemas)}",
            "; ".join(azar.sample(sistemas, 2)),
            f"9{n:08d}",
            f"operador{n}@entidad.example",
        ]
        for n in range(cuantas)
    ]
    return a_csv(ENCABEZADOS, filas)


def _codigos() -> list[str]:
    """El SIAF de cada entidad; a la que no lo tiene se le inventa."""
    from directorio.models import Entidad

    sin_codigo = list(Entidad.objects.filter(codigo_siaf="").order_by("pk"))
    for n, entidad in enumerate(sin_codigo, start=900_000):
        entidad.codigo_siaf = str(n)
    Entidad.objects.bulk_update(sin_codigo, ["codigo_siaf"], batch_size=500)
    return list(Entidad.objects.order_by("pk").values_list("codigo_siaf", flat=True))


class Reloj:
    def __init__(self):
        self.segundos, self.procesador = {}, 0.0

    def __call__(self, que, accion):
        reloj, procesador = time.perf_counter(), time.process_time()
        resultado = accion()
        self.segundos[que] = time.perf_counter() - reloj
        self.procesador += time.process_time() - procesador
        return resultado


def importar(contenido: bytes, por, reloj: Reloj, vez: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from directorio.importacion import acciones, guardar

    archivo = SimpleUploadedFile("operadores.csv", contenido)
    subida = reloj(f"subir {vez}", lambda: acciones.subir(tipo="operador", archivo=archivo, por=por))
    datos = {"mapeo": subida.mapeo, "borra_vacias": False, "por": por}
    reloj(f"ensayar {vez}", lambda: acciones.ensayar(importacion=subida, **datos))
    return reloj(f"confirmar {vez}", lambda: guardar.confirmar(importacion=subida, por=por))


def _memoria() -> int:
    """El máximo que ha tenido el proceso, en MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    from herramientas.medir.escenario import preparar

    preparar()
    from directorio.importacion.deshacer import deshacer
    from directorio.models import Operador
    from herramientas.medir.busqueda import usuario_con
    from organizacion.models import Rol

    por, contenido, reloj, al_empezar = usuario_con(Rol.OGAUC), hoja(FILAS), Reloj(), _memoria()
    primera = importar(contenido, por, reloj, "1")
    guardados = Operador.objects.count()
    segunda = importar(contenido, por, reloj, "2")
    total = sum(reloj.segundos.values())
    reloj("deshacer", lambda: deshacer(importacion=primera, por=por))
    memoria, quedan = _memoria() - al_empezar, Operador.objects.count()
    contar(reloj, total, memoria)
    faltas = [
        total > LIMITE and f"{total:.1f} s",
        memoria > MEMORIA and f"{memoria} MB",
        (primera.cuentas, guardados) != ({"nueva": FILAS}, FILAS) and f"la primera: {_que_paso(primera)}",
        segunda.cuentas != {"igual": FILAS} and f"la misma otra vez: {_que_paso(segunda)}",
        quedan and f"al deshacer quedaron {quedan}",
    ]
    return juzgar([falta for falta in faltas if falta])


def _que_paso(importacion) -> str:
    """Las cuentas, y por qué no entraron las primeras que no entraron."""
    malas = importacion.renglones.filter(resultado="error")[:3]
    return f"{importacion.cuentas} {[motivo for fila in malas for motivo in fila.motivos]}"


def contar(reloj: Reloj, total: float, memoria: int) -> None:
    partes = ", ".join(f"{que} {cuanto:.1f}" for que, cuanto in reloj.segundos.items())
    print(
        f"Importar {FILAS:,} operadores en {os.environ['BASE']}: {total:.1f} s (límite {LIMITE}); {partes} s; "
        f"{reloj.procesador:.1f} s de procesador en todo; memoria {_memoria()} MB, {memoria} más que al empezar "
        f"(límite {MEMORIA})"
    )


def juzgar(faltas: list[str]) -> int:
    for falta in faltas:
        print(f"  ✗ {falta}", file=sys.stderr)
    return 1 if faltas else 0


if __name__ == "__main__":
    sys.exit(main())
