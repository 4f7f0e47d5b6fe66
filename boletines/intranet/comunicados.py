"""Los comunicados en la intranet."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from boletines.models import ComunicadosIndexPage
from boletines.permissions import puede_editar


@require_safe
def comunicados(request):
    """Los comunicados son páginas: se escriben en el explorador."""
    indice = get_object_or_404(ComunicadosIndexPage)
    if not puede_editar(request.user, indice):
        raise PermissionDenied
    return redirect("wagtailadmin_explore", indice.pk)
