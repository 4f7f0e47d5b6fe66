"""La aprobación de una edición antes de publicarla: flujo de Wagtail con una regla más (ADR 0022)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import AbstractGroupApprovalTask, PagePermissionTester, TaskState


class AprobacionDeBoletin(AbstractGroupApprovalTask):
    """Aprueba alguien del grupo que no la envió ni escribió lo último. Al publicarse, se remite (R110)."""

    class Meta:
        verbose_name = "aprobación del boletín"
        verbose_name_plural = "aprobaciones del boletín"

    @classmethod
    def get_description(cls):
        return "La aprueba alguien del grupo elegido; nunca quien la escribió o la envió a aprobar."

    def get_actions(self, obj, user):
        acciones = super().get_actions(obj, user)
        if es_propia(obj, user):
            return [accion for accion in acciones if accion[0] != "approve"]
        return acciones

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        edicion = task_state.workflow_state.content_object
        if action_name == "approve" and es_propia(edicion, user):
            raise PermissionDenied("Nadie aprueba lo que escribió o envió a aprobar.")
        super().on_action(task_state, user, action_name, **kwargs)
        if action_name == "approve":
            _remitir(edicion, user)


def es_propia(edicion, usuario) -> bool:
    """Si ``usuario`` envió a aprobar ``edicion`` o escribió su último cambio."""
    flujo = edicion.current_workflow_state
    ultima = edicion.latest_revision
    return bool(
        (flujo and flujo.requested_by_id == usuario.pk) or (ultima and ultima.user_id and ultima.user_id == usuario.pk)
    )


def acaba_de_aprobar(edicion, usuario, revision) -> bool:
    """Si ``usuario`` aprobó ``edicion`` después de escrita ``revision``: publicarla es cumplir esa aprobación."""
    aprobados = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        finished_by=usuario,
        finished_at__gte=revision.created_at,
        workflow_state__in=edicion.workflow_states.all(),
        task__in=AprobacionDeBoletin.objects.values("task_ptr"),
    )
    return aprobados.exists()


def _remitir(edicion, usuario) -> None:
    # Las acciones son de un piso interior que importa estos modelos.
    from boletines.actions.remision import remitir_si_procede

    remitir_si_procede(boletin=edicion, por=usuario)


class PermisosDeBoletin(PagePermissionTester):
    """Una edición se publica al aprobarse: el permiso de publicar que baja del inicio aquí no vale (ADR 0022).

    Retirar de la web lo publicado sí: un error no espera.
    """

    def can_publish(self):
        return self.user.is_active and self.user.is_superuser

    def can_publish_subpage(self):
        return self.user.is_active and self.user.is_superuser
