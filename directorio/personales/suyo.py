"""Qué filas del directorio son de una persona: por su documento, o por un correo suyo y su nombre."""

from django.db.models import Q

from comun.expediente_personal import Titular
from custodia.titular import con_su_correo, es_de_otra
from directorio.models import Autoridad, Fusion, Medio, Operador, Pedido, Personal, Propuesta


def operadores_de(titular: Titular) -> list[Operador]:
    """Con las filas que se unieron a las suyas, aunque lleven otro nombre: alguien dijo que era la misma persona.

    Las que se unieron a una con el documento de otra son de esa otra.
    """
    filas = Operador.objects.select_related("entidad", "persona")
    cabezas = {_cabeza(fila) for fila in _hallar(filas, titular)}
    juntas = list(filas.filter(Q(pk__in=cabezas) | Q(fusionado_en__in=cabezas)))
    de_otra = {_cabeza(fila) for fila in juntas if es_de_otra(titular, fila.persona)}
    return [fila for fila in juntas if _cabeza(fila) not in de_otra]


def autoridades_de(titular: Titular) -> list[Autoridad]:
    return _hallar(Autoridad.objects.select_related("entidad"), titular, con_persona=False)


def personal_de(titular: Titular) -> list[Personal]:
    return _hallar(Personal.objects.select_related("centro", "usuario", "persona"), titular)


def medios_de(titular: Titular) -> list[Medio]:
    return _hallar(Medio.objects.all(), titular, con_persona=False, nombre=lambda fila: fila.contacto)


def pedidos_de(operadores):
    return Pedido.objects.filter(operador__in=operadores)


def propuestas_de(operadores, autoridades=()):
    return Propuesta.objects.filter(Q(operador__in=operadores) | Q(autoridad__in=autoridades))


def altas_de(titular: Titular):
    """Las que propusieron agregarla: sus datos van en la propuesta y ninguna fila los señala."""
    filas = Propuesta.objects.filter(con_su_correo(titular, "datos__correo"), clase=Propuesta.Clase.ALTA)
    return Propuesta.objects.filter(pk__in=[f.pk for f in filas if titular.es(f.de_quien, f.datos["correo"])])


def uniones_de(operadores):
    """Las que guardan cómo estaba alguno antes de unirse."""
    llaves = [fila.pk for fila in operadores]
    return Fusion.objects.filter(Q(se_queda__in=llaves) | Q(absorbida__in=llaves), registro="operador")


def _cabeza(operador) -> int:
    return operador.fusionado_en_id or operador.pk


def _hallar(filas, titular, *, con_persona=True, nombre=lambda fila: f"{fila.nombres} {fila.apellidos}"):
    halladas = {fila.pk: fila for fila in _por_correo(filas, titular, nombre)}
    if con_persona:
        halladas = {llave: fila for llave, fila in halladas.items() if not es_de_otra(titular, fila.persona)}
        halladas |= {fila.pk: fila for fila in filas.filter(_con_documento(titular))}
    return list(halladas.values())


def _por_correo(filas, titular, nombre):
    """Las que llevan un correo suyo (el principal u otro) y su nombre; nunca por el correo solo."""
    suyas = filas.filter(con_su_correo(titular, "correo", "contactos__valor")).distinct()
    return [f for f in suyas if any(titular.es(nombre(f), correo) for correo in titular.correos)]


def _con_documento(titular) -> Q:
    return Q(persona__tipo_documento=titular.tipo_documento, persona__numero_documento=titular.numero_documento)
