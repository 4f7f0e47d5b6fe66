"""Los comunicados en la intranet."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from boletines.models import ComunicadosIndexPage


@require_safe
def comunicados(request):
    """Los comunicados son páginas: se escriben en el explorador."""
    return redirect("wagtailadmin_explore", get_object_or_404(ComunicadosIndexPage).pk)
