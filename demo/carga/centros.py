"""Direcciones y teléfonos inventados de los centros; lo dicen ellos mismos y se borran al quitar la demostración."""

from organizacion.models import Centro

SENAL = "(dirección inventada)"


def cargar_datos_de_centros() -> None:
    """Completa solo los centros que no tienen dirección; lo que alguien escribió no se toca."""
    for n, centro in enumerate(Centro.objects.filter(direccion="").order_by("slug")):
        centro.direccion = f"Av. de la Demostración {100 + 10 * n} {SENAL}"
        centro.telefono = f"01 500 00{n:02d}"
        centro.correo = f"{centro.slug}@conectamef.example"
        centro.horario = "Lunes a viernes de 8:30 a. m. a 5:30 p. m."
        centro.aforo = 40
        centro.save()


def quitar_datos_de_centros() -> None:
    Centro.objects.filter(direccion__endswith=SENAL).update(
        direccion="", telefono="", correo="", horario="", aforo=None
    )
