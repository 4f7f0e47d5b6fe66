"""Indicadores y temas inventados en los gobiernos regionales y provinciales."""

from directorio.models import Entidad, Indicador, TemaDeInteres, ValorDeIndicador
from organizacion.models import Sistema

from .azar import Azar
from .marcas import marcar

FUENTE = "Dato inventado para la demostración"
TEMAS = (
    "Conciliar el saldo de balance del año anterior",
    "Registrar las modificaciones presupuestarias en el nivel funcional programático",
    "Cerrar proyectos de inversión con expediente pendiente",
    "Sanear cuentas por cobrar antiguas",
    "Programar la caja del primer trimestre",
)
TOPES = {"%": 100, "S/": 90_000_000, "proyectos": 60, "habitantes": 80_000}


def cargar_situacion(carga, hoy) -> None:
    """Cada indicador en dos años y uno o dos temas por entidad."""
    azar, sistemas = Azar(17), list(Sistema.objects.all())
    entidades = list(Entidad.objects.exclude(codigo__startswith="MD").order_by("codigo"))
    valores, temas, vistos = [], [], set()
    for entidad in entidades:
        for indicador in Indicador.objects.all():
            de_quien = _de_quien(indicador, entidad)
            if (indicador.pk, *de_quien.values()) in vistos:
                continue
            vistos.add((indicador.pk, *de_quien.values()))
            valores += [
                ValorDeIndicador(
                    indicador=indicador,
                    periodo=str(anio),
                    valor=round(azar.random() * TOPES[indicador.unidad], 2 if indicador.unidad in ("%", "S/") else 0),
                    fuente=FUENTE,
                    fecha=hoy,
                    **de_quien,
                )
                for anio in (hoy.year - 1, hoy.year)
            ]
        temas += [
            TemaDeInteres(entidad=entidad, sistema=azar.choice(sistemas), texto=texto, recogido_en=hoy)
            for texto in azar.sample(TEMAS, azar.randint(1, 2))
        ]
    ValorDeIndicador.objects.bulk_create(valores, batch_size=500)
    TemaDeInteres.objects.bulk_create(temas)
    marcar(carga, [*valores, *temas])


def _de_quien(indicador: Indicador, entidad: Entidad) -> dict:
    if indicador.ambito == Indicador.Ambito.DISTRITO:
        return {"distrito_id": entidad.distrito_id}
    return {"entidad_id": entidad.pk}
