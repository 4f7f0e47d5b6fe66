"""Lo que se puede elegir al programar por renglones en un centro: sistemas y personal, traídos una vez."""

from functools import cached_property

from django.db.models import Q

from comun.texto import normalizar
from directorio.models import Personal
from organizacion.models import Centro, Sistema


class Catalogo:
    def __init__(self, centro: Centro):
        self.centro = centro

    @cached_property
    def sistemas(self) -> list[Sistema]:
        return list(Sistema.objects.select_related("organo"))

    @cached_property
    def personal(self) -> list[Personal]:
        """Quienes hoy pueden exponer en el centro: los suyos primero, luego los de la sede."""
        filas = Personal.objects.vigentes().filter(Q(centro=self.centro) | Q(centro__isnull=True))
        filas = filas.select_related("centro", "sistema").order_by("apellidos", "nombres")
        return sorted(filas, key=lambda persona: persona.centro_id is None)

    def sistema(self, texto: str) -> Sistema | None:
        """El que se llama así; también por su identificador o por el comienzo de su nombre, si es uno solo."""
        buscado = normalizar(texto)
        exactos = [s for s in self.sistemas if buscado in {normalizar(s.nombre), s.slug}]
        hallados = exactos or [s for s in self.sistemas if normalizar(s.nombre).startswith(buscado)]
        return hallados[0] if buscado and len(hallados) == 1 else None

    def persona(self, texto: str) -> Personal | None:
        """Quien se llama así, en cualquier orden («Huamán, Julia»); ``None`` si nadie o más de uno."""
        hallados = self._por_nombre.get(_palabras(texto), [])
        return hallados[0] if len(hallados) == 1 else None

    @cached_property
    def _por_nombre(self) -> dict[tuple, list[Personal]]:
        indice = {}
        for persona in self.personal:
            indice.setdefault(_palabras(str(persona)), []).append(persona)
        return indice


def _palabras(nombre: str) -> tuple[str, ...]:
    return tuple(sorted(normalizar(nombre).replace(",", " ").split()))
