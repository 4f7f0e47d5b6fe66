from django.contrib.auth.models import AbstractUser
from django.utils.functional import cached_property

from comun.alcance import Alcance


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
        """Qué centros y sistemas abarcan sus roles vigentes (invariante 1)."""
        vigentes = self.asignaciones_vigentes
        return Alcance(
            nacional=self.is_superuser or any(a.es_nacional for a in vigentes),
            centros=frozenset(a.centro_id for a in vigentes if a.centro_id),
            sistemas=frozenset(a.sistema_id for a in vigentes if a.sistema_id and not a.centro_id),
            aliados=frozenset(a.organo_id for a in vigentes if a.organo_id),
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
