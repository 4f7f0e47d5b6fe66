"""En qué sesiones se firma el registro (R80, R81)."""

from organizacion.models import AjustesPortal

from .models import Capacitacion, Sesion


def sesiones_de_firma(capacitacion: Capacitacion) -> list[Sesion]:
    """Mañana y tarde si es de un día (R80); si dura más, una por día: la primera (R81).

    El lineamiento no dice si un evento de varios días se firma además por turno: lo decide un ajuste del portal.
    """
    dias = capacitacion.dias
    if len(dias) < 2 or AjustesPortal.load().firma_por_turno:
        return [sesion for _, sesiones in dias for sesion in sesiones]
    return [sesiones[0] for _, sesiones in dias]
