"""El recorrido de una solicitud sobre datos personales: cada paso queda anotado y ninguno se borra."""

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from custodia.actions.avisos import aviso_vigente
from custodia.actions.rastro import anotar
from custodia.correos import avisar_a_la_persona, avisar_al_oficial
from custodia.models import AjustesPrivacidad, Aviso, PasoDeSolicitud, SolicitudDeDerechos
from custodia.numeracion import crear_con_numero
from custodia.reloj import dias_que_faltan, sumar_habiles

E = SolicitudDeDerechos.Estado
PREFIJO = "SDP"


class NoProcede(Exception):
    """La solicitud no está en un estado que admita ese paso; el texto se muestra."""


@transaction.atomic
def registrar(*, datos: dict, envio: uuid.UUID | None = None, por=None, request=None) -> SolicitudDeDerechos:
    """Recibe una solicitud, de la web (sin ``por``) o en papel, y le pone número y plazo.

    ``datos``: los campos del modelo. Repetir un ``envio`` devuelve la misma. Nadie queda identificado por su correo.
    """
    envio = envio or uuid.uuid4()
    if repetida := _la_de(envio):
        return repetida
    try:
        with transaction.atomic():
            return _recibir(datos, envio, por, request)
    except IntegrityError:  # el mismo envío, a la vez: la otra ya entró
        if repetida := _la_de(envio):
            return repetida
        raise


def _la_de(envio: uuid.UUID) -> SolicitudDeDerechos | None:
    return SolicitudDeDerechos.objects.filter(envio=envio).first()


def _recibir(datos, envio, por, request) -> SolicitudDeDerechos:
    recibida = datos.get("recibida_el") or timezone.localdate()
    dias = AjustesPrivacidad.load().dias_de(datos["derecho"])
    solicitud = crear_con_numero(
        SolicitudDeDerechos,
        PREFIJO,
        **datos | {"recibida_el": recibida},
        envio=envio,
        canal=SolicitudDeDerechos.Canal.MESA if por else SolicitudDeDerechos.Canal.WEB,
        aviso=aviso_vigente(Aviso.Finalidad.DERECHOS),
        vence_el=sumar_habiles(recibida, dias, datos.get("centro")),
        registrada_por=por,
    )
    _paso(solicitud, "Recibida", por=por, request=request)
    avisar_a_la_persona(solicitud, "recibida")
    avisar_al_oficial(solicitud)
    return solicitud


@transaction.atomic
def tomar(*, solicitud: SolicitudDeDerechos, por, request=None) -> SolicitudDeDerechos:
    """El Oficial empieza a verificar quién la pide."""
    solicitud = _abierta(solicitud, E.RECIBIDA)
    return _pasar(solicitud, E.EN_VERIFICACION, "En verificación", por=por, request=request)


@transaction.atomic
def verificar(*, solicitud: SolicitudDeDerechos, identidad: str, correos: str = "", por, request=None):
    """La persona es quien dice ser: por su documento mostrado o por su copia. ``correos``: los que son suyos."""
    solicitud = _abierta(solicitud, E.RECIBIDA, E.EN_VERIFICACION)
    if identidad == SolicitudDeDerechos.Identidad.COPIA and not solicitud.copia_de_documento_id:
        raise NoProcede("Adjunte antes la copia del documento.")
    solicitud.identidad, solicitud.verificada_en = identidad, timezone.now()
    solicitud.correos_confirmados = "\n".join(sorted(set(correos.lower().split())))
    texto = solicitud.get_identidad_display()
    return _pasar(solicitud, E.EN_ATENCION, "Identidad verificada", texto=texto, por=por, request=request)


@transaction.atomic
def observar(*, solicitud: SolicitudDeDerechos, texto: str, por, request=None) -> SolicitudDeDerechos:
    """Falta algo: se le dice qué y el reloj se detiene hasta que lo traiga. Vencida, ya no se detiene."""
    solicitud = _abierta(solicitud, E.RECIBIDA, E.EN_VERIFICACION, E.EN_ATENCION)
    hoy = timezone.localdate()
    if solicitud.vence_el < hoy:
        raise NoProcede("El plazo ya venció: no se puede detener. Respóndale o deniéguela con su motivo.")
    solicitud.dias_que_faltaban = dias_que_faltan(solicitud, hoy)
    solicitud.pausada_el = hoy
    solicitud.subsanar_hasta = sumar_habiles(hoy, AjustesPrivacidad.load().dias_subsanacion, solicitud.centro)
    _pasar(solicitud, E.POR_SUBSANAR, "Observada: por subsanar", texto=texto, por=por, request=request)
    avisar_a_la_persona(solicitud, "observada")
    return solicitud


