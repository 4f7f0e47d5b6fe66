"""Enlaces personales de una inscripción: firmados, para verla o cancelarla sin tener cuenta."""

import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from comun.templatetags.comun import fecha_larga

from .models import Capacitacion, EnlaceDeAsistencia, Inscripcion, Invitacion

_firma = Signer(salt="eventos.inscripcion", sep=".")
_firma_de_grupo = Signer(salt="eventos.grupo", sep=".")
_firma_de_invitacion = Signer(salt="eventos.invitacion", sep=".")
_firma_de_encuesta = Signer(salt="eventos.encuesta", sep=".")
_firma_de_asistencia = Signer(salt="eventos.asistencia", sep=".")
_FILAS = Inscripcion.objects.select_related("capacitacion__centro", "persona").prefetch_related(
    "capacitacion__sesiones"
)


def token_de(inscripcion: Inscripcion) -> str:
    return _firma.sign(inscripcion.codigo)


def inscripcion_de(token: str) -> Inscripcion:
    """La inscripción del ``token``; levanta ``Inscripcion.DoesNotExist`` si no lo firmamos nosotros."""
    try:
        codigo = _firma.unsign(token)
    except BadSignature as error:
        raise Inscripcion.DoesNotExist from error
    return _FILAS.get(codigo=codigo)


def token_de_encuesta(inscripcion: Inscripcion) -> str:
    """Abre la encuesta de un participante y nada más: ni su inscripción ni lo que contestó."""
    return _firma_de_encuesta.sign(inscripcion.codigo)


def inscripcion_de_encuesta(token: str) -> Inscripcion:
    """La del enlace de la encuesta; levanta ``Inscripcion.DoesNotExist`` si no lo firmamos nosotros."""
    try:
        codigo = _firma_de_encuesta.unsign(token)
    except BadSignature as error:
        raise Inscripcion.DoesNotExist from error
    return _FILAS.get(codigo=codigo)


def token_de_grupo(envio: uuid.UUID) -> str:
    """El enlace de quien inscribió a varios: muestra a todos. El de cada colega solo muestra el suyo."""
    return _firma_de_grupo.sign(envio.hex)


def grupo_de(token: str) -> list[Inscripcion]:
    """Las inscripciones de un mismo envío, en orden; levanta ``DoesNotExist`` si no lo firmamos nosotros."""
    try:
        envio = uuid.UUID(_firma_de_grupo.unsign(token))
    except (BadSignature, ValueError) as error:
        raise Inscripcion.DoesNotExist from error
    if grupo := list(_FILAS.filter(envio=envio).order_by("orden")):
        return grupo
    raise Inscripcion.DoesNotExist


def url_de_invitacion(invitacion: Invitacion) -> str:
    """Donde el invitado responde; la clave es un secreto al azar y no dice quién es."""
    return url_absoluta("eventos:invitacion-personal", invitacion.clave)


def invitacion_de(clave: str) -> Invitacion:
    """La de ese enlace; levanta ``Invitacion.DoesNotExist`` si nadie la recibió."""
    filas = Invitacion.objects.select_related("capacitacion__centro", "entidad", "inscripcion")
    return filas.prefetch_related("capacitacion__sesiones").get(clave=clave)


def sello_de(invitacion: Invitacion) -> str:
    """Lo que el formulario de inscripción lleva para unir lo que salga de él con ``invitacion``."""
    return _firma_de_invitacion.sign(str(invitacion.pk))


def invitacion_sellada(sello: str, capacitacion: Capacitacion) -> Invitacion | None:
    """La del ``sello``, si lo firmamos nosotros y es de ``capacitacion``; si no, ninguna: se inscribe igual."""
    try:
        llave = _firma_de_invitacion.unsign(sello)
    except BadSignature:
        return None
    return capacitacion.invitaciones.filter(pk=llave).first()


def token_de_asistencia(enlace: EnlaceDeAsistencia) -> str:
    return _firma_de_asistencia.sign(enlace.clave)


def enlace_de_asistencia(token: str) -> EnlaceDeAsistencia:
    """El del ``token``; levanta ``EnlaceDeAsistencia.DoesNotExist``, sin tocar la base, si no lo firmamos nosotros."""
    try:
        clave = _firma_de_asistencia.unsign(token)
    except BadSignature as error:
        raise EnlaceDeAsistencia.DoesNotExist from error
    return EnlaceDeAsistencia.objects.select_related("inscripcion", "sesion__capacitacion__centro").get(clave=clave)


def url_de_confirmacion(inscripciones: Sequence[Inscripcion]) -> str:
    """Lo que ve quien acaba de inscribirse, o de inscribir a varios."""
    primera = inscripciones[0]
    if len(inscripciones) == 1:
        return reverse("eventos:inscripcion-ver", args=[token_de(primera)])
    return reverse("eventos:inscripcion-grupo", args=[token_de_grupo(primera.envio)])


def url_para_compartir(capacitacion: Capacitacion) -> str:
    """Abre WhatsApp con el título, la fecha y la dirección pública; ningún dato de quien comparte."""
    fecha = f", {fecha_larga(capacitacion.fecha_inicio)}" if capacitacion.fecha_inicio else ""
    texto = f"{capacitacion.titulo}{fecha}. {url_absoluta('eventos:capacitacion', capacitacion.slug)}"
    return f"https://wa.me/?{urlencode({'text': texto})}"


def url_absoluta(nombre: str, *args) -> str:
    """La dirección completa de la ruta ``nombre``: lo que va en un correo o un .ics."""
    return settings.URL_DEL_SITIO + reverse(nombre, args=args)
