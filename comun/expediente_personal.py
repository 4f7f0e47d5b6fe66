"""Lo que el portal guarda de una persona, y lo que se hace con ello cuando lo pide (Ley 29733)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .texto import normalizar


@dataclass(frozen=True)
class Titular:
    """De quién son los datos. Por documento si lo hay; un correo solo vale como pista que una persona confirma.

    Varias personas comparten buzón: una fila que solo lleva correo es suya si además lleva su nombre.
    """

    tipo_documento: str = ""
    numero_documento: str = ""
    correos: frozenset[str] = field(default_factory=frozenset)
    nombre: str = ""

    def es(self, nombre: str, correo: str) -> bool:
        """Si una fila con ese nombre y ese correo es suya: el correo está confirmado y un nombre contiene al otro."""
        suyas, de_la_fila = (set(normalizar(texto).replace(",", " ").split()) for texto in (self.nombre, nombre))
        menor = min(suyas, de_la_fila, key=len)
        return (
            correo.lower() in self.correos and len(menor) > 1 and menor <= (suyas | de_la_fila) - (suyas ^ de_la_fila)
        )


@dataclass(frozen=True)
class Parte:
    """Una tabla de lo guardado: filas de ``{rótulo: valor}`` y, si hay, archivos privados (``ArchivoPrivado``)."""

    titulo: str
    finalidad: str
    filas: list[dict[str, object]]
    archivos: Iterable = ()


class Que(StrEnum):
    """Lo que le pasa a un grupo de filas."""

    CORRIGE = "Se corrige"
    BORRA = "Se borra"
    ANONIMIZA = "Se anonimiza"
    BLOQUEA = "Se bloquea"
    SUPRIME = "Se deja de usar"
    CONSERVA = "Se conserva"


@dataclass(frozen=True)
class Efecto:
    """Lo que se hará con ``cuantas`` filas de una clase; ``aplicar(por)`` lo hace, dentro de una transacción."""

    clave: str
    titulo: str
    que: Que
    cuantas: int
    por_que: str
    aplicar: Callable[[object], None] | None = None


def fila_de(instancia, *campos: str, **mas) -> dict[str, object]:
    """``{rótulo: valor}`` de esos campos del modelo, como se leen; ``mas`` va al final."""
    fila = {}
    for campo in campos:
        como_se_lee = getattr(instancia, f"get_{campo}_display", None)
        valor = como_se_lee() if como_se_lee else getattr(instancia, campo)
        definido = instancia._meta.get_field(campo)
        fila[str(definido.verbose_name)] = str(valor) if definido.is_relation and valor is not None else valor
    return fila | mas


def corregir(clave: str, titulo: str, filas, cambios: dict[str, str]) -> Efecto:
    """El efecto de poner en ``filas`` los ``cambios`` que su modelo tenga; no cuenta las que ya están bien."""
    filas = list(filas)
    campos = [campo for campo in cambios if filas and any(f.name == campo for f in filas[0]._meta.fields)]
    distintas = [fila for fila in filas if any(getattr(fila, campo) != cambios[campo] for campo in campos)]

    def aplicar(por):
        for fila in distintas:
            for campo in campos:
                setattr(fila, campo, cambios[campo])
            fila.save(update_fields=campos)

    rotulos = [str(filas[0]._meta.get_field(campo).verbose_name) for campo in campos]
    return Efecto(clave, titulo, Que.CORRIGE, len(distintas), f"Cambia: {', '.join(rotulos)}", aplicar)
