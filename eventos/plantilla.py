"""La plantilla de Excel con que se importa el programa de un centro."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from organizacion.models import Centro

from .catalogo import Catalogo
from .importacion import COLUMNAS, MAXIMO, OBLIGATORIAS
from .models import Capacitacion

ANCHOS = {"Título": 44, "Objetivo": 40, "Público": 40, "Sistemas": 28, "Expositor": 28, "Tema": 32, "Lugar": 28}
EJEMPLO = (
    "Conciliación de cuentas de enlace", "General básica", "Presencial", "Contabilidad", "7/12/2026", "9:00", "13:00",
    "14:30", "17:30", "Auditorio del centro", "", "", "Nombre y apellidos", "Cuentas de enlace", 30,
    "Conciliar sin observaciones.", "Contadores de gobiernos locales.",
)  # fmt: skip
AYUDA = (
    f"Se llena la hoja «Programa»: una capacitación por fila. Obligatorias: {', '.join(OBLIGATORIAS)}.",
    "Varios sistemas se separan con punto y coma. La fecha, día/mes/año. Sin fórmulas ni celdas combinadas.",
    "Ejemplo:",
)


def plantilla(centro: Centro) -> bytes:
    """El libro que se llena: encabezados, una fila de ejemplo en otra hoja y listas para elegir."""
    libro = Workbook()
    hoja = libro.active
    hoja.title = "Programa"
    hoja.append(COLUMNAS)
    hoja.freeze_panes = "B2"
    for numero, columna in enumerate(COLUMNAS, start=1):
        celda = hoja.cell(1, numero)
        celda.font = Font(bold=True)
        celda.alignment = Alignment(wrap_text=True, vertical="top")
        hoja.column_dimensions[get_column_letter(numero)].width = ANCHOS.get(columna, 15)
    _listas(libro, hoja, Catalogo(centro))
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _listas(libro, hoja, catalogo) -> None:
    ayuda = libro.create_sheet("Ayuda")
    ayuda.append(["Se llena la hoja «Programa»: una capacitación por fila. Obligatorias: " + ", ".join(OBLIGATORIAS)])
    ayuda.append(
        ["Varios sistemas se separan con punto y coma. La fecha, día/mes/año. Sin fórmulas ni celdas combinadas."]
    )
    ayuda.append(["Ejemplo:"])
    ayuda.append(COLUMNAS)
    ayuda.append(EJEMPLO)
    listas = libro.create_sheet("Listas")
    elegibles = {
        "Tipo": [tipo.label for tipo in Capacitacion.Tipo],
        "Modalidad": [modalidad.label for modalidad in Capacitacion.Modalidad],
        "Sistemas": [sistema.nombre for sistema in catalogo.sistemas],
        "Expositor": [str(persona) for persona in catalogo.personal],
    }
    for numero, (columna, valores) in enumerate(elegibles.items(), start=1):
        letra, destino = get_column_letter(numero), get_column_letter(COLUMNAS.index(columna) + 1)
        for fila, valor in enumerate([columna, *valores], start=1):
            listas.cell(fila, numero, valor)
        lista = DataValidation(type="list", formula1=f"Listas!${letra}$2:${letra}${len(valores) + 1}", allow_blank=True)
        lista.showErrorMessage = False  # varios sistemas, o alguien de afuera, también valen
        hoja.add_data_validation(lista)
        lista.add(f"{destino}2:{destino}{MAXIMO + 1}")
