"""Suscribirse y confirmar. Repetir cualquiera no hace daño."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from boletines.enlaces import url_confirmar
from boletines.models import Suscriptor
from correo.actions import Destinatario, poner_en_cola
from correo.models import Envio, Supresion
from correo.plantillas import componer
from custodia.actions import anotar, registrar_consentimiento
from custodia.models import Aviso, Consentimiento
from organizacion.models import Centro, Sistema, Usuario

ESPERA_ENTRE_CORREOS = dt.timedelta(minutes=10)
TODOS = tuple(Suscriptor.Tipo.values)


@transaction.atomic
def suscribir(
    *,
    correo: str,
    nombre: str = "",
    centro: Centro | None = None,
    tipos: Iterable[str] = TODOS,
    temas: Iterable[Sistema] = (),
    por: Usuario | None = None,
    request=None,
) -> Suscriptor:
    """Anota a quien pide suscribirse y le manda un enlace para confirmarlo; hasta entonces no recibe nada más.

    A una dirección se le escribe a lo más una vez cada diez minutos, y a la que rebota o se quejó, nunca. Los datos de
    quien ya confirmó no cambian: un formulario público no pisa lo que otra persona dio.
    """
    suscriptor, _ = Suscriptor.objects.select_for_update().get_or_create(correo=correo.strip().lower())
    if hace_poco(suscriptor.confirmacion_pedida_en) or esta_cerrada(suscriptor.correo):
        return suscriptor
    if suscriptor.estado != Suscriptor.Estado.CONFIRMADO:
        canal = Consentimiento.Canal.PERSONAL if por else Consentimiento.Canal.WEB
        suscriptor.nombre, suscriptor.centro = nombre, centro
        suscriptor.poner_tipos(tipos)
        suscriptor.temas.set(temas)
        suscriptor.consentimiento = registrar_consentimiento(
            finalidad=Aviso.Finalidad.SUSCRIPCION, canal=canal, request=request
        )
    suscriptor.confirmacion_pedida_en = timezone.now()
    suscriptor.save()
    _pedir_confirmacion(suscriptor)
    if por:
        anotar(accion="suscribir", por=por, objeto=suscriptor, request=request)
    return suscriptor


def hace_poco(ultima: dt.datetime | None) -> bool:
    """Si a esa dirección ya se le escribió hace menos de diez minutos."""
    return ultima is not None and timezone.now() - ultima < ESPERA_ENTRE_CORREOS


def esta_cerrada(direccion: str) -> bool:
    """Si rebota o marcó un envío como no deseado: ni su dueño la reabre desde el portal."""
    return Supresion.objects.filter(direccion=direccion).exclude(motivo=Supresion.Motivo.BAJA).exists()


def _pedir_confirmacion(suscriptor: Suscriptor) -> Envio:
    contexto = {"suscriptor": suscriptor, "url_confirmar": url_confirmar(suscriptor)}
    asunto, texto, html = componer("boletines/correo/confirmar", contexto)
    return poner_en_cola(
        clave=f"suscripcion:{suscriptor.pk}:{suscriptor.confirmacion_pedida_en.timestamp()}",
        asunto=asunto,
        texto=texto,
        html=html,
        # Sin el nombre: lo escribió alguien que aún no prueba ser el dueño del correo.
        destinatarios=[Destinatario(suscriptor.correo)],
    )


@transaction.atomic
def confirmar(*, suscriptor: Suscriptor) -> Suscriptor:
    """La persona confirma desde su correo. Levanta su propia baja; un rebote o una queja siguen en pie."""
    suscriptor = Suscriptor.objects.select_for_update().get(pk=suscriptor.pk)
    Supresion.objects.filter(direccion=suscriptor.correo, motivo=Supresion.Motivo.BAJA).delete()
    if suscriptor.estado != Suscriptor.Estado.CONFIRMADO and not esta_cerrada(suscriptor.correo):
        suscriptor.estado = Suscriptor.Estado.CONFIRMADO
        suscriptor.confirmado_en = timezone.now()
        suscriptor.baja_en = suscriptor.pausa_hasta = None
        suscriptor.baja_por = ""
        suscriptor.save()
    return suscriptor


@transaction.atomic
def aceptar_invitacion(
    *, suscriptor: Suscriptor, tipos: Iterable[str] = TODOS, temas: Iterable[Sistema] = (), request=None, **datos
) -> Suscriptor:
    """Quien fue invitado acepta desde su correo: queda su consentimiento y ya está confirmado.

    ``datos``: su nombre y su centro. A quien no está invitado (ya aceptó, se dio de baja) no le cambia nada.
    """
    suscriptor = Suscriptor.objects.select_for_update().get(pk=suscriptor.pk)
    if suscriptor.estado != Suscriptor.Estado.INVITADO:
        return suscriptor
    suscriptor.consentimiento = registrar_consentimiento(finalidad=Aviso.Finalidad.SUSCRIPCION, request=request)
    suscriptor.nombre, suscriptor.centro = datos["nombre"], datos["centro"]
    suscriptor.poner_tipos(tipos)
    suscriptor.temas.set(temas)
    suscriptor.save()
    return confirmar(suscriptor=suscriptor)
