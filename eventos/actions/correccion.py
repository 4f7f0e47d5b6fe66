"""Corregir la propia inscripción por su enlace privado."""

from collections.abc import Mapping

from django.db import transaction

from custodia.actions import anotar
from eventos import correos
from eventos.models import Inscripcion

from .cupos import tomar
from .inscripcion import COPIA
from .maximo import exigir_maximo
from .rechazos import InscripcionRechazada, exigir_abierta

CORREGIBLES = (*(campo for campo in COPIA if campo != "es_ciudadano"), "modalidad")
DE_ENTIDAD = {"entidad", "entidad_texto", "entidad_distrito"}
# Lo que cambia lo que dice su correo: adónde llega, y si lleva el enlace.
SE_AVISA = {"correo", "modalidad"}


class YaNoSeCorrige(InscripcionRechazada):
    """La capacitación empezó o se canceló, o la inscripción se anuló."""


@transaction.atomic
def corregir(*, inscripcion: Inscripcion, datos: Mapping, request=None) -> list[str]:
    """Cambia la copia de los datos de ``inscripcion`` (nunca la ``Persona``) y devuelve los campos que cambiaron.

    El rastro dice qué campos, no qué decían. Si cambia el correo o cómo asiste, se le avisa de nuevo de su estado.
    Levanta ``YaNoSeCorrige`` o, si pasa a una entidad que no admite a nadie más, ``MaximoPorEntidad``.
    """
    exigir_abierta(inscripcion.capacitacion)
    inscripcion = tomar(inscripcion)
    if not inscripcion.se_puede_cambiar():
        raise YaNoSeCorrige("Esta inscripción ya no se puede corregir por aquí.")
    cambiados = [campo for campo in CORREGIBLES if campo in datos and getattr(inscripcion, campo) != datos[campo]]
    if not cambiados:
        return []
    if DE_ENTIDAD & {*cambiados}:
        exigir_maximo(inscripcion.capacitacion, datos, salvo=inscripcion)
    for campo in cambiados:
        setattr(inscripcion, campo, datos[campo])
    inscripcion.save(update_fields=cambiados)
    huella = anotar(accion="corregir inscripción", objeto=inscripcion, detalle={"campos": cambiados}, request=request)
    if SE_AVISA & {*cambiados}:
        correos.avisar(inscripcion, vez=f"correccion:{huella.pk}")
    return cambiados
