"""Aprobar una edición o pedir cambios, sin salir de sus vistas previas (ADR 0022)."""

from django.db import transaction

from boletines.models import BoletinPage
from boletines.permissions import puede_aprobar
from custodia.actions import anotar
from organizacion.models import Usuario


class NoEsperaAprobacion(Exception):
    """Ya la resolvió otra persona, o no le toca a quien lo pide."""


class CambioEntretanto(Exception):
    """Alguien guardó otra versión mientras se miraba: no es lo que se iba a aprobar."""


@transaction.atomic
def resolver(*, boletin: BoletinPage, por: Usuario, aprueba: bool, revision: int, comentario: str = "", request=None):
    """Aprueba la ``revision`` vista, que con eso se publica y se remite, o la devuelve con ``comentario``.

    Levanta ``NoEsperaAprobacion`` y ``CambioEntretanto``.
    """
    boletin = BoletinPage.objects.select_for_update(of=("self",)).get(pk=boletin.pk)
    if not puede_aprobar(por, boletin):
        raise NoEsperaAprobacion
    if boletin.latest_revision_id != revision:
        raise CambioEntretanto
    estado = boletin.current_workflow_task_state
    accion = "approve" if aprueba else "reject"
    estado.task.specific.on_action(estado, por, accion, comment=comentario)
    anotar(accion="aprobar boletín" if aprueba else "pedir cambios", por=por, objeto=boletin, request=request)
