"""El mapa de los departamentos: un esquema dibujado a mano para este portal, y qué centro atiende a cada uno.

No es cartografía: los contornos de ``datos/mapa.csv`` solo bastan para reconocer el país. Las unidades son las del
dibujo y los vecinos comparten sus puntos.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wagtail.models import Page

from comun.datos import leer_csv
from organizacion.models import Jurisdiccion

ARCHIVO = Path(__file__).parent / "datos" / "mapa.csv"
RECUADRO = "16 2 430 566"


@dataclass(frozen=True)
class Contorno:
    """La forma de un departamento y dónde va su nombre."""

    codigo: str
    nombre: str
    rotulo_x: str
    rotulo_y: str
    ancla: str
    contorno: str


@dataclass(frozen=True)
class Atencion:
    """Un centro que atiende a un departamento; ``es_de_otro`` si su local está en otro."""

    nombre: str
    url: str
    es_de_otro: bool


@dataclass(frozen=True)
class Departamento:
    """Un departamento del mapa con los centros que hoy lo atienden."""

    forma: Contorno
    centros: tuple[Atencion, ...]

    @property
    def url(self) -> str:
        """La página de su centro; si son varios o ninguno, la lista dice cuáles."""
        if len(self.centros) == 1:
            return self.centros[0].url
        return f"/centros/?departamento={self.forma.codigo}"

    @property
    def atencion(self) -> str:
        """«CONECTAMEF Cusco», o qué pasa si no lo atiende uno solo."""
        return " y ".join(centro.nombre for centro in self.centros) or "hoy no lo atiende ningún centro"

    @property
    def tiene_centro(self) -> bool:
        """Si alguno de sus centros tiene el local aquí."""
        return any(not centro.es_de_otro for centro in self.centros)

    @property
    def clase(self) -> str:
        """Cómo se pinta: «» si tiene centro propio."""
        if not self.centros:
            return "sin-centro"
        return "" if self.tiene_centro else "de-otro"

    @property
    def explicacion(self) -> str:
        """Lo que hay que decir de más: que lo atiende otro departamento, varios centros o ninguno; si no, «»."""
        if not self.centros:
            return "Hoy no lo atiende ningún centro"
        return "" if self.tiene_centro and len(self.centros) == 1 else f"Lo atiende {self.atencion}"


@cache
def contornos() -> tuple[Contorno, ...]:
    """Los 25 departamentos, por orden alfabético."""
    columnas = tuple(Contorno.__dataclass_fields__)
    return tuple(Contorno(**fila) for _, fila in leer_csv(ARCHIVO, columnas))


def departamentos(en=None) -> list[Departamento]:
    """El mapa en la fecha ``en`` (hoy si no se dice), en una consulta: solo cuentan los centros que atienden."""
    filas = (
        Jurisdiccion.objects.vigentes(en)
        .filter(centro__esta_activo=True, centro__pagina__live=True)
        .order_by("centro__nombre")
        .values_list("provincia__departamento", "centro__nombre", "centro__pagina__url_path", "centro__distrito")
        .distinct()
    )
    centros = {}
    for codigo, nombre, ruta, distrito in filas:
        es_de_otro = bool(distrito) and not distrito.startswith(codigo)  # el ubigeo empieza con su departamento
        atencion = Atencion(f"CONECTAMEF {nombre}", Page(url_path=ruta).get_url(), es_de_otro)
        centros.setdefault(codigo, []).append(atencion)
    return [Departamento(forma, tuple(centros.get(forma.codigo, ()))) for forma in contornos()]
