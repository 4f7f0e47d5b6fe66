"""Corregir la propia inscripción por su enlace privado."""

from collections.abc import Mapping

from django.db import transaction

from custodia.actions import anotar
from eventos import correos
from eventos.models import Inscripcion

from .inscripcion import COPIA, InscripcionRechazada
from .rechazos import exigir_abierta

CORREGIBLES = tuple(campo for campo in COPIA if campo != "es_ciudadano")


class YaNoSeCorrige(InscripcionRechazada):
    """La capacitación empezó o se canceló, o la inscripción se anuló."""


@transaction.atomic
def corregir(*, inscripcion: Inscripcion, datos: Mapping, request=None) -> list[str]:
    """Cambia la copia de los datos de ``inscripcion`` (nunca la ``Persona``) y devuelve los campos que cambiaron.

    El rastro dice qué campos, no qué decían. Si cambia el correo, el aviso de su estado va al nuevo.
    """
    exigir_abierta(inscripcion.capacitacion)
    inscripcion = (
        Inscripcion.objects.select_for_update(of=("self",)).select_related("capacitacion").get(pk=inscripcion.pk)
    )
    if not inscripcion.se_puede_cambiar():
        raise YaNoSeCorrige("Esta inscripción ya no se puede corregir por aquí.")
    cambiados = [campo for campo in CORREGIBLES if campo in datos and getattr(inscripcion, campo) != datos[campo]]
    if not cambiados:
        return []
    for campo in cambiados:
        setattr(inscripcion, campo, datos[campo])
    inscripcion.save(update_fields=cambiados)
    huella = anotar(accion="corregir inscripción", objeto=inscripcion, detalle={"campos": cambiados}, request=request)
    if "correo" in cambiados:
        correos.avisar(inscripcion, vez=f"correccion:{huella.pk}")
    return cambiados
