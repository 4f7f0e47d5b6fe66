"""El flujo «Aprobación del boletín»: Comunicaciones escribe, la OGAUC aprueba, y al aprobarse se publica (ADR 0022)."""

from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from organizacion.actions import grupo_de_rol
from organizacion.models import Rol

from .models import AprobacionDeBoletin, BoletinesIndexPage

NOMBRE = "Aprobación del boletín"


def cargar_flujo() -> None:
    """Deja el flujo en el archivo de boletines, con el grupo de la OGAUC. Se puede repetir."""
    indice = BoletinesIndexPage.objects.first()
    if indice is None:
        return
    tarea, _ = AprobacionDeBoletin.objects.get_or_create(name="aprobación de la OGAUC", defaults={"active": True})
    tarea.groups.add(grupo_de_rol(Rol.OGAUC))
    flujo, _ = Workflow.objects.get_or_create(name=NOMBRE)
    WorkflowTask.objects.get_or_create(workflow=flujo, task=tarea.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=indice.page_ptr, defaults={"workflow": flujo})
