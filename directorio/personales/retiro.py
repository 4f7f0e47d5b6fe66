"""Quitar a la persona sin quitar la fila: queda su lugar en la historia y ya no lleva a nadie."""

from django.utils import timezone

from comun import anonimo
from directorio.models import Pedido, Propuesta

from .suyo import pedidos_de, propuestas_de, uniones_de


def anonimizar(operadores) -> None:
    """El operador ya no es nadie: quedan su entidad, su cargo y sus fechas."""
    for operador in operadores:
        operador.nombres, operador.apellidos = anonimo.NOMBRES, anonimo.APELLIDOS
        operador.persona = None
    quitar_contactos(operadores)


def quitar_contactos(operadores) -> None:
    """Lo que permite hallarlo, en su fila y en lo que la copió; el nombre que tenga queda en la historia."""
    for operador in operadores:
        operador.contactos.all().delete()  # antes de guardar: también se buscaba por ellos
        operador.correo = operador.telefono = ""
        operador.save()
    pedidos = pedidos_de(operadores)
    pedidos.update(correo="", nota="")
    pedidos.pendientes().update(estado=Pedido.Estado.ANULADO)
    vaciar_propuestas(propuestas_de(operadores))
    uniones_de(operadores).update(antes={})


def vaciar_propuestas(propuestas) -> None:
    """Quedan qué se propuso y si se aceptó; lo que nadie resolvió ya no se puede aplicar."""
    propuestas.update(antes="", despues="", datos={})
    propuestas.pendientes().update(estado=Propuesta.Estado.RECHAZADA, resuelta_en=timezone.now())


def borrar_contactos(contactos) -> None:
    """Los otros correos y teléfonos; a sus dueños se los deja de hallar por ellos."""
    duenos = {contacto.operador or contacto.autoridad for contacto in contactos}
    contactos.delete()
    for dueno in duenos:
        dueno.save(update_fields=["texto_busqueda"])


def sin_contacto(medios) -> None:
    for medio in medios:
        medio.contactos.all().delete()
        medio.contacto = medio.correo = medio.telefono = ""
        medio.save()
