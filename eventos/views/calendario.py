from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from eventos import calendario as meses
from eventos.consulta import Consulta
from eventos.models import CalendarioPage, Capacitacion
from eventos.parecidas import con_parecidas

POR_PAGINA = 25


@require_safe
@cache_control(public=True, max_age=30)
def calendario(request):
    """Agenda, semana, mes o pasadas; todo lo que se elige va en la dirección. A htmx se le da solo lo que cambia."""
    consulta = Consulta(request.GET)
    contexto = {"consulta": consulta, "pagina_wagtail": CalendarioPage.objects.live().first()}
    contexto |= VISTAS[consulta.vista](consulta, request.GET.get("pagina"))
    contexto["es_fragmento"] = bool(request.htmx)
    respuesta = render(request, "eventos/_calendario.html" if request.htmx else "eventos/calendario.html", contexto)
    patch_vary_headers(respuesta, ["HX-Request"])
    return push_url(respuesta, _direccion(request, consulta)) if request.htmx else respuesta


def _direccion(request, consulta):
    """La dirección de lo que se ve, sin parámetros vacíos."""
    pagina = request.GET.get("pagina", "")
    parametros = consulta.parametros + (f"pagina={int(pagina)}" if pagina.isdecimal() and len(pagina) < 6 else "")
    return f"{request.path}?{parametros}".rstrip("?&")


def _agenda(consulta, pagina):
    todos = list(consulta.dias_de_agenda())
    dias = Paginator(todos, POR_PAGINA).get_page(pagina)
    filas = _para_mostrar(Capacitacion.objects.filter(pk__in={pk for _, pk, _ in dias}))
    de_cada_una = {c.pk: {e.fecha: e for e in meses.entradas_de(c, consulta.dia or consulta.hoy)} for c in filas}
    entradas = [de_cada_una[pk][fecha] for fecha, pk, _ in dias]
    return {
        "plantilla": "eventos/_agenda.html",
        "pagina": dias,
        "dias": meses.dias_de(entradas, hoy=consulta.hoy),
        "total": len({pk for _, pk, _ in todos}),
    }


def _semana(consulta, pagina):
    filas = _para_mostrar(consulta.filas())
    lunes = consulta.semana
    return {
        "plantilla": "eventos/_semana.html",
        "dias": meses.dias_de_la_semana(lunes, filas, hoy=consulta.hoy),
        "anterior": meses.semana_anterior(lunes),
        "siguiente": meses.semana_siguiente(lunes),
        "total": len(filas),
    }


def _mes(consulta, pagina):
    filas = _para_mostrar(consulta.filas())
    mes = consulta.mes
    return {
        "plantilla": "eventos/_mes.html",
        "semanas": meses.cuadricula(mes, filas, hoy=consulta.hoy),
        "anterior": meses.mes_anterior(mes),
        "siguiente": meses.mes_siguiente(mes),
        "total": len(filas),
    }


def _pasadas(consulta, pagina):
    filas = Paginator(consulta.filas().para_mostrar().con_materiales(), POR_PAGINA).get_page(pagina)
    return {
        "plantilla": "eventos/_pasadas.html",
        "pagina": filas,
        "grupos": meses.por_mes(filas),
        "anios": meses.por_anio(consulta.meses_pasados()),
        "total": filas.paginator.count,
    }


def _para_mostrar(filas):
    return con_parecidas(filas.para_mostrar().con_materiales())


VISTAS = {"agenda": _agenda, "semana": _semana, "mes": _mes, "pasadas": _pasadas}
