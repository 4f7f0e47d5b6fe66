"""Lo que vence de la custodia misma y de las sesiones."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Q

from comun.registros import retenciones
from comun.retencion import Regla

from .archivos import borrar_archivo
from .models import Consentimiento, SolicitudDeDerechos


def _borrar(filas) -> None:
    if filas:
        type(filas[0])._base_manager.filter(pk__in=[fila.pk for fila in filas]).delete()


def _sesiones_vencidas(limite):
    return Session.objects.filter(expire_date__lt=limite)


def _accesos(limite):
    """Los intentos que anotó el bloqueo por fallas; vacío mientras no esté instalado."""
    if not apps.is_installed("axes"):
        return Session.objects.none()
    return apps.get_model("axes", "AccessAttempt").objects.filter(attempt_time__lt=limite)


def _paquetes(limite):
    return SolicitudDeDerechos.objects.filter(paquete__isnull=False, paquete__creado_en__lt=limite)


def _quitar_archivo(campo):
    def quitar(solicitudes):
        for solicitud in solicitudes:
            archivo = getattr(solicitud, campo)
            setattr(solicitud, campo, None)
            solicitud.save(update_fields=[campo])
            borrar_archivo(archivo)

    return quitar


def _copias(limite):
    return SolicitudDeDerechos.objects.filter(copia_de_documento__isnull=False, cerrada_en__lt=limite)


def _consentimientos(limite):
    """Con dirección IP, o que ya no ampara a nadie."""
    viejos = Consentimiento.objects.filter(otorgado_en__lt=limite)
    return viejos.filter(Q(ip__isnull=False) | Q(pk__in=_sin_dueno(viejos)))


def _sin_dueno(consentimientos):
    """Los que ninguna fila de ningún piso señala."""
    for relacion in Consentimiento._meta.get_fields(include_hidden=True):
        if relacion.auto_created and not relacion.concrete:
            usados = relacion.related_model._base_manager.filter(**{f"{relacion.field.name}__isnull": False})
            consentimientos = consentimientos.exclude(pk__in=usados.values(relacion.field.name))
    return consentimientos.values("pk")


def _retirar_consentimientos(filas):
    suyos = Consentimiento.objects.filter(pk__in=[fila.pk for fila in filas])
    sueltos = [fila["pk"] for fila in _sin_dueno(suyos)]
    suyos.filter(pk__in=sueltos).delete()
    suyos.update(ip=None)


for _regla in (
    Regla("consentimientos", "Direcciones IP y consentimientos sin dueño", _consentimientos, _retirar_consentimientos),
    Regla("sesiones", "Sesiones vencidas", _sesiones_vencidas, _borrar),
    Regla("accesos", "Intentos de entrada", _accesos, _borrar),
    Regla("paquetes", "Copias de datos preparadas", _paquetes, _quitar_archivo("paquete")),
    Regla("copias_de_documento", "Copias de documentos de solicitudes", _copias, _quitar_archivo("copia_de_documento")),
):
    retenciones.anotar(_regla)
