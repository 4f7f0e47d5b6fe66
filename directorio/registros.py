"""Lo que el directorio ofrece a otros pisos: qué se hace con un centro desde su ficha, y qué se aceptó de una fila."""

from django.urls import reverse

from comun.registros import botones_de_centro, cambios_de_fila
from custodia.historia import cambios_de

from .models import Autoridad, Entidad, Operador, Propuesta


@botones_de_centro.anotar
def cambiar_de_nombre(usuario, centro):
    if not usuario.has_perm("organizacion.change_centro"):
        return None
    return "Cambió de nombre", reverse("centro_cambiar_nombre", args=[centro.pk])


@botones_de_centro.anotar
def pasar_provincias(usuario, centro):
    if not usuario.has_perm("organizacion.change_centro"):
        return None
    return "Provincias", reverse("centro_provincias", args=[centro.pk])


@cambios_de_fila.anotar
def propuestas_resueltas(fila):
    """Lo que una entidad propuso de la fila y se aceptó; quitarla ya queda como «retirar contacto»."""
    if not isinstance(fila, Autoridad | Entidad | Operador):
        return []
    clase, sobre = Propuesta.Clase.CAMBIO, fila._meta.model_name
    aceptadas = Propuesta.objects.filter(clase=clase, sobre=sobre, estado=Propuesta.Estado.ACEPTADA, **{sobre: fila})
    return cambios_de("directorio.propuesta", aceptadas.values_list("pk", flat=True))
