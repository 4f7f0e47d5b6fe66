"""Suscribirse, confirmar y darse de baja. Repetir cualquiera no hace daño."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from boletines.enlaces import url_confirmar
from boletines.models import Suscriptor
from correo.actions import Destinatario, poner_en_cola
from correo.models import Envio, Supresion
from correo.plantillas import componer
from custodia.actions import anotar, registrar_consentimiento
from custodia.models import Aviso, Consentimiento
from organizacion.models import Centro, Usuario

ESPERA_ENTRE_CONFIRMACIONES = dt.timedelta(minutes=10)


@transaction.atomic
def suscribir(
    *, correo: str, nombre: str = "", centro: Centro | None = None, por: Usuario | None = None, request=None
) -> Suscriptor:
    """Anota a quien pide el boletín y le manda un enlace para confirmarlo; hasta entonces no recibe nada más.

    A una dirección se le escribe a lo más una vez cada diez minutos. Los datos de quien ya confirmó no cambian: un
    formulario público no pisa lo que otra persona dio.
    """
    suscriptor, _ = Suscriptor.objects.select_for_update().get_or_create(correo=correo.strip().lower())
    ultima = suscriptor.confirmacion_pedida_en
    if ultima and timezone.now() - ultima < ESPERA_ENTRE_CONFIRMACIONES:
        return suscriptor
    if suscriptor.estado != Suscriptor.Estado.CONFIRMADO:
        canal = Consentimiento.Canal.PERSONAL if por else Consentimiento.Canal.WEB
        suscriptor.nombre, suscriptor.centro = nombre, centro
        suscriptor.consentimiento = registrar_consentimiento(
            finalidad=Aviso.Finalidad.SUSCRIPCION, canal=canal, request=request
        )
    suscriptor.confirmacion_pedida_en = timezone.now()
    suscriptor.save()
    _pedir_confirmacion(suscriptor)
    if por:
        anotar(accion="suscribir", por=por, objeto=suscriptor, request=request)
    return suscriptor


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
    if suscriptor.estado != Suscriptor.Estado.CONFIRMADO:
        suscriptor.estado = Suscriptor.Estado.CONFIRMADO
        suscriptor.confirmado_en = timezone.now()
        suscriptor.baja_en = None
        suscriptor.save()
    return suscriptor


@transaction.atomic
def dar_de_baja(*, suscriptor: Suscriptor, por: Usuario | None = None, request=None) -> Suscriptor:
    """Desde ahora no recibe ningún correo masivo. ``por`` es quien del personal lo hizo a pedido de la persona."""
    suscriptor = Suscriptor.objects.select_for_update().get(pk=suscriptor.pk)
    Supresion.objects.get_or_create(direccion=suscriptor.correo, defaults={"motivo": Supresion.Motivo.BAJA})
    if suscriptor.estado == Suscriptor.Estado.BAJA:
        return suscriptor
    suscriptor.estado = Suscriptor.Estado.BAJA
    suscriptor.baja_en = timezone.now()
    suscriptor.save()
    if por:
        anotar(accion="dar de baja", por=por, objeto=suscriptor, request=request)
    return suscriptor
