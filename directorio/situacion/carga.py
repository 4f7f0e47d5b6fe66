"""El catálogo con que se empieza. Repetirla no pisa lo editado."""

from directorio.models import Indicador

DE_ENTIDAD, DE_DISTRITO = Indicador.Ambito.ENTIDAD, Indicador.Ambito.DISTRITO
INDICADORES = (
    ("Avance de la ejecución del presupuesto", "%", DE_ENTIDAD),
    ("Avance de la ejecución de inversiones", "%", DE_ENTIDAD),
    ("Presupuesto institucional modificado (PIM)", "S/", DE_ENTIDAD),
    ("Saldo de balance", "S/", DE_ENTIDAD),
    ("Proyectos de inversión activos", "proyectos", DE_ENTIDAD),
    ("Población", "habitantes", DE_DISTRITO),
    ("Pobreza monetaria", "%", DE_DISTRITO),
    ("Viviendas con agua por red pública", "%", DE_DISTRITO),
)


def cargar_indicadores() -> int:
    """Los indicadores que falten, por nombre; cuántos creó."""
    nuevos = 0
    for orden, (nombre, unidad, ambito) in enumerate(INDICADORES, start=1):
        datos = {"unidad": unidad, "ambito": ambito, "orden": 10 * orden}
        nuevos += Indicador.objects.get_or_create(nombre=nombre, defaults=datos)[1]
    return nuevos
