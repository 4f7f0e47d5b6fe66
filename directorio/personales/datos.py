"""Lo que el directorio guarda de una persona, para dárselo (registro ``datos_de_persona``)."""

from django.db.models import Q

from acceso.personales import de_sus_cuentas
from comun.expediente_personal import Parte, fila_de
from comun.registros import datos_de_persona
from directorio.models import Contacto, Operador, Puesto, PuestoDePersonal

from .suyo import (
    altas_de,
    autoridades_de,
    medios_de,
    operadores_de,
    pedidos_de,
    personal_de,
    propuestas_de,
    uniones_de,
)

DE_PERSONA = ("nombres", "apellidos", "cargo", "correo", "telefono")


@datos_de_persona.anotar
def en_el_directorio(titular):
    operadores, autoridades, personal = operadores_de(titular), autoridades_de(titular), personal_de(titular)
    filas = [fila_de(o, "entidad", *DE_PERSONA, "esta_activo", "verificado_en") for o in operadores]
    yield Parte("Operador en el directorio", "operadores", filas)
    filas = [fila_de(a, "entidad", *DE_PERSONA, "desde", "hasta") for a in autoridades]
    yield Parte("Autoridad de una entidad", "operadores", filas)
    puestos = Puesto.objects.filter(operador__in=operadores).select_related("entidad")
    yield Parte("Puestos", "operadores", [fila_de(p, "entidad", "cargo", "desde", "hasta") for p in puestos])
    suyos = Q(operador__in=operadores) | Q(autoridad__in=autoridades) | Q(personal__in=personal)
    otros = Contacto.objects.filter(suyos)
    yield Parte("Otros correos y teléfonos", "operadores", [fila_de(c, "clase", "valor", "nota") for c in otros])
    yield Parte("Filas repetidas que se unieron", "operadores", list(_antes_de_unirse(operadores)))
    yield from _de_las_campanias(titular, operadores, autoridades)
    filas = [fila_de(m, "nombre", "contacto", "correo", "telefono") for m in medios_de(titular)]
    yield Parte("Contacto de un medio", "medios", filas)
    yield from _del_personal(personal)


def _antes_de_unirse(operadores):
    """Cómo estaba cada una de las dos."""
    for union in uniones_de(operadores):
        for estaba in union.antes.values():
            yield fila_de(union, "unida_en", **_con_rotulos(estaba))


def _de_un_alta(propuesta):
    return fila_de(propuesta, "entidad", "estado", "creada_en", **_con_rotulos(propuesta.datos))


def _con_rotulos(datos: dict) -> dict:
    """Los de la persona, con los rótulos de la fila de hoy."""
    return {Operador._meta.get_field(campo).verbose_name: datos.get(campo, "") for campo in DE_PERSONA}


def _de_las_campanias(titular, operadores, autoridades):
    """Lo que se les pidió y lo que alguien propuso cambiar de sus datos."""
    pedidos = pedidos_de(operadores).select_related("campania")
    filas = [fila_de(p, "campania", "correo", "estado", "respondido_en", "llamada", "nota") for p in pedidos]
    yield Parte("Pedidos de actualizar sus datos", "operadores", filas)
    suyas = propuestas_de(operadores, autoridades)
    filas = [fila_de(p, "clase", "campo", "antes", "despues", "estado", "creada_en") for p in suyas]
    yield Parte("Cambios propuestos", "operadores", filas)
    yield Parte("Propuestas de agregarla", "operadores", [_de_un_alta(p) for p in altas_de(titular)])


def _del_personal(personal):
    campos = ("nombres", "apellidos", "cargo", "centro", "correo", "telefono", "anexo", "desde", "hasta")
    yield Parte("Personal de los centros", "personal", [fila_de(p, *campos) for p in personal])
    puestos = PuestoDePersonal.objects.filter(personal__in=personal).select_related("centro")
    yield Parte(
        "Puestos en los centros", "personal", [fila_de(p, "cargo", "centro", "desde", "hasta") for p in puestos]
    )
    cuentas = [p.usuario for p in personal if p.usuario]
    campos = ("username", "first_name", "last_name", "email", "is_active", "date_joined", "last_login")
    yield Parte("Cuenta de la intranet", "cuentas", [fila_de(u, *campos) for u in cuentas])
    yield from de_sus_cuentas(cuentas)
