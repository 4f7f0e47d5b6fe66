"""Las ediciones del boletín en la intranet."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boletines.actions.envio import clave_de
from boletines.models import BoletinesIndexPage, BoletinPage
from boletines.permissions import puede_editar, puede_enviar_boletines, puede_ver_ediciones
from correo.avance import avances
from correo.models import Envio

POR_PAGINA = 24


@require_safe
def ediciones(request):
    """Todas las ediciones con su estado: borrador, publicada o enviada (cuántas de cuántas)."""
    if not puede_ver_ediciones(request.user):
        raise PermissionDenied
    todas = BoletinPage.objects.order_by("-anio", "-mes").defer("cuerpo", "texto_busqueda")
    pagina = Paginator(todas, POR_PAGINA).get_page(request.GET.get("p"))
    _poner_envios(pagina.object_list)
    indice = BoletinesIndexPage.objects.first()
    contexto = {
        "pagina": pagina,
        "indice": indice,
        "puede_editar": puede_editar(request.user, indice),
        "puede_enviar": puede_enviar_boletines(request.user),
    }
    return render(request, "boletines/intranet/ediciones.html", contexto)


def _poner_envios(boletines) -> None:
    """A cada edición, su ``envio`` (o ``None``) y su ``avance``, en dos consultas para toda la página."""
    claves = {clave_de(boletin): boletin for boletin in boletines}
    envios = {envio.clave: envio for envio in Envio.objects.filter(clave__in=claves)}
    avance_de = avances(envios.values())
    for clave, boletin in claves.items():
        boletin.envio = envios.get(clave)
        boletin.avance = boletin.envio and avance_de[boletin.envio.pk]
