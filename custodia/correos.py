"""Los correos de las solicitudes y de los incidentes. Los pone en la bandeja de salida el piso del correo."""

from django.conf import settings
from django.urls import reverse

from comun.registros import remitentes
from organizacion.models import Asignacion, Rol, Usuario

from .models import AjustesPrivacidad, SolicitudDeDerechos, Vulneracion


def avisar_a_la_persona(solicitud: SolicitudDeDerechos, caso: str) -> None:
    """``caso``: «recibida», «observada», «ampliada», «atendida» o «denegada». Sin correo no hay a quién."""
    if not solicitud.correo:
        return
    ajustes = AjustesPrivacidad.load()
    _enviar(
        clave=f"derechos:{solicitud.pk}:{caso}:{solicitud.pasos.count()}",
        plantilla="custodia/correo/solicitud",
        contexto={
            "solicitud": solicitud,
            "caso": caso,
            "texto": solicitud.pasos.last().texto,
            "oficial": ajustes,
            "motivo": "Lo recibe porque este correo figura en una solicitud sobre datos personales.",
        },
        destinatarios=[(solicitud.correo, solicitud.nombre, f"solicitud:{solicitud.pk}")],
        responder_a=ajustes.correo,
    )


def avisar_al_oficial(solicitud: SolicitudDeDerechos) -> None:
    if destinatarios := _al_oficial():
        url = settings.URL_DEL_SITIO + reverse("custodia_solicitud", args=[solicitud.pk])
        _enviar(
            clave=f"derechos:{solicitud.pk}:oficial",
            plantilla="custodia/correo/solicitud_nueva",
            contexto={"solicitud": solicitud, "url": url},
            destinatarios=destinatarios,
        )


def avisar_de_vulneracion(vulneracion: Vulneracion, horas: int) -> bool:
    """Dice si había a quién avisar."""
    destinatarios = _al_oficial()
    if destinatarios:
        url = settings.URL_DEL_SITIO + reverse("custodia_vulneracion", args=[vulneracion.pk])
        _enviar(
            clave=f"vulneracion:{vulneracion.pk}:{horas}",
            plantilla="custodia/correo/vulneracion",
            contexto={"vulneracion": vulneracion, "horas": horas, "url": url},
            destinatarios=destinatarios,
        )
    return bool(destinatarios)


def _al_oficial() -> list[tuple[str, str, str]]:
    """El correo de los ajustes o, mientras no se escriba, los de quienes hoy tienen ese rol."""
    if direccion := AjustesPrivacidad.load().correo:
        return [(direccion, "", "oficial")]
    vigentes = Asignacion.objects.vigentes().filter(rol=Rol.ODP)
    cuentas = Usuario.objects.filter(is_active=True, pk__in=vigentes.values("usuario")).exclude(email="")
    return [(cuenta.email, "", f"oficial:{cuenta.pk}") for cuenta in cuentas.order_by("pk")]


def _enviar(*, responder_a="", **datos) -> None:
    for enviar in remitentes:
        enviar(responder_a=responder_a, **datos)
