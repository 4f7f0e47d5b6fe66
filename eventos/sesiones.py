"""En qué sesiones se firma el registro (R80, R81)."""

from organizacion.models import AjustesPortal

from .models import Asistencia, Capacitacion, Sesion


def sesiones_de_firma(capacitacion: Capacitacion) -> list[Sesion]:
    """Mañana y tarde si es de un día (R80); si dura más, una por día: la primera (R81).

    El lineamiento no dice si un evento de varios días se firma además por turno: lo decide un ajuste del portal.
    """
    dias = capacitacion.dias
    if len(dias) < 2 or AjustesPortal.load().firma_por_turno:
        return [sesion for _, sesiones in dias for sesion in sesiones]
    return [sesiones[0] for _, sesiones in dias]


def sesiones_con_registro(capacitacion: Capacitacion) -> list[Sesion]:
    """Las de firma y, si las hay, otras en que ya se firmó: lo firmado nunca queda fuera de la vista."""
    firmadas = Asistencia.objects.firmadas().filter(sesion__capacitacion=capacitacion)
    llaves = {sesion.pk for sesion in sesiones_de_firma(capacitacion)} | set(firmadas.values_list("sesion", flat=True))
    return [sesion for sesion in capacitacion.sesiones.all() if sesion.pk in llaves]
