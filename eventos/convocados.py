"""A qué operadores del directorio se puede invitar a una capacitación, y a cuáles falta (R76)."""

from dataclasses import dataclass, field

from comun.busqueda import palabras_de
from comun.texto import normalizar, raices
from directorio.models import Operador

from .models import Capacitacion

# De a cuántos se convoca: los que queden van en la siguiente, que no repite a nadie.
MAXIMO = 500


@dataclass(frozen=True)
class Criterio:
    """Con qué se elige; vacío, no limita."""

    sistemas: list[int] = field(default_factory=list)
    cargo: str = ""
    tipos: list[str] = field(default_factory=list)
    provincias: list[str] = field(default_factory=list)

    def como_json(self) -> dict:
        return {
            "sistemas": self.sistemas,
            "cargo": self.cargo,
            "tipos": self.tipos,
            "provincias": self.provincias,
        }


@dataclass(frozen=True)
class Seleccion:
    """Los que cumplen el criterio, en lo que toca a una capacitación."""

    por_invitar: list[Operador]
    quitados: list[Operador]
    ya_invitados: list[Operador]
    sobran: int = 0  # los que pasan de ``MAXIMO``

    @property
    def total(self) -> int:
        return len(self.por_invitar) + len(self.quitados) + len(self.ya_invitados) + self.sobran

    @property
    def sin_correo(self) -> list[Operador]:
        return [operador for operador in self.por_invitar if not operador.correo]

    @property
    def con_correo(self) -> int:
        return len(self.por_invitar) - len(self.sin_correo)

    @property
    def entidades(self) -> list:
        return list(dict.fromkeys(operador.entidad for operador in self.por_invitar))


def operadores_de(capacitacion: Capacitacion, usuario):
    """Los activos al alcance de ``usuario``; si la capacitación es de un centro, los de las entidades que atiende."""
    suyos = Operador.objects.elegibles(usuario, ("eventos.add_convocatoria",))
    filas = suyos.activos().filter(entidad__esta_activa=True)
    return filas.filter(entidad__centro=capacitacion.centro_id) if capacitacion.centro_id else filas


def elegir(capacitacion: Capacitacion, usuario, criterio: Criterio, quitados: set[int] = frozenset()) -> Seleccion:
    """Reparte a quienes cumplen ``criterio``; ``quitados`` son las llaves que alguien sacó de la lista."""
    invitados = set(capacitacion.invitaciones.values_list("operador", flat=True))
    nuevos, ya, fuera = [], [], []
    for operador in _que_cumplen(operadores_de(capacitacion, usuario), criterio):
        grupo = ya if operador.pk in invitados else fuera if operador.pk in quitados else nuevos
        grupo.append(operador)
    return Seleccion(nuevos[:MAXIMO], fuera, ya, max(len(nuevos) - MAXIMO, 0))


def _que_cumplen(filas, criterio: Criterio) -> list[Operador]:
    if criterio.sistemas:
        enlaces = Operador.sistemas.through.objects.filter(sistema__in=criterio.sistemas)
        filas = filas.filter(pk__in=enlaces.values("operador"))
    if criterio.tipos:
        filas = filas.filter(entidad__tipo__in=criterio.tipos)
    if criterio.provincias:
        filas = filas.filter(entidad__distrito__provincia__in=criterio.provincias)
    filas = filas.select_related("entidad__distrito__provincia__departamento")
    filas = filas.order_by("entidad__nombre", "entidad", "apellidos", "nombres", "pk")
    return [operador for operador in filas if _tiene_cargo(operador.cargo, criterio.cargo)]


def _tiene_cargo(cargo: str, buscado: str) -> bool:
    """Si lleva cada palabra de ``buscado`` o su raíz, sin tildes: «tesoreros» halla «Tesorero»."""
    cargo = normalizar(cargo)
    return all(p in cargo or any(raiz in cargo for raiz in raices(p)) for p in palabras_de(buscado))
