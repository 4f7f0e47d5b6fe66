"""La pantalla de la sala: el personal la abre, cada participante toma una boleta de su teléfono, y se cierra."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.boletas import boleta_nueva, crear_boletas
from eventos.cifras import cifras_de
from eventos.models import AplicacionDeEncuesta, Capacitacion, RespuestaEncuesta
from eventos.models.inscripcion import codigo_nuevo

from .encuesta import bajo_llave
from .rechazos import NoProcede


class EncuestaCerrada(NoProcede): ...


class AunNoEmpieza(NoProcede): ...


class SalaCerrada(NoProcede): ...


class SinBoletas(NoProcede): ...


def aplicacion_de(capacitacion: Capacitacion) -> AplicacionDeEncuesta:
    """La de ``capacitacion``, que nace la primera vez; levanta ``EncuestaCerrada``."""
    aplicacion, _ = AplicacionDeEncuesta.objects.get_or_create(capacitacion=capacitacion)
    if aplicacion.cerrada_en:
        raise EncuestaCerrada("La encuesta en línea ya se cerró.")
    return aplicacion


@transaction.atomic
def abrir_sala(*, capacitacion: Capacitacion, por) -> AplicacionDeEncuesta:
    """Abre la sala hasta que acabe el día, con una clave nueva. Repetirla con la sala abierta no hace nada.

    Si no se envió por correo, toda boleta sin usar es de la sala anterior: se anulan, por si alguien las acaparó.
    """
    capacitacion = bajo_llave(capacitacion)
    if not capacitacion.ya_empezo():
        raise AunNoEmpieza("La encuesta se aplica cuando la capacitación ya empezó.")
    aplicacion = aplicacion_de(capacitacion)
    if aplicacion.sala_abierta():
        return aplicacion
    if not aplicacion.enviada_en:
        capacitacion.boletas.filter(esta_usada=False).delete()
    aplicacion.clave, aplicacion.sala_hasta = codigo_nuevo(), _fin_del_dia()
    aplicacion.save(update_fields=["clave", "sala_hasta"])
    anotar(accion="abrir encuesta en sala", por=por, objeto=capacitacion)
    return aplicacion


@transaction.atomic
def cerrar_sala(*, capacitacion: Capacitacion, por) -> None:
    """Deja de dar boletas; quien ya tiene la suya todavía contesta."""
    aplicacion = aplicacion_de(bajo_llave(capacitacion))
    if not aplicacion.sala_abierta():
        return
    aplicacion.sala_hasta = timezone.now()
    aplicacion.save(update_fields=["sala_hasta"])
    anotar(accion="cerrar encuesta en sala", por=por, objeto=capacitacion)


@transaction.atomic
def tomar_boleta(*, clave: str) -> str:
    """Una boleta de la sala ``clave``; nunca hay más boletas y hojas de papel que participantes con firma."""
    aplicacion = AplicacionDeEncuesta.objects.select_related("capacitacion").get(clave=clave)
    capacitacion = bajo_llave(aplicacion.capacitacion)
    aplicacion.refresh_from_db(fields=["clave", "sala_hasta", "cerrada_en"])
    if aplicacion.clave != clave or not aplicacion.sala_abierta():
        raise SalaCerrada("La sala ya se cerró. Si no llegó a contestar, espere el enlace en su correo.")
    if boletas_libres(capacitacion) < 1:
        raise SinBoletas(
            "Ya se entregaron las encuestas de todos los que firmaron. Si la recibió por correo, use ese enlace; si "
            "no, avise a quien dirige el evento."
        )
    boleta = boleta_nueva()
    crear_boletas(aplicacion, [boleta])
    return boleta


def boletas_libres(capacitacion: Capacitacion) -> int:
    """Cuántas puede dar todavía la sala."""
    papel = capacitacion.respuestas.filter(canal=RespuestaEncuesta.Canal.PAPEL).count()
    return max(cifras_de(capacitacion).participantes - papel - capacitacion.boletas.count(), 0)


def _fin_del_dia() -> dt.datetime:
    manana = timezone.localdate() + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(manana, dt.time.min))