@transaction.atomic
def subsanar(*, solicitud: SolicitudDeDerechos, texto: str, por, request=None) -> SolicitudDeDerechos:
    """Trajo lo que faltaba: el reloj sigue con los días que le quedaban."""
    solicitud = _abierta(solicitud, E.POR_SUBSANAR)
    hoy = timezone.localdate()
    solicitud.vence_el = sumar_habiles(hoy, solicitud.dias_que_faltaban, solicitud.centro)
    solicitud.pausada_el = solicitud.subsanar_hasta = None
    return _pasar(solicitud, E.EN_VERIFICACION, "Subsanada", texto=texto, por=por, request=request)


@transaction.atomic
def ampliar(*, solicitud: SolicitudDeDerechos, motivo: str, por, request=None) -> SolicitudDeDerechos:
    """Otro plazo igual, una sola vez y con su motivo, antes de que venza; se le avisa a la persona."""
    solicitud = _abierta(solicitud, E.RECIBIDA, E.EN_VERIFICACION, E.EN_ATENCION)
    if solicitud.ampliada_el:
        raise NoProcede("El plazo se amplía una sola vez.")
    if solicitud.vence_el < timezone.localdate():
        raise NoProcede("El plazo ya venció: no se puede ampliar.")
    dias = AjustesPrivacidad.load().dias_de(solicitud.derecho)
    solicitud.ampliada_el = timezone.localdate()
    solicitud.vence_el = sumar_habiles(solicitud.vence_el, dias, solicitud.centro)
    _pasar(solicitud, solicitud.estado, "Plazo ampliado", texto=motivo, por=por, request=request)
    avisar_a_la_persona(solicitud, "ampliada")
    return solicitud


@transaction.atomic
def atender(*, solicitud: SolicitudDeDerechos, respuesta: str, por, request=None) -> SolicitudDeDerechos:
    """La da por atendida con su respuesta, que sale por correo. Solo con la identidad verificada."""
    solicitud = _abierta(solicitud, E.EN_ATENCION)
    return _cerrar(solicitud, E.ATENDIDA, "Atendida", respuesta, "atendida", por=por, request=request)


@transaction.atomic
def denegar(*, solicitud: SolicitudDeDerechos, motivo: str, por, request=None) -> SolicitudDeDerechos:
    solicitud = _abierta(solicitud, *SolicitudDeDerechos.ABIERTAS)
    return _cerrar(solicitud, E.DENEGADA, "Denegada", motivo, "denegada", por=por, request=request)


@transaction.atomic
def anular(*, solicitud: SolicitudDeDerechos, motivo: str, por, request=None) -> SolicitudDeDerechos:
    """Repetida, desistida o sin subsanar a tiempo: deja de correr y se conserva."""
    solicitud = _abierta(solicitud, *SolicitudDeDerechos.ABIERTAS)
    return _cerrar(solicitud, E.ANULADA, "Anulada", motivo, "", por=por, request=request)


def anotar_paso(solicitud, que: str, *, texto="", por=None, request=None, **detalle) -> PasoDeSolicitud:
    """Deja dicho algo que se hizo, en la solicitud y en el rastro; el texto libre no va al rastro."""
    return _paso(solicitud, que, texto=texto, por=por, request=request, **detalle)


def _abierta(solicitud, *estados):
    solicitud = SolicitudDeDerechos.objects.select_for_update().get(pk=solicitud.pk)
    if solicitud.estado not in estados:
        raise NoProcede(f"La solicitud está {solicitud.get_estado_display().lower()}: ese paso ya no procede.")
    return solicitud


def _pasar(solicitud, estado, que, *, texto="", por, request):
    solicitud.estado = estado
    solicitud.save()
    _paso(solicitud, que, texto=texto, por=por, request=request)
    return solicitud


def _cerrar(solicitud, estado, que, texto, caso, *, por, request):
    solicitud.respuesta, solicitud.cerrada_en, solicitud.pausada_el = texto, timezone.now(), None
    _pasar(solicitud, estado, que, texto=texto, por=por, request=request)
    if caso:
        avisar_a_la_persona(solicitud, caso)
    return solicitud


def _paso(solicitud, que, *, texto="", por=None, request=None, **detalle) -> PasoDeSolicitud:
    anotar(
        accion=f"solicitud sobre datos: {que.lower()}"[:60],
        por=por,
        objeto=solicitud,
        detalle={"derecho": solicitud.derecho, **detalle},
        request=request,
    )
    return PasoDeSolicitud.objects.create(solicitud=solicitud, que=que, texto=texto, por=por)
