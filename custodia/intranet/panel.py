"""La página del Oficial de Datos Personales: lo que espera, lo que corre y lo que se hizo."""

import datetime as dt

from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from custodia import retencion as motor
from custodia.consulta import en_palabras
from custodia.models import AjustesPrivacidad, Aviso, CorridaDeRetencion, Huella, SolicitudDeDerechos, Vulneracion
from custodia.permissions import puede_atender_solicitudes, puede_ver_retencion

from .comun import con_permiso
from .solicitudes import con_reloj

LINEAS = 10
DIAS_DE_EXPORTACIONES = 30
CORRIDAS = 30


@con_permiso(puede_atender_solicitudes, metodos=("GET", "HEAD"))
def panel(request):
    solicitudes = SolicitudDeDerechos.objects.para(request.user)
    desde = timezone.now() - dt.timedelta(days=DIAS_DE_EXPORTACIONES)
    exportaciones = Huella.objects.filter(accion="exportar", ocurrida_en__gte=desde).select_related("usuario")
    contexto = {
        "solicitudes": con_reloj(solicitudes.abiertas().select_related("centro")[:LINEAS]),
        "abiertas": solicitudes.abiertas().count(),
        "vencidas": solicitudes.vencidas().count(),
        "vulneraciones": Vulneracion.objects.abiertas(),
        "corrida": CorridaDeRetencion.objects.filter(es_ensayo=False).first(),
        "avisos": _avisos(),
        "exportaciones": en_palabras(exportaciones[:LINEAS], request.user),
        "cuantas_exportaciones": exportaciones.count(),
        "oficial": AjustesPrivacidad.load(request_or_site=request),
    }
    return render(request, "custodia/panel.html", contexto)


def _avisos():
    """La última versión de cada aviso, con cuántos consentimientos reunió esa y todas."""
    todas = Aviso.objects.annotate(aceptados=Count("consentimientos")).order_by("finalidad", "version")
    ultimas: dict[str, dict] = {}
    for aviso in todas:
        antes = ultimas.get(aviso.finalidad, {"en_total": 0})["en_total"]
        ultimas[aviso.finalidad] = {"aviso": aviso, "en_total": antes + aviso.aceptados}
    return ultimas.values()


@con_permiso(puede_ver_retencion, metodos=("GET", "HEAD"))
def retencion(request):
    """Qué se retira, cuándo, y qué no se borra y por qué; con las últimas corridas."""
    contexto = {
        "reglas": [(regla.titulo, motor.PLAZOS[regla.clave]) for regla in motor.reglas()],
        "conserva": motor.lo_que_se_conserva(),
        "corridas": CorridaDeRetencion.objects.select_related("por")[:CORRIDAS],
        "es_automatica": AjustesPrivacidad.load(request_or_site=request).retencion_automatica,
    }
    return render(request, "custodia/retencion.html", contexto)


@con_permiso(puede_ver_retencion, metodos=("GET", "HEAD"))
def corrida(request, pk):
    fila = get_object_or_404(CorridaDeRetencion.objects.select_related("por"), pk=pk)
    return render(request, "custodia/corrida.html", {"corrida": fila})
