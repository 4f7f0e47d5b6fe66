from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser, Permission
from django.utils.functional import cached_property

from comun.alcance import Alcance

from .rol import Rol


class Usuario(AbstractUser):
    """Cuenta de una persona que trabaja en el MEF o en un centro. Sus roles están en ``Asignacion``."""

    class Meta(AbstractUser.Meta):
        verbose_name = "usuario"
        verbose_name_plural = "usuarios"

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def asignaciones_vigentes(self):
        """Roles vigentes hoy, propios y encargados; se leen una vez por petición."""
        return list(self.asignaciones.vigentes().select_related("centro", "sistema"))

    @cached_property
    def alcance(self) -> Alcance:
        """Qué centros y sistemas abarcan sus roles vigentes, todos juntos. Las filas se piden con ``alcance_con``."""
        return self._alcance_de(self.asignaciones_vigentes)

    def alcance_con(self, *permisos: str) -> Alcance:
        """Lo que abarcan los roles vigentes que dan alguno de ``permisos`` (invariante 1, ADR 0027)."""
        if permisos not in self._alcances:
            asignaciones = [a for a in self.asignaciones_vigentes if self._da_alguno(a.rol, permisos)]
            self._alcances[permisos] = self._alcance_de(asignaciones)
        return self._alcances[permisos]

    @cached_property
    def _alcances(self) -> dict[tuple[str, ...], Alcance]:
        return {}

    @cached_property
    def _permisos_por_rol(self) -> dict[str, set[str]]:
        """Los de cada rol vigente, por el grupo que lleva su nombre; una consulta por petición."""
        rotulos = {Rol(rol).label: rol for rol in self.roles}
        filas = Permission.objects.filter(group__name__in=rotulos).order_by()
        permisos = {rol: set() for rol in self.roles}
        for grupo, app, codigo in filas.values_list("group__name", "content_type__app_label", "codename"):
            permisos[rotulos[grupo]].add(f"{app}.{codigo}")
        return permisos

    def _da_alguno(self, rol: str, permisos: Iterable[str]) -> bool:
        return not self._permisos_por_rol[rol].isdisjoint(permisos)

    def _alcance_de(self, asignaciones) -> Alcance:
        return Alcance(
            nacional=self.is_superuser or any(a.es_nacional for a in asignaciones),
            centros=frozenset(a.centro_id for a in asignaciones if a.centro_id),
            sistemas=frozenset(a.sistema_id for a in asignaciones if a.sistema_id and not a.centro_id),
            aliados=frozenset(a.organo_id for a in asignaciones if a.organo_id),
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(a.rol for a in self.asignaciones_vigentes)

    def tiene_rol(self, *roles: str) -> bool:
        """Si alguno de ``roles`` está vigente; el superusuario los tiene todos."""
        return self.is_superuser or not self.roles.isdisjoint(roles)

    @property
    def centro(self):
        """El centro de su primer rol de centro, o ``None`` si es de la sede."""
        return next((a.centro for a in self.asignaciones_vigentes if a.centro_id), None)
