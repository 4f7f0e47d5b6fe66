"""Las preguntas de la encuesta de una capacitación (Anexo 7): las mismas en papel, en línea y al digitarlas."""

from dataclasses import dataclass

from .models.encuesta import ITEMS_CONTENIDO, ITEMS_EXPOSITOR, ITEMS_GENERAL, ITEMS_LOGISTICA, ItemEncuesta

CORTAS = {
    ItemEncuesta.DUDAS: "Aclaró dudas",
    ItemEncuesta.METODO: "Método",
    ItemEncuesta.AMBIENTACION: "Ambientación",
    ItemEncuesta.PROYECCION: "Proyección",
    ItemEncuesta.GENERAL: "Satisfacción",
}


@dataclass(frozen=True)
class Columna:
    """Una pregunta y, si es de expositor, a quién."""

    item: ItemEncuesta
    expositor: int | None = None

    @property
    def corta(self):
        """La pregunta en una o dos palabras, para el encabezado de la rejilla."""
        return CORTAS.get(self.item, self.item.value.capitalize())

    @property
    def nombre(self):
        return f"{self.item.value}-{self.expositor}" if self.expositor else self.item.value


def columnas_de(expositores) -> list[tuple[str, list[Columna]]]:
    """Grupos del Anexo 7 en su orden, con su rótulo: contenido, cada expositor, logística y general."""
    return [
        ("Contenido", [Columna(item) for item in ITEMS_CONTENIDO]),
        *((str(e), [Columna(item, e.pk) for item in ITEMS_EXPOSITOR]) for e in expositores),
        ("Logística", [Columna(item) for item in ITEMS_LOGISTICA]),
        ("General", [Columna(item) for item in ITEMS_GENERAL]),
    ]


def titulos_de(expositores) -> list[str]:
    """El título completo de cada grupo de ``columnas_de``: el expositor, con su tema."""
    personas = [f"Expositor: {e}" + (f". {e.tema}" if e.tema else "") for e in expositores]
    return ["Contenido del curso", *personas, "Logística", "Satisfacción general"]
