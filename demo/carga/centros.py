"""Direcciones y teléfonos inventados de los centros y de la sede; lo dicen y se borran al quitar la demostración."""

import datetime as dt

from organizacion.models import AjustesPortal, Centro, HorarioEspecial

from .marcas import marcar

SENAL = "(dirección inventada)"
SEDE = {"telefono": "01 500 0099", "correo": "sede@conectamef.example"}


def cargar_datos_de_centros() -> None:
    """Completa la sede y los centros que no tienen sus datos; lo que alguien escribió no se toca."""
    AjustesPortal.objects.filter(telefono="", correo="").update(**SEDE)
    for n, centro in enumerate(Centro.objects.filter(direccion="").order_by("slug")):
        centro.direccion = f"Av. de la Demostración {100 + 10 * n} {SENAL}"
        centro.telefono = f"01 500 00{n:02d}"
        centro.correo = f"{centro.slug}@conectamef.example"
        centro.horario = "Lunes a viernes de 8:30 a. m. a 5:30 p. m."
        centro.aforo = 40
        centro.save()


def cargar_horarios_especiales(carga, hoy: dt.date) -> None:
    """La semana que viene: un cierre en el Cusco y un horario ampliado en Arequipa."""
    ampliado = {"esta_cerrado": False, "abre": dt.time(8), "cierra": dt.time(19)}
    especiales = (
        ("cusco", 3, 4, {"motivo": "Mudanza al segundo piso"}),
        ("arequipa", 0, 4, {"motivo": "Cierre del mes", **ampliado}),
    )
    lunes = hoy + dt.timedelta(7 - hoy.weekday())
    for slug, desde, hasta, datos in especiales:
        centro = Centro.objects.get(slug=slug)
        fechas = {"desde": lunes + dt.timedelta(desde), "hasta": lunes + dt.timedelta(hasta)}
        marcar(carga, [HorarioEspecial.objects.create(centro=centro, **fechas, **datos)])


def quitar_datos_de_centros() -> None:
    AjustesPortal.objects.filter(**SEDE).update(telefono="", correo="")
    Centro.objects.filter(direccion__endswith=SENAL).update(
        direccion="", telefono="", correo="", horario="", aforo=None
    )
