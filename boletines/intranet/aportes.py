"""La parte de cada centro y de cada Responsable Técnico: escribirla y entregarla (R107–R109)."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from boletines import permissions
from boletines.actions import aporte as acciones
from boletines.borradores import tipos_de
from boletines.models import Aporte
from boletines.programa import programa_que_se_anuncia
from comun.templatetags.comun import hora
from eventos.intranet.acceso import con_aviso_de_permiso, con_fila, exigir

from .forms.aportes import TITULOS, FormularioDeAporte

POR_PAGINA = 24
CON_QUIEN = Aporte.objects.select_related("edicion", "centro", "sistema", "entregado_por", "guardado_por")
SOLO_QUIEN_RESPONDE = "Lo entrega el Coordinador del centro o el Responsable Técnico, o quien esté encargado."


@require_safe
@con_aviso_de_permiso
def boletin_del_mes(request):
    """La puerta del menú: la sede va al tablero; los demás ven sus aportes, el último primero."""
    exigir(permissions.puede_ver_aportes(request.user))
    if permissions.puede_ver_tablero(request.user):
        return redirect("boletin_tablero")
    suyos = Paginator(CON_QUIEN.para(request.user), POR_PAGINA).get_page(request.GET.get("p"))
    return render(request, "boletines/intranet/aportes.html", {"pagina": suyos})


@require_http_methods(["GET", "HEAD", "POST"])
@con_fila(CON_QUIEN, permissions.puede_ver_aportes)
def aporte(request, aporte):
    if not permissions.puede_escribir_aporte(request.user, aporte):
        exigir(request.method != "POST")
        return _mostrar(request, aporte)
    if request.method != "POST":
        return _escribir(request, aporte, FormularioDeAporte(aporte))
    if "entregar" in request.POST:
        exigir(permissions.puede_entregar_aporte(request.user, aporte), SOLO_QUIEN_RESPONDE)
    formulario = FormularioDeAporte(aporte, request.POST, request.FILES)
    es_valido = formulario.is_valid()
    if not acciones.esta_cerrado(aporte):
        formulario.guardar_fotos(request.user)
    if es_valido and _guardar(request, aporte, formulario):
        return redirect("aporte", aporte.pk)
    return _escribir(request, get_object_or_404(CON_QUIEN, pk=aporte.pk), formulario)


def _guardar(request, aporte, formulario) -> bool:
    accion = acciones.entregar if formulario.entrega else acciones.guardar_borrador
    version = formulario.general.cleaned_data["version"]
    try:
        accion(aporte=aporte, escrito=formulario.escrito(), version=version, por=request.user)
    except acciones.OtraPersonaGuardo as error:
        formulario.ponerse_al_dia(error.aporte.version)
        messages.error(request, _quien_guardo(error.aporte))
        return False
    except acciones.FaltaEditorial as error:
        formulario.general.add_error("editorial", str(error))
        return False
    except acciones.AporteRechazado as error:
        messages.error(request, str(error))
        return False
    messages.success(request, "Entregado. Gracias." if formulario.entrega else "Borrador guardado. Falta entregarlo.")
    return True


def _quien_guardo(aporte):
    return format_html(
        "{} guardó a las {}, después de que usted abrió esta página. Lo que usted escribió sigue aquí, sin guardar: "
        "mire lo de esa persona en otra pestaña y, si lo suyo debe quedar, vuelva a guardar.",
        aporte.guardado_por or "Otra persona",
        hora(aporte.guardado_en),
    )


def _escribir(request, aporte, formulario):
    if acciones.esta_cerrado(aporte):
        return _mostrar(request, aporte)
    contexto = {
        "aporte": aporte,
        "formulario": formulario,
        "puede_entregar": permissions.puede_entregar_aporte(request.user, aporte),
        "programa": programa_que_se_anuncia(aporte),
    }
    return render(request, "boletines/intranet/aporte_form.html", contexto)


def _secciones(aporte) -> list[tuple[str, list]]:
    """Pares (título, sus notas), en el orden del formulario."""
    notas = list(aporte.notas.select_related("imagen"))
    por_tipo = [(TITULOS[tipo][0], [nota for nota in notas if nota.tipo == tipo]) for tipo in tipos_de(aporte)]
    return [(titulo, suyas) for titulo, suyas in por_tipo if suyas]


def _mostrar(request, aporte):
    """Lo entregado (o el borrador automático), sin poder tocarlo."""
    contexto = {
        "aporte": aporte,
        "secciones": _secciones(aporte),
        "programa": programa_que_se_anuncia(aporte),
        "puede_reunir": permissions.puede_reunir_aportes(request.user),
    }
    return render(request, "boletines/intranet/aporte.html", contexto)
