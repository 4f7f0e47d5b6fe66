"""Lo que Excel pone en una celda sin que nadie lo escriba no entra callado al directorio."""

import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import Workbook

from tests.directorio.test_importar import ensayar, subir
from tests.fabricas import EntidadFactory

pytestmark = pytest.mark.django_db
FILA = {"Apellidos": "Ruiz", "Nombres": "Ana", "Código SIAF": "000123", "Cargo": "Alcaldesa"}
COMO_TEXTO = "la celda es una fecha, una hora o un verdadero o falso de Excel: escríbala como texto."
SIN_DIA = "«2023» no es una fecha posible: escriba día, mes y año, como 7/12/2026."


@pytest.mark.parametrize(
    ("columna", "valor", "motivo"),
    [
        ("Cargo", dt.datetime(2026, 3, 1), COMO_TEXTO),
        ("Cargo", dt.time(8, 30), COMO_TEXTO),
        ("Nombres", True, COMO_TEXTO),
        ("Código SIAF", True, COMO_TEXTO),
        ("Desde", 2023, SIN_DIA),
        ("Verificado el", 2023.0, SIN_DIA),
        ("Verificado el", timezone.localdate() + dt.timedelta(days=1), "la fecha no puede ser futura."),
    ],
)
def test_una_celda_que_no_es_lo_que_parece_es_un_error(cusco, coordinadora, columna, valor, motivo):
    EntidadFactory(centro=cusco, codigo_siaf="000123")
    libro, salida = Workbook(), io.BytesIO()
    fila = FILA | {columna: valor}
    libro.active.append(list(fila))
    libro.active.append(list(fila.values()))
    libro.save(salida)
    importacion = ensayar(subir(salida.getvalue(), coordinadora, tipo="autoridad", nombre="x.xlsx"), coordinadora)
    assert importacion.renglones.get().motivos == [f"«{columna}»: {motivo}"]
