"""Una capacitación de hoy con tantas personas inscritas como se diga y su mesa; escribe el código de apertura.

Uso: python -m herramientas.medir.preparar_mesa 240 (con DATABASE_URL de una base recién migrada, con datos reales).
"""

import datetime as dt
import sys

import django


def preparar(cuantas: int) -> str:
    from django.utils import timezone

    from eventos.actions.mesa import abrir_mesa
    from eventos.models import Capacitacion
    from organizacion.models import Centro, Sistema, Usuario

    hoy = timezone.localdate()
    capacitacion = Capacitacion.objects.create(
        titulo="Medida",
        slug="medida",
        tipo="basica",
        modalidad="presencial",
        centro=Centro.objects.first(),
        estado="publicada",
        fecha_inicio=hoy,
        fecha_fin=hoy,
        cupos=400,
    )
    capacitacion.sistemas.add(Sistema.objects.first())
    capacitacion.sesiones.create(fecha=hoy, hora_inicio=dt.time(0), hora_fin=dt.time(23, 59))
    _inscribir(capacitacion, cuantas)
    por = Usuario.objects.create_superuser("medida")
    return abrir_mesa(capacitacion=capacitacion, nombre="Medida", por=por).clave_de_apertura


def _inscribir(capacitacion, cuantas):
    from eventos.models import Inscripcion
    from organizacion.models import Persona

    personas = Persona.objects.bulk_create(
        Persona(numero_documento=str(40_000_000 + n), nombres="Rosa", apellidos=f"Quispe {n}") for n in range(cuantas)
    )
    filas = [
        Inscripcion(
            capacitacion=capacitacion,
            persona=persona,
            nombres=persona.nombres,
            apellidos=persona.apellidos,
            entidad_texto="Municipalidad",
            telefono="984123456",
            estado=Inscripcion.Estado.CONFIRMADA,
            orden=orden,
        )
        for orden, persona in enumerate(personas, start=1)
    ]
    for fila in filas:
        fila.refrescar_busqueda()
    Inscripcion.objects.bulk_create(filas)


if __name__ == "__main__":
    django.setup()
    print(preparar(int(sys.argv[1])))
