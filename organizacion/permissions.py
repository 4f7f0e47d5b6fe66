"""Quién administra cuentas y grupos con las pantallas de Wagtail."""

from wagtail.permission_policies import ModelPermissionPolicy


class SoloSuperusuario(ModelPermissionPolicy):
    """Las cuentas del personal se dan en el directorio (R4); con las de Wagtail uno se daría cualquier rol."""

    def user_has_permission(self, user, action):
        return user.is_active and user.is_superuser

    def user_has_any_permission(self, user, actions):
        return user.is_active and user.is_superuser

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(actions).filter(is_superuser=True)
