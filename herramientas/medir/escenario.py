"""Lo que las medidas necesitan en la base: un centro, una entidad y capacitaciones con gente."""

import datetime as dt
import itertools

import django

_numero = itertools.count(1)


def preparar() -> None:
    """Django listo y la base migrada, con los datos reales: los de verdad, como en producción."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("cargar_datos", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def curso(cupos: int, *, confirmadas: int = 0, en_espera: int = 0):
    """Una capacitación publicada, presencial, dentro de un mes, con sus inscripciones ya hechas."""
    from django.utils import timezone

    from eventos.models import Capacitacion, Sesion
    from organizacion.models import Centro

    n, fecha = next(_numero), timezone.localdate() + dt.timedelta(days=30)
    capacitacion = Capacitacion.objects.create(
        titulo=f"Medida {n}",
        slug=f"medida-{timezone.now():%H%M%S%f}-{n}",
        tipo=Capacitacion.Tipo.BASICA,
        modalidad=Capacitacion.Modalidad.PRESENCIAL,
        centro=Centro.objects.first(),
        lugar="Auditorio",
        cupos=cupos,
        estado=Capacitacion.Estado.PUBLICADA,
        publicada_en=timezone.now(),
        fecha_inicio=fecha,
        fecha_fin=fecha,
    )
    Sesion.objects.create(capacitacion=capacitacion, fecha=fecha, hora_inicio=dt.time(9), hora_fin=dt.time(13))
    inscribir(capacitacion, confirmadas, en_espera)
    return capacitacion


def inscribir(capacitacion, confirmadas: int, en_espera: int = 0) -> None:
    from directorio.models import Entidad
    from eventos.models import Inscripcion
    from organizacion.models import Persona

    entidad = Entidad.objects.first()
    for orden in range(1, confirmadas + en_espera + 1):
        numero = f"{10_000_000 + capacitacion.pk * 1000 + orden}"
        persona = Persona.objects.create(numero_documento=numero, nombres="Rosa", apellidos=f"Quispe {orden}")
        Inscripcion.objects.create(
            capacitacion=capacitacion,
            persona=persona,
            nombres=persona.nombres,
            apellidos=persona.apellidos,
            entidad=entidad,
            correo=f"persona{numero}@muni.example",
            telefono="984123456",
            estado=Inscripcion.Estado.CONFIRMADA if orden <= confirmadas else Inscripcion.Estado.EN_ESPERA,
            orden=orden,
        )
