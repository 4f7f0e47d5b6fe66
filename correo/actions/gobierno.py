"""Firmar, devolver, pausar, reanudar y cancelar un envío. Repetir una orden no hace daño."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comun.registros import al_anular_envio
from correo.espera import fin_del_reposo
from correo.models import Envio
from correo.plantillas import componer
from custodia.actions import anotar
from organizacion.models import AjustesPortal

from .cola import poner_en_cola
from .entregas import Destinatario
from .timbre import despertar_al_cartero

E = Envio.Estado


class NoProcede(Exception):
    """El envío o la entrega ya no está en un estado que admita lo que se pide; el mensaje se muestra tal cual."""


class FirmaPropia(NoProcede):
    """La segunda firma es de otra persona que la que preparó el envío, sea quien sea."""


class FaltaElMotivo(NoProcede):
    """Devolver un envío sin decir por qué no le sirve a quien lo preparó."""


@transaction.atomic
def aprobar(*, envio: Envio, por) -> Envio:
    """La segunda firma: ``envio`` pasa a su reposo y después sale. Levanta ``FirmaPropia`` si ``por`` lo preparó."""
    envio = _bajo_llave(envio)
    if envio.creado_por_id == por.pk:
        raise FirmaPropia("La segunda firma la da otra persona: usted preparó este envío.")
    if envio.aprobado_por_id == por.pk and envio.estado == E.EN_COLA:
        return envio
    _exigir(envio, [E.POR_APROBAR])
    ahora = timezone.now()
    envio.estado, envio.aprobado_en, envio.aprobado_por = E.EN_COLA, ahora, por
    envio.sale_en = fin_del_reposo(AjustesPortal.load(), ahora)
    envio.save(update_fields=["estado", "aprobado_en", "aprobado_por", "sale_en"])
    anotar(accion="dar la segunda firma", por=por, objeto=envio)
    despertar_al_cartero()
    return envio


@transaction.atomic
def devolver(*, envio: Envio, por, motivo: str) -> Envio:
    """No se firma: el envío se cierra con su ``motivo`` y quien lo preparó puede corregirlo y ponerlo otra vez."""
    motivo = " ".join(motivo.split())[:200]
    if not motivo:
        raise FaltaElMotivo("Escriba por qué lo devuelve: es lo que leerá quien lo preparó.")
    envio = _bajo_llave(envio)
    if envio.estado == E.CANCELADO and envio.motivo_pausa == motivo:
        return envio
    _exigir(envio, [E.POR_APROBAR])
    envio.motivo_pausa = motivo
    _cerrar(envio)
    anotar(accion="devolver", por=por, objeto=envio, motivo=motivo)
    _avisar_devuelto(envio)
    return envio


def _avisar_devuelto(envio: Envio) -> None:
    if not envio.creado_por or not envio.creado_por.email:
        return
    url = settings.URL_DEL_SITIO + reverse("correo_envio_detalle", args=[envio.pk])
    poner_en_cola(
        clave=f"envio:{envio.pk}:devuelto",
        **componer("correo/correo/devuelto", {"envio": envio, "url_envio": url})._asdict(),
        destinatarios=[Destinatario(envio.creado_por.email, nombre=str(envio.creado_por))],
        centro=envio.centro,
    )


@transaction.atomic
def pausar(*, envio: Envio, por) -> Envio:
    """Detiene ``envio`` desde el siguiente lote; lo que ya está saliendo sale."""
    envio = _bajo_llave(envio)
    if envio.estado == E.EN_PAUSA:
        return envio
    _exigir(envio, [E.EN_COLA])
    envio.estado, envio.motivo_pausa = E.EN_PAUSA, ""
    envio.save(update_fields=["estado", "motivo_pausa"])
    anotar(accion="pausar", por=por, objeto=envio)
    return envio


@transaction.atomic
def reanudar(*, envio: Envio, por) -> Envio:
    """Devuelve a la cola un envío en pausa, con la cuenta de fallas en cero, y despierta al cartero."""
    envio = _bajo_llave(envio)
    if envio.estado == E.EN_COLA:
        return envio
    _exigir(envio, [E.EN_PAUSA])
    envio.estado, envio.motivo_pausa, envio.fallas_seguidas = E.EN_COLA, "", 0
    envio.save(update_fields=["estado", "motivo_pausa", "fallas_seguidas"])
    anotar(accion="reanudar", por=por, objeto=envio)
    despertar_al_cartero()
    return envio


@transaction.atomic
def cancelar(*, envio: Envio, por) -> Envio:
    """Cierra ``envio`` sin enviar lo que falta; no tiene vuelta atrás."""
    envio = _bajo_llave(envio)
    if envio.estado == E.CANCELADO:
        return envio
    _exigir(envio, [E.POR_APROBAR, E.EN_COLA, E.EN_PAUSA])
    envio.motivo_pausa = ""
    _cerrar(envio)
    anotar(accion="cancelar", por=por, objeto=envio)
    return envio


def _bajo_llave(envio: Envio) -> Envio:
    return Envio.objects.select_for_update().get(pk=envio.pk)


def _exigir(envio: Envio, estados: list[str]) -> None:
    if envio.estado not in estados:
        raise NoProcede(f"El envío ya está «{envio.get_estado_display().lower()}».")


def _cerrar(envio: Envio) -> None:
    """Cancela; si lo preparó una persona y no salió nada, suelta su clave: corregido, podrá ponerse en cola otra vez.

    La clave de un aviso, o de un masivo que puso una tarea, se conserva: soltarla lo haría salir de nuevo.
    """
    envio.estado = E.CANCELADO
    if envio.es_masivo and envio.creado_por_id and not envio.entregas.empezadas().exists():
        envio.clave = f"{envio.clave[:90]}:anulado:{envio.pk}"
        for avisar in al_anular_envio:
            avisar(envio)
    envio.save(update_fields=["estado", "clave", "motivo_pausa"])
