"""Los correos de una convocatoria: uno por persona, con el Anexo 4 de su entidad (R76, ADR 0013).

Un envío por entidad: lleva su PDF una sola vez, y cada colega su propia entrega y su enlace (invariante 3).
"""

from itertools import groupby

from django.utils import timezone

from correo.actions import Adjunto, Destinatario, poner_en_cola
from correo.models import Entrega, Envio
from correo.plantillas import Mensaje, componer
from organizacion.models import AjustesPortal

from .documentos import anexo4
from .enlaces import url_absoluta, url_de_invitacion
from .models import Capacitacion, Convocatoria, Invitacion


def clave_de(invitacion: Invitacion) -> str:
    """La del envío de su entidad en su convocatoria."""
    return f"convocatoria:{invitacion.convocatoria_id}:{invitacion.entidad_id}"


def preparar(convocatoria: Convocatoria) -> int:
    """Deja en cola los correos que falten y devuelve cuántos envíos agregó; si se cayó a la mitad, sigue donde iba.

    Cada entidad es su propia transacción corta: el PDF se compone antes de abrirla. Si la capacitación se canceló o
    empezó entre tanto, lo que falte ya no se envía.
    """
    if convocatoria.preparada_en:
        return 0
    filas = Capacitacion.objects.select_related("centro__distrito").prefetch_related("sesiones", "expositores")
    capacitacion = filas.get(pk=convocatoria.capacitacion_id)
    cuantos = 0
    if capacitacion.esta_publicada and not capacitacion.ya_empezo():
        mensaje = mensaje_de(capacitacion)
        for invitaciones in _que_faltan(convocatoria):
            _enviar(capacitacion, convocatoria, mensaje, invitaciones)
            cuantos += 1
    Convocatoria.objects.filter(pk=convocatoria.pk).update(preparada_en=timezone.now())
    return cuantos


def _que_faltan(convocatoria) -> list[list[Invitacion]]:
    """Las invitaciones con correo de cada entidad cuyo envío todavía no está en la bandeja de salida."""
    filas = convocatoria.invitaciones.exclude(correo="").order_by("entidad", "pk")
    filas = filas.select_related("entidad__distrito__provincia__departamento")
    por_clave = {clave: list(grupo) for clave, grupo in groupby(filas, clave_de)}
    hechos = set(Envio.objects.filter(clave__in=por_clave).values_list("clave", flat=True))
    return [grupo for clave, grupo in por_clave.items() if clave not in hechos]


def mensaje_de(capacitacion: Capacitacion) -> Mensaje:
    """El correo; el nombre y el enlace de cada quien los pone cada entrega (``correo.mensaje.MARCAS``)."""
    contexto = {
        "capacitacion": capacitacion,
        "sesiones": capacitacion.sesiones.all(),
        "expositores": [expositor.nombre for expositor in capacitacion.expositores.all()],
        "centro": capacitacion.centro,
        "nombre": "%NOMBRE%",
        "url_propia": "%URL_BAJA%",
        "url_capacitacion": url_absoluta("eventos:capacitacion", capacitacion.slug),
        "motivo": "Lo recibe porque figura en el directorio de operadores de su entidad. Si ya no lo es, responda este "
        "correo y lo corregimos.",
    }
    return componer("eventos/correo/invitacion", contexto)


def _enviar(capacitacion, convocatoria, mensaje, invitaciones) -> None:
    entidad, centro = invitaciones[0].entidad, capacitacion.centro
    adjunto = Adjunto("invitacion-anexo-4.pdf", "application/pdf", anexo4.pdf(capacitacion, entidad))
    poner_en_cola(
        clave=clave_de(invitaciones[0]),
        **mensaje._asdict(),
        destinatarios=[_destinatario(invitacion) for invitacion in invitaciones],
        adjuntos=[adjunto],
        responder_a=(centro and centro.correo) or AjustesPortal.load().correo,
        centro=centro,
        por=convocatoria.enviada_por,
    )


def _destinatario(invitacion) -> Destinatario:
    clave = f"invitacion:{invitacion.pk}"
    return Destinatario(invitacion.correo, invitacion.nombre, clave, url_baja=url_de_invitacion(invitacion))


def estados_de_envio(invitaciones: list[Invitacion]) -> dict[int, str]:
    """Cómo va el correo de cada invitación, según su entrega: llave de la invitación y ``Entrega.Estado``."""
    claves = {clave_de(invitacion) for invitacion in invitaciones}
    entregas = Entrega.objects.filter(envio__clave__in=claves).values_list("clave", "estado")
    return {int(clave.removeprefix("invitacion:")): estado for clave, estado in entregas}
