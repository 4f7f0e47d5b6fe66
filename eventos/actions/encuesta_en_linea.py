"""La encuesta en línea: enviarla por correo, contestarla una sola vez y cerrarla (ADR 0017)."""

import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodia.actions import anotar
from eventos import correos
from eventos.boletas import boleta_de, crear_boletas, huella_de
from eventos.models import AplicacionDeEncuesta, BoletaDeEncuesta, Capacitacion, Inscripcion

from .encuesta import Canal, Hoja, bajo_llave, guardar_hojas
from .rechazos import NoProcede
from .sala_de_encuesta import EncuestaCerrada, aplicacion_de


class AunNoTermina(NoProcede): ...


class BoletaInvalida(NoProcede): ...


class BoletaUsada(NoProcede): ...


class EncuestaEnBlanco(NoProcede): ...


@transaction.atomic
def enviar_encuesta(*, capacitacion: Capacitacion, por=None) -> int:
    """Deja en la bandeja de salida el enlace de cada participante con correo; devuelve a cuántos.

    Repetirla solo lo envía a quien firmó después. Del correo sale la inscripción; la boleta se calcula al abrirlo.
    """
    capacitacion = bajo_llave(capacitacion)
    if not capacitacion.ya_termino():
        raise AunNoTermina("La encuesta se envía por correo cuando la capacitación termina.")
    aplicacion = aplicacion_de(capacitacion)
    pendientes = _sin_boleta(capacitacion, aplicacion)
    if not pendientes:
        return 0
    aplicacion.enviada_en, aplicacion.sin_correo = aplicacion.enviada_en or timezone.now(), False
    aplicacion.save(update_fields=["enviada_en", "sin_correo"])
    crear_boletas(aplicacion, list(pendientes))
    correos.enviar_encuesta(aplicacion=aplicacion, inscritas=list(pendientes.values()), por=por)
    anotar(accion="enviar encuesta", por=por, objeto=capacitacion, detalle={"correos": len(pendientes)})
    return len(pendientes)


def _sin_boleta(capacitacion, aplicacion) -> dict[str, Inscripcion]:
    """La boleta de cada participante con correo que aún no la tiene."""
    firmaron = capacitacion.inscripciones.vigentes().filter(asistencias__esta_firmada=True).exclude(correo="")
    boletas = {boleta_de(inscripcion, aplicacion): inscripcion for inscripcion in firmaron.distinct()}
    ya = set(capacitacion.boletas.values_list("huella", flat=True))
    return {boleta: inscripcion for boleta, inscripcion in boletas.items() if huella_de(boleta) not in ya}


@transaction.atomic
def responder(*, boleta: str, hoja: Hoja) -> None:
    """Guarda la respuesta y gasta la boleta, las dos o ninguna. No deja huella: llevaría la hora."""
    capacitacion = bajo_llave(boleta_por(boleta).capacitacion)
    if aplicacion_de(capacitacion).vencio():
        raise EncuestaCerrada("El plazo para contestar ya terminó.")
    if hoja.esta_en_blanco():
        raise EncuestaEnBlanco("Conteste al menos una pregunta.")
    if not capacitacion.boletas.filter(pk=huella_de(boleta), esta_usada=False).update(esta_usada=True):
        raise BoletaUsada("Esta encuesta ya se envió.")
    guardar_hojas(capacitacion, {uuid.uuid4(): hoja}, Canal.WEB)
    # PostgreSQL anota qué transacción escribió cada fila: se reescriben todas para que no señale la de esta respuesta.
    capacitacion.boletas.update(esta_usada=F("esta_usada"))


def boleta_por(boleta: str) -> BoletaDeEncuesta:
    """La fila de lo que lleva un enlace; levanta ``BoletaInvalida``."""
    filas = BoletaDeEncuesta.objects.select_related("capacitacion__centro")
    fila = filas.filter(pk=huella_de(boleta)).first()
    if fila is None:
        raise BoletaInvalida("Este enlace no vale: está incompleto o la encuesta ya se cerró.")
    return fila


@transaction.atomic
def no_enviar(*, capacitacion: Capacitacion, por) -> None:
    """Se aplica en papel o en la sala: que no salga sola por correo."""
    aplicacion = aplicacion_de(bajo_llave(capacitacion))
    if aplicacion.sin_correo or aplicacion.enviada_en:
        return
    aplicacion.sin_correo = True
    aplicacion.save(update_fields=["sin_correo"])
    anotar(accion="no enviar la encuesta por correo", por=por, objeto=capacitacion)


@transaction.atomic
def cerrar_encuesta(*, capacitacion: Capacitacion, por=None) -> None:
    """Nadie más contesta en línea, y borrada la sal nadie puede rehacer las boletas. No tiene vuelta atrás."""
    capacitacion = Capacitacion.objects.select_for_update(of=("self",)).get(pk=capacitacion.pk)
    abiertas = AplicacionDeEncuesta.objects.filter(capacitacion=capacitacion, cerrada_en__isnull=True)
    if not abiertas.update(cerrada_en=timezone.now(), sal=""):
        return
    capacitacion.boletas.filter(esta_usada=False).delete()
    anotar(accion="cerrar encuesta en línea", por=por, objeto=capacitacion)


__all__ = [
    "AunNoTermina",
    "BoletaInvalida",
    "BoletaUsada",
    "EncuestaCerrada",
    "EncuestaEnBlanco",
    "boleta_por",
    "cerrar_encuesta",
    "enviar_encuesta",
    "no_enviar",
    "responder",
]
