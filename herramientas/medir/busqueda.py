"""Buscar en el directorio entre 2,000 entidades y 100,000 operadores, en SQLite y en PostgreSQL.

Mide la pantalla entera (permiso, consultas y plantilla), para la sede y para la coordinación de un centro. Lo que se
juzga es el reloj, que cuenta también a la base; de cada consulta vale la mejor de ``VECES``, en milisegundos de una
máquina quieta (``reloj.lentitud``). «OPERADORES» dice cuántos (100000).
"""

import os
import random
import statistics
import subprocess
import sys
import time

from herramientas.medir.bases import bases
from herramientas.medir.reloj import lentitud
from herramientas.medir.servidor import RAIZ

OPERADORES = int(os.environ.get("OPERADORES", "100000"))
LIMITE = 100  # ms de reloj, p95
VECES = 3
SEMILLA = 114
ERRORES = (
    "munisipalidad cusko",
    "quispe mamni",
    "munisipalidad provinsial",
    "guaman flores",
    "rodrigez",
    "kispe",
    "condory",
)
CONSULTAS = {
    "exacta": ("quispe mamani", "huaman flores", "rojas sanchez", "municipalidad provincial de cusco", "gobierno regional"),  # noqa: E501
    "comienzo": ("quis", "mam", "muni", "gob", "rodr", "hua", "municip", "wanch", "resp", "cond"),
    "tildes": ("Peña Núñez", "Áncash", "JOSÉ MARÍA", "huamán", "Ramírez Gutiérrez", "ñ", "municipalidad de Áncash"),
    "errores": (*ERRORES, "resposable presupueto", "flroes", "sanches ramires", "maneni", "wanchak", "apurimak"),
    "dos palabras": ("ana quispe", "rosa flores", "quispe presupuesto", "mamani cusco", "luis rojas", "muni cusco", "jose huaman"),  # noqa: E501
    "nada": ("zzyzx", "qwertyuiop asdfgh", "xkcdxkcd", "quispe zzyzx", "1234567890123", "aaaaaaaaaaaa"),
    "una letra": ("a", "q", "z", "m quispe", "quispe m"),
    "códigos": ("080101", "200001", "operador77@entidad.example", "45678912", "20100000001"),
}  # fmt: skip


def medir() -> list[str]:
    """Corre el caso en cada base, en un proceso propio, y junta lo que no se cumplió."""
    faltas = []
    for nombre, entorno in bases():
        orden = [sys.executable, "-m", "herramientas.medir.busqueda"]
        if subprocess.run(orden, cwd=RAIZ, env=entorno | {"BASE": nombre}).returncode:
            faltas.append(f"Búsqueda en {nombre}: no se cumplió; lo dice arriba")
    return faltas


def poblar(cuantos: int) -> None:
    """Las entidades reales, y operadores inventados repartidos entre ellas."""
    from demo.textos import APELLIDOS, NOMBRES
    from directorio.models import Entidad, Operador
    from organizacion.models import Sistema

    azar, entidades = random.Random(SEMILLA), list(Entidad.objects.all())  # noqa: S311
    silabas = [a + b for a in "bcdfghlmnprstvy" for b in "aeiou"]
    # Como en la vida: unos apellidos muy repetidos y una cola larga de otros.
    cola = ["".join(azar.choices(silabas, k=azar.randint(2, 4))).capitalize() for _ in range(6000)]
    sistemas = [sistema.nombre for sistema in Sistema.objects.all()]

    def apellido():
        return azar.choice(APELLIDOS) if azar.random() < 0.6 else azar.choice(cola)

    for desde in range(0, cuantos, 5000):
        nuevos = [
            Operador(
                entidad=entidades[n % len(entidades)],
                nombres=azar.choice(NOMBRES),
                apellidos=f"{apellido()} {apellido()}",
                cargo=f"Responsable de {azar.choice(sistemas)}",
                correo=f"operador{n}@entidad.example",
            )
            for n in range(desde, min(desde + 5000, cuantos))
        ]
        for nuevo in nuevos:
            nuevo.refrescar_busqueda()
        Operador.objects.bulk_create(nuevos)
    _analizar()


def _analizar() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def usuario_con(rol: str, centro=None):
    from intranet.matriz import aplicar_permisos
    from organizacion.actions import asignar_rol
    from organizacion.models import Usuario

    aplicar_permisos()
    usuario = Usuario.objects.create_user(f"medir.{rol}")
    asignar_rol(usuario=usuario, rol=rol, centro=centro)
    return usuario


def cronometrar(usuario) -> dict[str, list[tuple[float, str]]]:
    """{clase: [(ms, consulta)]} de la pantalla que htmx pide al escribir."""
    from django.test import Client
    from django.urls import reverse

    cliente, url = Client(headers={"HX-Request": "true"}), reverse("directorio_buscar")
    cliente.force_login(usuario)
    cliente.post(url, {"q": "calentar motroes"}, secure=True)
    medidas = {}
    for clase, consultas in CONSULTAS.items():
        for consulta in consultas:
            ms = min(_una(cliente, url, consulta) for _ in range(VECES))
            medidas.setdefault(clase, []).append((ms, consulta))
        cuanto = max(1.0, lentitud())
        medidas[clase] = [(ms / cuanto, consulta) for ms, consulta in medidas[clase]]
    return medidas


def _una(cliente, url: str, consulta: str) -> float:
    comienzo = time.perf_counter()
    respuesta = cliente.post(url, {"q": consulta}, secure=True)
    if respuesta.status_code != 200:
        raise RuntimeError(f"{consulta}: {respuesta.status_code}")
    return (time.perf_counter() - comienzo) * 1000


def juzgar(quien: str, medidas) -> list[str]:
    todas = [medida for suyas in medidas.values() for medida in suyas]
    ms, peor = [medida for medida, _ in todas], max(todas)
    p95 = statistics.quantiles(ms, n=20)[-1]
    print(
        f"Búsqueda en {os.environ['BASE']}, {quien}: {len(todas)} consultas; "
        f"p50 {statistics.median(ms):.0f}, p95 {p95:.0f} (límite {LIMITE}), la peor {peor[0]:.0f} ms «{peor[1]}»"
    )
    for clase, suyas in medidas.items():
        print(f"  {clase:13} p50 {statistics.median(m[0] for m in suyas):5.1f}  máx {max(m[0] for m in suyas):5.1f} ms")
    return [f"{quien}: p95 {p95:.0f} ms > {LIMITE}"] if p95 > LIMITE else []


def main() -> int:
    from herramientas.medir.escenario import preparar

    preparar()
    from organizacion.models import Centro, Rol

    comienzo = time.perf_counter()
    poblar(OPERADORES)
    print(f"  {OPERADORES:,} operadores en {time.perf_counter() - comienzo:.0f} s, con su índice")
    faltas = juzgar("la sede", cronometrar(usuario_con(Rol.OGAUC)))
    centro = Centro.objects.get(slug="cusco")
    faltas += juzgar("un centro", cronometrar(usuario_con(Rol.COORDINADOR, centro)))
    for falta in faltas:
        print(f"  ✗ {falta}", file=sys.stderr)
    return 1 if faltas else 0


if __name__ == "__main__":
    sys.exit(main())
