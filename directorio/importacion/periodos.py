"""Autoridades y personal vienen por periodos: quien vuelve tiene otra fila, y la de antes no se pisa."""

from django.utils import timezone

from directorio.models import Importacion

CON_PERIODO = (Importacion.Tipo.AUTORIDAD, Importacion.Tipo.PERSONAL)


def coinciden(una: dict, otra: dict) -> bool:
    """Si dos periodos tienen algún día en común; una fecha que falta no los separa."""
    return _en_orden(una.get("desde"), otra.get("hasta")) and _en_orden(otra.get("desde"), una.get("hasta"))


def preferencia(fila: dict, pedida: dict) -> tuple:
    """De varias filas de la misma persona, gana la que empieza el día pedido; si no, la vigente; si no, la última."""
    hoy = timezone.localdate()
    rige = _en_orden(fila["desde"], hoy) and _en_orden(hoy, fila["hasta"])
    return fila["desde"] == pedida.get("desde"), rige, fila["desde"]


def fuera_de_orden(valores: dict) -> list[str]:
    """Qué está mal en sus fechas."""
    desde, hasta = valores.get("desde"), valores.get("hasta")
    if _en_orden(desde, hasta):
        return []
    return [f"«Hasta» ({hasta:%d/%m/%Y}) no puede ser anterior a «Desde» ({desde:%d/%m/%Y})."]


def _en_orden(primero, segundo) -> bool:
    return primero is None or segundo is None or primero <= segundo
