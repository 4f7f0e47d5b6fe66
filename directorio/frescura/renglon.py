"""Un contacto, del tipo que sea, como se muestra en «Mi directorio»."""

from dataclasses import dataclass

from django.db.models import Model

from directorio.models import Autoridad, Entidad, Medio, Operador
from directorio.models.contacto import correo_a_mano, telefono_a_mano

from .clases import Clase, clase_de


@dataclass(frozen=True)
class Renglon:
    fila: Model
    clase: Clase
    nombre: str
    detalle: str

    @property
    def url_de_edicion(self) -> str:
        return self.clase.url_de_edicion(self.fila)

    @property
    def correo(self) -> str:
        return correo_a_mano(self.fila)

    @property
    def telefono(self) -> str:
        return telefono_a_mano(self.fila)

    @property
    def vencido(self) -> bool:
        return self.fila.necesita_verificarse()


def renglon_de(fila) -> Renglon:
    return Renglon(fila, clase_de(fila), _nombre(fila), " · ".join(filter(None, _detalles(fila))))


def _nombre(fila) -> str:
    return fila.nombre if isinstance(fila, Entidad | Medio) else f"{fila.nombres} {fila.apellidos}"


def _detalles(fila) -> list[str]:
    if isinstance(fila, Operador):
        return [fila.cargo, fila.entidad.nombre, ", ".join(str(sistema) for sistema in fila.sistemas.all())]
    if isinstance(fila, Autoridad):
        return [fila.cargo, fila.entidad.nombre]
    if isinstance(fila, Entidad):
        return [fila.distrito.nombre_completo, fila.direccion]
    if isinstance(fila, Medio):
        return [fila.get_tipo_display(), fila.contacto]
    return [fila.cargo_completo, f"anexo {fila.anexo}" if fila.anexo else ""]
