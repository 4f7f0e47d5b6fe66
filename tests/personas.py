"""El reparto: personas conocidas que aparecen en todas las pruebas.

``cusco`` y ``arequipa`` son los dos centros. Cada función crea (o devuelve) a alguien con su rol y sus permisos.
"""

from intranet.matriz import aplicar_permisos
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario
from tests.fabricas import CentroFactory, SistemaFactory, UsuarioFactory


def cusco():
    return CentroFactory(nombre="Cusco")


def arequipa():
    return CentroFactory(nombre="Arequipa", telefono="054 123456")


def con_rol(username, rol, *, centro=None, sistema=None, organo=None):
    """Usuario ``username`` con ``rol`` vigente desde hoy y los permisos de ese rol."""
    usuario = UsuarioFactory(username=username)
    aplicar_permisos()
    asignar_rol(usuario=usuario, rol=rol, centro=centro, sistema=sistema, organo=organo)
    return Usuario.objects.get(pk=usuario.pk)


def coordinadora_de_cusco():
    return con_rol("coordinadora.cusco", Rol.COORDINADOR, centro=cusco())


def coordinador_de_arequipa():
    return con_rol("coordinador.arequipa", Rol.COORDINADOR, centro=arequipa())


def asistente_de_cusco():
    return con_rol("asistente.cusco", Rol.ASISTENTE, centro=cusco())


def especialista_de_cusco():
    return con_rol("especialista.cusco", Rol.ESPECIALISTA, centro=cusco(), sistema=SistemaFactory())


def responsable_de_presupuesto():
    return con_rol("responsable.presupuesto", Rol.RESPONSABLE_TECNICO, sistema=SistemaFactory())


def comunicaciones():
    return con_rol("comunicaciones", Rol.COMUNICACIONES)


def directora_de_ogauc():
    return con_rol("ogauc", Rol.OGAUC)


def coordinadora_de_cusco_y_asistente_de_arequipa():
    """Lo que puede en Cusco no lo puede en Arequipa (ADR 0027)."""
    con_rol("mixta", Rol.COORDINADOR, centro=cusco())
    return con_rol("mixta", Rol.ASISTENTE, centro=arequipa())


def especialista_de_arequipa():
    return con_rol("especialista.arequipa", Rol.ESPECIALISTA, centro=arequipa(), sistema=SistemaFactory())
