"""Días no laborables inventados: uno de todo el país y uno del departamento de Cusco."""

import datetime as dt

from comun.plazos import siguiente_habil
from organizacion.dias import NoLaborables
from organizacion.models import Departamento, DiaNoLaborable

from .marcas import marcar

CUSCO = "08"


def cargar_dias_no_laborables(carga, hoy: dt.date) -> None:
    """Dentro de tres y de cinco semanas, en días que serían hábiles."""
    for dias, motivo, departamento in (
        (21, "Día no laborable compensable (inventado)", None),
        (35, "Fiesta del departamento (inventada)", Departamento.objects.get(codigo=CUSCO)),
    ):
        fecha = siguiente_habil(hoy + dt.timedelta(days=dias), NoLaborables())
        dia = DiaNoLaborable(fecha=fecha, motivo=motivo, departamento=departamento)
        if not DiaNoLaborable.objects.filter(fecha=fecha, departamento=departamento).exists():
            dia.save()
            marcar(carga, [dia])
