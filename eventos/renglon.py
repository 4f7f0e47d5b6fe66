"""Un renglón del programa: una capacitación por programar, escrita en una línea (la rejilla o una hoja de cálculo)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError

from comun.texto import normalizar
from organizacion.models import Centro

from .choques import Bloque
from .models import Capacitacion, Expositor, Sesion

_REVISADOS_AQUI = ("titulo", "tipo", "modalidad", "lugar", "direccion", "enlace_virtual", "cupos")


@dataclass(frozen=True)
class Turno:
    fecha: dt.date
    hora_inicio: dt.time
    hora_fin: dt.time


@dataclass(frozen=True)
class Ponente:
    nombre: str
    personal: int | None = None
    procedencia: str = Expositor.Procedencia.OTRA
    cargo: str = ""
    tema: str = ""


def ponente_del_personal(personal, tema: str = "") -> Ponente:
    procedencia = Expositor.Procedencia.CENTRO if personal.centro_id else Expositor.Procedencia.SEDE
    return Ponente(str(personal), personal.pk, procedencia, personal.cargo_completo, tema)


@dataclass
class Renglon:
    """``sistemas``: llaves primarias. Los textos ya vienen limpios."""

    titulo: str
    tipo: str
    modalidad: str
    sistemas: list[int]
    turnos: list[Turno]
    ponentes: list[Ponente] = field(default_factory=list)
    lugar: str = ""
    direccion: str = ""
    enlace_virtual: str = ""
    cupos: int | None = None
    objetivo: str = ""
    publico_objetivo: str = ""

    @property
    def llave(self) -> tuple[str, dt.date, dt.time]:
        """Lo que no se programa dos veces en un centro: el mismo título, el mismo día, a la misma hora."""
        return llave_de(self.titulo, self.turnos[0].fecha, self.turnos[0].hora_inicio)

    def capacitacion(self, centro: Centro) -> Capacitacion:
        aparte = {"sistemas", "turnos", "ponentes"}
        return Capacitacion(centro=centro, **{c: v for c, v in vars(self).items() if c not in aparte})

    def sesiones(self) -> list[Sesion]:
        return [Sesion(**asdict(turno)) for turno in self.turnos]

    def expositores(self) -> list[Expositor]:
        return [
            Expositor(personal_id=p.personal, nombre=p.nombre, procedencia=p.procedencia, cargo=p.cargo, tema=p.tema)
            for p in self.ponentes
        ]

    def errores(self) -> dict[str, list[str]]:
        """Lo que sus campos no admiten (largo, caracteres de control, enlace), por campo."""
        fila = self.capacitacion(None)
        try:
            fila.clean_fields(exclude={c.name for c in fila._meta.fields} - set(_REVISADOS_AQUI))
        except ValidationError as error:
            return error.message_dict
        return {}

    def bloques(self, clave, centro: Centro) -> list[Bloque]:
        """Sus turnos, para buscar choques antes de guardarlo."""
        virtual = self.modalidad == Capacitacion.Modalidad.VIRTUAL
        return [
            Bloque(
                clave=clave,
                fecha=turno.fecha,
                hora_inicio=turno.hora_inicio,
                hora_fin=turno.hora_fin,
                titulo=self.titulo,
                personas=tuple((p.personal, p.nombre) for p in self.ponentes),
                centro=(centro.pk, centro.nombre),
                lugar="" if virtual else self.lugar,
            )
            for turno in self.turnos
        ]

    def a_datos(self) -> dict:
        """Como texto, para guardarlo en JSON; ``de_datos`` lo rehace."""
        turnos = [[t.fecha.isoformat(), f"{t.hora_inicio:%H:%M}", f"{t.hora_fin:%H:%M}"] for t in self.turnos]
        return vars(self) | {"turnos": turnos, "ponentes": [asdict(p) for p in self.ponentes]}

    @classmethod
    def de_datos(cls, datos: dict) -> "Renglon":
        turnos = [
            Turno(dt.date.fromisoformat(fecha), dt.time.fromisoformat(desde), dt.time.fromisoformat(hasta))
            for fecha, desde, hasta in datos["turnos"]
        ]
        return cls(**datos | {"turnos": turnos, "ponentes": [Ponente(**p) for p in datos["ponentes"]]})


def llave_de(titulo: str, fecha: dt.date, hora: dt.time) -> tuple[str, dt.date, dt.time]:
    return normalizar(titulo), fecha, hora


def ya_programadas(centro: Centro, fechas: Iterable[dt.date]) -> set[tuple[str, dt.date, dt.time]]:
    """Las ``llave`` de lo que el centro ya tiene, sin contar lo cancelado, entre la primera y la última fecha."""
    fechas = list(fechas)
    if not fechas:
        return set()
    filas = Sesion.objects.filter(capacitacion__centro=centro, fecha__range=(min(fechas), max(fechas)))
    filas = filas.exclude(capacitacion__estado=Capacitacion.Estado.CANCELADA)
    return {llave_de(*fila) for fila in filas.values_list("capacitacion__titulo", "fecha", "hora_inicio")}
