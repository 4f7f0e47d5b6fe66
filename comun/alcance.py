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


# Con qué acciones se ve una fila y con cuáles se toca.
VER = ("view",)
TOCAR = ("add", "change", "delete", "aprobar", "retirar")
# ``permiso_de`` de lo que no es secreto dentro de un centro: basta cualquier rol en él.
CUALQUIER_ROL = ""


def alcance_de(usuario, *permisos: str) -> Alcance:
    """El alcance de ``usuario``; ninguno si es anónimo o su cuenta está cerrada.

    Con ``permisos`` («eventos.change_pregunta»), solo lo que abarcan los roles que dan alguno: coordinar un centro no
    sirve en otro donde se es asistente. Sin ellos es la unión de todos: úsela solo para lo que no protege filas.
    """
    if usuario is None or not usuario.is_authenticated or not usuario.is_active:
        return NINGUNO
    return usuario.alcance_con(*permisos) if permisos else usuario.alcance


def permisos_sobre(modelo, acciones=TOCAR) -> tuple[str, ...]:
    """Los de ``acciones`` sobre ``modelo``, como los pregunta ``has_perm``."""
    return tuple(f"{modelo._meta.app_label}.{accion}_{modelo._meta.model_name}" for accion in acciones)


class QuerySetConAlcance(models.QuerySet):
    """QuerySet de un modelo que pertenece a un centro.

    ``ruta_centro``: camino de campos hasta el centro. ``ruta_sistemas``: camino hasta los sistemas administrativos,
    para que un Responsable Técnico vea los de todos los centros en su sistema (R17); ``None`` si no tiene.
    ``ruta_aliado``: camino hasta la entidad aliada, que ve sus servicios conjuntos (R7).
    ``permiso_de``: «app.modelo» cuyo permiso abre estas filas; el propio si es ``None``. Lo declara el detalle que se
    ve con su cabecera. ``acciones_propias``: las que hacen suya una fila.
    """

    ruta_centro = "centro"
    ruta_sistemas: str | None = None
    ruta_aliado: str | None = None
    permiso_de: str | None = None
    acciones_propias = TOCAR

    def para(self, usuario):
        """Solo las filas que alcanza con los roles que le dejan verlas."""
        return self.en(self.alcance_para(usuario, VER))

    def propias(self, usuario):
        """Las que además puede cambiar. Las de su sistema en centros que no son suyos solo las ve (R17)."""
        return self.en(solo_de_centro(self.alcance_para(usuario, self.acciones_propias)))

    def elegibles(self, usuario, permisos):
        """Las que puede elegir en un formulario que pide alguno de ``permisos``: las ve y son de donde los tiene."""
        vistas = self.en(solo_de_centro(self.alcance_para(usuario, VER)))
        return vistas.en(solo_de_centro(alcance_de(usuario, *permisos)))

    def en(self, alcance: Alcance):
        return self.all() if alcance.nacional else self.filter(self.condicion(alcance))

    @classmethod
    def permisos_de(cls, modelo, acciones) -> tuple[str, ...]:
        """Los permisos que abren las filas de ``modelo``; ninguno si basta cualquier rol."""
        if cls.permiso_de is None:
            return permisos_sobre(modelo, acciones)
        app, _, nombre = cls.permiso_de.partition(".")
        return tuple(f"{app}.{accion}_{nombre}" for accion in acciones) if nombre else ()

    def alcance_para(self, usuario, acciones) -> Alcance:
        return alcance_de(usuario, *self.permisos_de(self.model, acciones))

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


def solo_de_centro(alcance: Alcance) -> Alcance:
    """Sin lo que se alcanza por el sistema o por la entidad aliada, que se mira y no se toca."""
    return replace(alcance, sistemas=frozenset(), aliados=frozenset())


def puede_en(usuario, fila, permiso: str) -> bool:
    """Si ``usuario`` tiene ``permiso`` por un rol que abarca el centro de ``fila``; no consulta si ya está traído."""
    alcance = alcance_de(usuario, permiso)
    if alcance.nacional:
        return True
    filas = type(fila)._default_manager.all()
    return not hasattr(filas, "para") or _centro_de(fila, filas.ruta_centro) in alcance.centros


def _centro_de(fila, ruta: str) -> int | None:
    *camino, ultimo = ruta.split("__")
    for paso in camino:
        fila = getattr(fila, paso)
    return fila.pk if ultimo == "pk" else getattr(fila, f"{ultimo}_id")


def en_alcance(queryset, usuario):
    """``queryset.para(usuario)`` si el modelo tiene alcance; si es de todos (un catálogo), igual que vino."""
    para = getattr(queryset, "para", None)
    return para(usuario) if para else queryset
