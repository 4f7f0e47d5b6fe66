"""Iniciar, recordar y cerrar una campaña, anular un enlace y anotar una llamada."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from comun.plazos import habiles_antes, siguiente_habil
from custodia.actions import anotar
from directorio.models import Campania, Pedido
from directorio.models.campania import clave_nueva
from directorio.models.contacto import correo_a_mano
from organizacion.dias import no_laborables
from organizacion.models import Usuario

from . import correos
from .seleccion import MAXIMO, Criterio, Seleccion, elegir

DIAS_ANTES = 2
POR_TANDA = 1000


class NoProcede(Exception):
    """No se puede; el mensaje se muestra tal cual."""


class NadieAQuienPedir(NoProcede): ...


class CampaniaCerrada(NoProcede): ...


@transaction.atomic
def iniciar(
    *, nombre: str, motivo: str, centro, criterio: Criterio, vence_el: dt.date, por: Usuario, request=None
) -> Campania:
    """Deja un pedido por entidad y por operador, y en cola los correos de los que tienen; los demás se llaman.

    Repetirla igual (un doble clic) devuelve la que sigue abierta.
    """
    datos = {
        "nombre": nombre,
        "motivo": motivo,
        "centro": centro,
        "criterio": criterio.como_json(),
        "vence_el": vence_el,
    }
    if repetida := _ya_iniciada(datos, por):
        return repetida
    seleccion = elegir(criterio, centro)
    if not seleccion.total:
        raise NadieAQuienPedir("Nadie cumple lo que eligió: amplíe la selección.")
    if seleccion.total > MAXIMO:
        raise NoProcede(f"Son más de {MAXIMO:,}: acote por tipo, provincia o sistema.")
    campania = Campania.objects.create(**datos, iniciada_por=por)
    pedidos = pedidos_de(seleccion, campania)
    Pedido.objects.bulk_create(pedidos, batch_size=POR_TANDA)
    correos.enviar(campania, pedidos, correos.INICIAL)
    detalle = {"pedidos": len(pedidos), "correos": seleccion.correos}
    anotar(accion="iniciar campaña", por=por, objeto=campania, detalle=detalle, motivo=motivo, request=request)
    return campania


def _ya_iniciada(datos: dict, por: Usuario) -> Campania | None:
    """La misma, de la misma persona, si sigue abierta. Su cuenta es la llave: dos clics a la vez van uno tras otro."""
    Usuario.objects.select_for_update(no_key=True).get(pk=por.pk)
    return Campania.objects.abiertas().filter(**datos, iniciada_por=por).first()


def pedidos_de(seleccion: Seleccion, campania: Campania | None = None) -> list[Pedido]:
    """Sin guardar: el de cada entidad y el de cada operador, en el centro que hoy la atiende."""
    de_entidades = [
        Pedido(campania=campania, centro_id=fila.centro_id, entidad=fila, correo=correo_a_mano(fila))
        for fila in seleccion.entidades
    ]
    de_operadores = [
        Pedido(
            campania=campania,
            centro_id=fila.entidad.centro_id,
            entidad=fila.entidad,
            operador=fila,
            correo=correo_a_mano(fila),
        )
        for fila in seleccion.operadores
    ]
    return de_entidades + de_operadores


def _bajo_llave(campania: Campania) -> Campania:
    return Campania.objects.select_for_update(of=("self",)).get(pk=campania.pk)


@transaction.atomic
def cerrar(*, campania: Campania, por: Usuario | None, request=None) -> Campania:
    """Ningún enlace suyo vale desde ahora; ``por`` vacío, la cierra su plazo. Repetirla no cambia nada."""
    campania = _bajo_llave(campania)
    if campania.cerrada_en:
        return campania
    campania.cerrada_en = timezone.now()
    campania.save(update_fields=["cerrada_en"])
    detalle = {"sin_respuesta": campania.pedidos.que_faltan().count()}
    anotar(accion="cerrar campaña", por=por, objeto=campania, detalle=detalle, request=request)
    return campania


def cerrar_campanias_vencidas() -> str:
    """Cierra las que pasaron su plazo; devuelve qué hizo o «»."""
    cerradas = [cerrar(campania=campania, por=None) for campania in Campania.objects.por_cerrar()]
    return f"campañas cerradas: {len(cerradas)}" if cerradas else ""


def fecha_de_la_mitad(campania: Campania, dias=()) -> dt.date:
    inicio = timezone.localdate(campania.iniciada_en)
    return siguiente_habil(inicio + (campania.vence_el - inicio) / 2, dias)


def fecha_del_final(campania: Campania, dias=()) -> dt.date:
    """Dos días hábiles antes del plazo."""
    return habiles_antes(campania.vence_el, DIAS_ANTES, dias)


def recordar_campanias() -> str:
    """A quien no respondió: una vez a la mitad del plazo y otra dos días hábiles antes. Devuelve qué hizo o «»."""
    hoy, olas = timezone.localdate(), 0
    for campania in Campania.objects.abiertas(hoy).select_related("centro"):
        dias = no_laborables(campania.centro)
        mitad, final = fecha_de_la_mitad(campania, dias), fecha_del_final(campania, dias)
        inicio = timezone.localdate(campania.iniciada_en)
        if hoy >= final > inicio and not campania.recordada_al_final:
            olas += _recordar(campania, correos.FINAL, "recordada_al_final")
        elif final > hoy >= mitad > inicio and not campania.recordada_a_la_mitad:
            olas += _recordar(campania, correos.MITAD, "recordada_a_la_mitad")
    return f"recordatorios de campaña: {olas}" if olas else ""


@transaction.atomic
def _recordar(campania: Campania, ola: str, marca: str) -> bool:
    campania = _bajo_llave(campania)
    if getattr(campania, marca) or not correos.ya_salio(campania):
        return False
    faltan = campania.pedidos.que_faltan().select_related("entidad", "operador")
    faltan = faltan.prefetch_related("entidad__contactos", "operador__contactos")
    correos.enviar(campania, _con_correo_de_hoy(faltan), ola)
    setattr(campania, marca, timezone.now())
    campania.save(update_fields=[marca])
    return True


def _con_correo_de_hoy(pedidos) -> list[Pedido]:
    """A quien se le corrigió el correo se le escribe ahí, con otra clave: el enlace que fue al de antes no abre."""
    pedidos = list(pedidos)
    corregidos = [pedido for pedido in pedidos if pedido.correo != pedido.correo_de_hoy]
    for pedido in corregidos:
        pedido.correo, pedido.clave = pedido.correo_de_hoy, clave_nueva()
    Pedido.objects.bulk_update(corregidos, ["correo", "clave"], batch_size=POR_TANDA)
    return pedidos


@transaction.atomic
def anular_enlace(*, pedido: Pedido, por: Usuario, request=None) -> Pedido:
    """El enlace deja de abrir; sirve si llegó a quien no debía. Uno ya respondido queda como está."""
    pedido = Pedido.objects.select_for_update(of=("self",)).get(pk=pedido.pk)
    if pedido.estado == Pedido.Estado.PENDIENTE:
        pedido.estado = Pedido.Estado.ANULADO
        pedido.save(update_fields=["estado"])
        anotar(accion="anular enlace", por=por, objeto=pedido, request=request)
    return pedido


@transaction.atomic
def anotar_llamada(*, pedido: Pedido, llamada: str, nota: str, por: Usuario, request=None) -> Pedido:
    """``llamada``: un ``Pedido.Llamada``, o «» para deshacer. Quien pasó el dato ya no recibe recordatorios."""
    pedido = Pedido.objects.select_for_update(of=("self",)).select_related("campania").get(pk=pedido.pk)
    if not pedido.campania.esta_abierta():
        raise CampaniaCerrada("La campaña ya cerró: corrija el dato en su registro.")
    pedido.llamada, pedido.nota = llamada, nota
    pedido.llamada_en, pedido.llamada_por = (timezone.now(), por) if llamada else (None, None)
    pedido.save(update_fields=["llamada", "nota", "llamada_en", "llamada_por"])
    anotar(accion="anotar llamada", por=por, objeto=pedido, detalle={"resultado": llamada}, request=request)
    return pedido
