from dataclasses import dataclass, field


@dataclass
class Filas:
    """Filas de un detalle: las que se guardan (nuevas o cambiadas) y las que se quitan."""

    guardar: list = field(default_factory=list)
    quitar: list = field(default_factory=list)
