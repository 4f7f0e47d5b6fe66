"""Exportar tablas a XLSX y CSV sin fórmulas que se ejecuten y sin perder los ceros a la izquierda."""

import datetime as dt
import io

from defusedcsv import csv
from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "xlsx"
CSV = "csv"
FORMATOS = (XLSX, CSV)
TIPOS = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}


def _presentable(valor):
    """Texto para CSV y XLSX; números y fechas se quedan como son. Un documento «01234567» es texto."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, dt.datetime):
        return timezone.localtime(valor).replace(tzinfo=None) if timezone.is_aware(valor) else valor
    if isinstance(valor, int | float | dt.date | dt.time):
        return valor
    return ILLEGAL_CHARACTERS_RE.sub("", str(valor))


def a_csv(encabezados, filas) -> bytes:
    """CSV en UTF-8 con marca de orden (para Excel); ``defusedcsv`` antepone un apóstrofo a las fórmulas."""
    salida = io.StringIO()
    tabla = csv.writer(salida)
    tabla.writerow(encabezados)
    for fila in filas:
        tabla.writerow([_presentable(valor) for valor in fila])
    return salida.getvalue().encode("utf-8-sig")


def a_xlsx(encabezados, filas) -> bytes:
    """Libro de una hoja; lo que parece fórmula se guarda como texto y nunca se evalúa."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet("Datos")
    hoja.append(list(encabezados))
    for fila in filas:
        celdas = [WriteOnlyCell(hoja, _presentable(valor)) for valor in fila]
        for celda in celdas:
            if celda.data_type == "f":
                celda.data_type = "s"
        hoja.append(celdas)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def respuesta_tabla(encabezados, filas, *, nombre: str, formato: str) -> HttpResponse:
    """Descarga de ``filas`` (secuencia de secuencias) como ``nombre``.xlsx o .csv."""
    contenido = a_xlsx(encabezados, filas) if formato == XLSX else a_csv(encabezados, filas)
    respuesta = HttpResponse(contenido, content_type=TIPOS[formato])
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.{formato}"'
    respuesta["Cache-Control"] = "no-store"
    return respuesta
