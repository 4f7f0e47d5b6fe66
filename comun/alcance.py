"""Alcance: qué filas puede ver y tocar cada usuario (docs/reglas/invariantes.md).

Toda fila que pertenece a un centro se alcanza con ``Modelo.objects.para(usuario)``; lo que queda fuera no existe
para él (404).
"""

from dataclasses import dataclass, field, replace

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Alcance:
    """Lo que los roles vigentes de un usuario abarcan. ``centros``, ``sistemas`` y ``aliados`` son llaves primarias."""

    nacional: bool = False
    centros: frozenset[int] = field(default_factory=frozenset)
    sistemas: frozenset[int] = field(default_factory=frozenset)
    aliados: frozenset[int] = field(default_factory=frozenset)


NINGUNO = Alcance()


def alcance_de(usuario) -> Alcance:
    """El alcance de ``usuario``; ninguno si es anónimo o su cuenta está cerrada."""
    if usuario is None or not usuario.is_authenticated or not usuario.is_active:
        return NINGUNO
    return usuario.alcance


class QuerySetConAlcance(models.QuerySet):
    """QuerySet de un modelo que pertenece a un centro.

    ``ruta_centro``: camino de campos hasta el centro. ``ruta_sistemas``: camino hasta los sistemas administrativos,
    para que un Responsable Técnico vea los de todos los centros en su sistema (R17); ``None`` si no tiene.
    ``ruta_aliado``: camino hasta la entidad aliada, que ve sus servicios conjuntos (R7).
    """

    ruta_centro = "centro"
    ruta_sistemas: str | None = None
    ruta_aliado: str | None = None

    def para(self, usuario):
        """Solo las filas dentro del alcance de ``usuario``."""
        alcance = alcance_de(usuario)
        if alcance.nacional:
            return self.all()
        return self.filter(self.condicion(alcance))

    def propias(self, usuario):
        """Las que además puede cambiar. Las de su sistema en centros que no son suyos solo las ve (R17)."""
        alcance = alcance_de(usuario)
        de_centro = replace(alcance, sistemas=frozenset(), aliados=frozenset())
        return self.all() if alcance.nacional else self.filter(self.condicion(de_centro))

    def condicion(self, alcance: Alcance) -> Q:
        if alcance.nacional:
            return Q()
        dentro = Q(**{f"{self.ruta_centro}__in": alcance.centros})
        if self.ruta_sistemas and alcance.sistemas:
            # Subconsulta y no unión: un M2M repetiría filas.
            de_su_sistema = self.model._base_manager.filter(**{f"{self.ruta_sistemas}__in": alcance.sistemas})
            dentro |= Q(pk__in=de_su_sistema.values("pk"))
        if self.ruta_aliado and alcance.aliados:
            dentro |= Q(**{f"{self.ruta_aliado}__in": alcance.aliados})
        return dentro


def en_alcance(queryset, usuario):
    """``queryset.para(usuario)`` si el modelo tiene alcance; si es de todos (un catálogo), igual que vino."""
    para = getattr(queryset, "para", None)
    return para(usuario) if para else queryset


def propias(queryset, usuario):
    """``queryset.propias(usuario)`` si el modelo tiene alcance; si es de todos (un catálogo), igual que vino."""
    suyas = getattr(queryset, "propias", None)
    return suyas(usuario) if suyas else queryset
