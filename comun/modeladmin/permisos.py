from wagtail_modeladmin.helpers import PermissionHelper

from comun.alcance import puede_en


class PermisosEnAlcance(PermissionHelper):
    """El permiso del rol y, para cambiar o borrar, que la fila sea de un centro suyo.

    Lo que ve por otro rol (de Responsable Técnico, R17, o en otro centro) lo mira y no lo toca.
    """

    def user_can_edit_obj(self, user, obj):
        return super().user_can_edit_obj(user, obj) and self._es_propia(user, obj, "change")

    def user_can_delete_obj(self, user, obj):
        return super().user_can_delete_obj(user, obj) and self._es_propia(user, obj, "delete")

    def _es_propia(self, user, obj, accion):
        return puede_en(user, obj, f"{self.opts.app_label}.{self.get_perm_codename(accion)}")
