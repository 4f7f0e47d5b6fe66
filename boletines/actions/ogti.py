"""Los archivos de la edición, a la OGTI para la web (R110)."""

import base64
import datetime as dt
import io
import zipfile

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from boletines.edicion import centros_de
from boletines.models import BoletinPage, Edicion
from boletines.pdf import pdf_de
from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.models import Envio
from correo.plantillas import componer
from custodia.actions import anotar
from organizacion.models import AjustesPortal

from .envio import BoletinSinPublicar
from .remision import boletin_publicado

# Lo que admite un servidor de correo común, contado como viaja: en base 64.
TOPE = 10 * 1024 * 1024
# La tarea se despierta al remitir; si murió, la vuelta periódica la retoma pasado este tiempo.
GRACIA = dt.timedelta(minutes=10)


def enviar_a_ogti(*, edicion: Edicion) -> Envio | None:
    """Manda una sola vez el PDF nacional y un zip con los de los centros; si no caben, sus enlaces.

    ``None`` si no hay dirección en los ajustes, si ya se mandó o si la edición no está publicada.
    """
    direccion = AjustesPortal.load().correo_ogti
    if not direccion or edicion.ogti_en:
        return None
    try:
        boletin = boletin_publicado(edicion)
    except BoletinSinPublicar:
        return None
    adjuntos = _adjuntos(boletin, edicion)  # fuera de la transacción: armar los PDF toma su tiempo
    with transaction.atomic():
        edicion = Edicion.objects.select_for_update().get(pk=edicion.pk)
        if edicion.ogti_en:
            return None
        envio = _poner(boletin, edicion, direccion, adjuntos)
        edicion.ogti_en = timezone.now()
        edicion.save(update_fields=["ogti_en"])
        anotar(accion="enviar a la OGTI", objeto=edicion, detalle={"envio": envio.pk, "adjuntos": len(adjuntos)})
    return envio


def _poner(boletin, edicion, direccion, adjuntos) -> Envio:
    url = settings.URL_DEL_SITIO + boletin.get_url_parts()[2]
    contexto = {"periodo": boletin.periodo, "url": url, "adjuntos": adjuntos, "centros": centros_de(edicion)}
    asunto, texto, html = componer("boletines/correo/ogti", contexto)
    return poner_en_cola(
        clave=f"boletin-ogti:{edicion.slug}",
        asunto=asunto,
        texto=texto,
        html=html,
        adjuntos=adjuntos,
        destinatarios=[Destinatario(direccion, nombre="OGTI")],
    )


def _adjuntos(boletin: BoletinPage, edicion: Edicion) -> list[Adjunto]:
    """El nacional y el zip; el zip se deja fuera si no caben los dos, y todo si no cabe ni el nacional."""
    nacional = Adjunto(f"boletin-{boletin.slug}.pdf", "application/pdf", pdf_de(boletin))
    centros = Adjunto(f"boletin-{boletin.slug}-centros.zip", "application/zip", _zip(boletin, edicion))
    for juntos in ([nacional, centros], [nacional]):
        if sum(len(base64.b64encode(adjunto.contenido)) for adjunto in juntos) <= TOPE:
            return juntos
    return []


def _zip(boletin: BoletinPage, edicion: Edicion) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:  # un PDF ya viene comprimido
        for centro in centros_de(edicion):
            archivo.writestr(f"boletin-{boletin.slug}-{centro.slug}.pdf", pdf_de(boletin, centro))
    return salida.getvalue()


def archivos_a_ogti() -> str:
    """Trabajo periódico: manda los de la última edición remitida si su tarea no llegó a hacerlo."""
    limite = timezone.now() - GRACIA
    edicion = Edicion.objects.filter(remitida_en__lt=limite).order_by("-anio", "-mes").first()
    envio = enviar_a_ogti(edicion=edicion) if edicion else None
    return f"archivos de {edicion.periodo} a la OGTI" if envio else ""
