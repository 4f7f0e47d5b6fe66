"""La copia de los datos de una persona: cuánto tarda y si trae algo de otra, en SQLite y en PostgreSQL.

Uso: python -m herramientas.medir arco (o «make bench MEDIR=arco»). ``INSCRIPCIONES`` (500) y ``CORREOS`` (20000) dicen
cuánto tiene la persona; otra, con lo mismo y el mismo buzón, hace de canario.
"""

import os
import subprocess
import sys
import time

from herramientas.medir.bases import bases
from herramientas.medir.servidor import RAIZ

INSCRIPCIONES = int(os.environ.get("INSCRIPCIONES", "500"))
CORREOS = int(os.environ.get("CORREOS", "20000"))
SEGUNDOS = 60
BUZON = "mesa@muni.example"


def medir() -> list[str]:
    """Corre el caso en cada base, en un proceso propio, y junta lo que no se cumplió."""
    faltas = []
    for nombre, entorno in bases():
        orden = [sys.executable, "-m", "herramientas.medir.arco"]
        if subprocess.run(orden, cwd=RAIZ, env=entorno | {"BASE": nombre}).returncode:
            faltas.append(f"Copia de los datos en {nombre}: no se cumplió; lo dice arriba")
    return faltas


def llenar(documento: str, nombres: str, apellidos: str) -> None:
    """Una persona con sus inscripciones, sus asistencias y los correos que se le enviaron."""
    from correo.models import Entrega, Envio
    from eventos.models import Asistencia, Inscripcion, Sesion
    from organizacion.models import Persona

    persona = Persona.objects.create(numero_documento=documento, nombres=nombres, apellidos=apellidos)
    suyo = {"persona": persona, "nombres": nombres, "apellidos": apellidos, "correo": BUZON, "estado": "confirmada"}
    sesiones = list(Sesion.objects.select_related("capacitacion"))
    filas = [Inscripcion(capacitacion=s.capacitacion, orden=int(documento[-4:]), **suyo) for s in sesiones]
    inscripciones = Inscripcion.objects.bulk_create(filas)
    Asistencia.objects.bulk_create(
        Asistencia(inscripcion=i, sesion=s, esta_firmada=True) for i, s in zip(inscripciones, sesiones, strict=True)
    )
    envio = Envio.objects.create(clave=f"aviso:{documento}", asunto="Recordatorio", texto="Hola", estado="terminado")
    entregas = (
        Entrega(envio=envio, clave=str(n), direccion=BUZON, nombre=f"{nombres} {apellidos}") for n in range(CORREOS)
    )
    Entrega.objects.bulk_create(entregas, batch_size=2000)


def preparar() -> None:
    """Tantas capacitaciones de una sesión como inscripciones tendrá cada una."""
    import datetime as dt

    from eventos.models import Capacitacion, Sesion

    hoy = dt.date(2026, 1, 5)
    capacitaciones = Capacitacion.objects.bulk_create(
        Capacitacion(titulo=f"Taller {n}", slug=f"taller-{n}", fecha_inicio=hoy, fecha_fin=hoy, organizador="sede")
        for n in range(INSCRIPCIONES)
    )
    Sesion.objects.bulk_create(
        Sesion(capacitacion=c, fecha=hoy, hora_inicio=dt.time(9), hora_fin=dt.time(13)) for c in capacitaciones
    )


def main() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from comun.expediente_personal import Titular
    from custodia.paquete import armar

    call_command("migrate", verbosity=0)
    preparar()
    llenar("40120001", "Rosa", "Quispe Mamani")
    llenar("70990002", "Vecino", "Canario")
    titular = Titular("dni", "40120001", frozenset([BUZON]), "Rosa Quispe Mamani")
    comienzo = time.perf_counter()
    contenido, cuentas = armar(titular)
    tardo = time.perf_counter() - comienzo
    print(
        f"Copia de los datos en {os.environ.get('BASE', 'SQLite')}: {cuentas['filas']:,} filas en {cuentas['tablas']} "
        f"tablas y {len(contenido) / 1000:,.0f} kB en {tardo:.1f} s (límite {SEGUNDOS})"
    )
    faltas = [
        tardo > SEGUNDOS and f"tardó {tardo:.1f} s",
        cuentas["filas"] < 2 * INSCRIPCIONES + CORREOS and "faltan filas",
        _trae(contenido, "Canario") and "trae algo de quien comparte su buzón",
    ]
    for falta in filter(None, faltas):
        print(f"  ✗ {falta}", file=sys.stderr)
    return 1 if any(faltas) else 0


def _trae(contenido: bytes, texto: str) -> bool:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        return any(texto in paquete.read(nombre).decode() for nombre in paquete.namelist())


if __name__ == "__main__":
    sys.exit(main())
