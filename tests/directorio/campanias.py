"""Lo que comparten las pruebas de las campañas del directorio."""

import datetime as dt

from django.utils import timezone

from directorio.campanias.actions import iniciar
from directorio.campanias.enlaces import token_de
from directorio.campanias.seleccion import Criterio
from directorio.frescura.partes import completar_partes
from directorio.models import Personal
from tests.fabricas import PersonalFactory, SistemaFactory

HACE_UN_ANIO = timezone.localdate() - dt.timedelta(days=365)


def con_ficha(usuario, cargo=Personal.Cargo.COORDINADOR, sistema=None):
    """La ficha de personal de ``usuario``, en el centro de su rol; y las partes del directorio, puestas."""
    ficha = PersonalFactory(
        cargo=cargo, centro=usuario.centro, sistema=sistema, usuario=usuario, nombres=usuario.username
    )
    SistemaFactory()
    completar_partes()
    usuario.personal = ficha
    return ficha


def campania_de(centro, por, *, dias=20, **criterio):
    criterio = {"solo_vencidos": False} | criterio
    return iniciar(
        nombre="Nuevas autoridades",
        motivo="Las nuevas autoridades municipales asumen el 1 de enero.",
        centro=centro,
        criterio=Criterio(**criterio),
        vence_el=timezone.localdate() + dt.timedelta(days=dias),
        por=por,
    )


def enlace_de(pedido) -> str:
    return f"/actualizar-datos/{token_de(pedido)}/"


def lo_que_envia(respuesta, **cambios) -> dict:
    """Los campos de la página tal como llegaron, con ``cambios``; la marca antiabuso y lo que se mostró, incluidos."""
    pagina = respuesta.context["pagina"]
    datos = {}
    for form in (pagina.form, *pagina.personas, *pagina.nuevos):
        for campo in form:
            valor = campo.value()
            if isinstance(valor, list):
                valor = [getattr(uno, "pk", uno) for uno in valor]
            if valor not in (None, False, []):
                datos[campo.html_name] = valor
            if campo.field.show_hidden_initial:
                datos[campo.html_initial_name] = valor or ""
    return datos | {"accion": "corregir"} | cambios
