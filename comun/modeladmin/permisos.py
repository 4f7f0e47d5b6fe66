from wagtail_modeladmin.helpers import PermissionHelper

from comun.alcance import alcance_de, propias


class PermisosEnAlcance(PermissionHelper):
    """El permiso del rol y, para cambiar o borrar, que la fila sea de un centro suyo.

    Quien además es Responsable Técnico ve las de otros centros en su sistema (R17): las mira, no las toca.
    """

    def user_can_edit_obj(self, user, obj):
        return super().user_can_edit_obj(user, obj) and self._es_propia(user, obj)

    def user_can_delete_obj(self, user, obj):
        return super().user_can_delete_obj(user, obj) and self._es_propia(user, obj)

    def _es_propia(self, user, obj):
        alcance = alcance_de(user)
        if alcance.nacional or not alcance.sistemas:
            return True  # lo que ve es lo suyo: no se pregunta de nuevo por cada fila de la lista
        return propias(self.model._default_manager.all(), user).filter(pk=obj.pk).exists()
