from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from eventos import calendario as meses
from eventos.forms.filtros import FiltrosForm
from eventos.models import CalendarioPage, Capacitacion

POR_PAGINA = 20


@require_safe
@cache_control(public=True, max_age=30)
def calendario(request):
    """Agenda de las que vienen, mes en cuadrícula o las pasadas; los filtros van en la dirección."""
    form = FiltrosForm(request.GET)
    filas = Capacitacion.objects.publicadas().filtradas(**form.elegidos).para_mostrar()
    vista = request.GET.get("vista")
    vista = vista if vista in VISTAS else "agenda"
    plantilla, armar = VISTAS[vista]
    contexto = {
        "form": form,
        "vista": vista,
        "pagina_wagtail": CalendarioPage.objects.live().first(),
        "parametros": _sin(request, "pagina"),
        "filtros": _sin(request, "pagina", "vista", "mes", "dia"),
    }
    return render(request, plantilla, contexto | armar(request, form, filas))


def _agenda(request, form, filas):
    dia = form.elegidos.get("dia")
    return {"dia": dia} | _lista(request, filas.order_by("fecha_inicio", "pk") if dia else filas.proximas())


def _pasadas(request, form, filas):
    return _lista(request, filas.pasadas())


def _lista(request, filas):
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("pagina"))
    return {"pagina": pagina, "grupos": meses.por_mes(pagina)}


def _mes(request, form, filas):
    hoy = timezone.localdate()
    pedido = request.GET.get("mes")
    mes = meses.leer_mes(pedido) or hoy.replace(day=1)
    filas = filas.entre(mes, meses.ultimo_dia(mes)).order_by("fecha_inicio", "pk")
    return {
        "mes": mes,
        "mes_desconocido": bool(pedido) and not meses.leer_mes(pedido),
        "semanas": meses.cuadricula(mes, filas, hoy=hoy),
        "anterior": meses.mes_anterior(mes),
        "siguiente": meses.mes_siguiente(mes),
        "total": len(filas),
    }


def _sin(request, *nombres):
    """La consulta de la dirección sin ``nombres`` ni filtros vacíos, terminada en «&» si queda algo."""
    consulta = request.GET.copy()
    for nombre in [*nombres, *(nombre for nombre, valor in request.GET.items() if not valor)]:
        consulta.pop(nombre, None)
    return f"{consulta.urlencode()}&" if consulta else ""


VISTAS = {
    "agenda": ("eventos/calendario_lista.html", _agenda),
    "pasadas": ("eventos/calendario_lista.html", _pasadas),
    "mes": ("eventos/calendario_mes.html", _mes),
}
