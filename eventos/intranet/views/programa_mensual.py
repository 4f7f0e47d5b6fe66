"""El programa del mes: la rejilla, el ingreso rápido, copiar el mes anterior y darlo por registrado (R66)."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.copia import copiar as copiar_a_fechas
from eventos.actions.lote import programar_lote
from eventos.actions.programa_mensual import dar_por_registrado
from eventos.actions.rechazos import NoProcede
from eventos.calendario import mes_anterior, mes_siguiente, ultimo_dia
from eventos.catalogo import Catalogo
from eventos.intranet.acceso import con_aviso_de_permiso, exigir
from eventos.intranet.centro import centro_pedido, centros_de, con_centro_y_mes, direccion, mes_pedido
from eventos.intranet.choques import avisar_choques
from eventos.intranet.forms.copia import copias_de
from eventos.intranet.forms.renglon import renglones_de
from eventos.intranet.panel.paso import cuantos
from eventos.intranet.rejilla import rejilla_de
from eventos.intranet.resumen import resumen_de
from eventos.models import Capacitacion
from eventos.programa_mensual import del_mes, situacion_de
from organizacion.dias import dias_no_laborables


@con_aviso_de_permiso
def programa(request):
    exigir(permissions.puede_ver_programa(request.user))
    centro, mes = centro_pedido(request), mes_pedido(request)
    contexto = {"centro": centro, "mes": mes, "centros": centros_de(request.user), **_meses(centro, mes)}
    if centro is None:
        contexto |= {"resumen": resumen_de(contexto["centros"], mes), "hoy": timezone.localdate()}
        return render(request, "eventos/intranet/programa/resumen.html", contexto)
    contexto |= {
        "rejilla": rejilla_de(
            mes,
            del_mes(centro, mes, request.user),
            request.user,
            hoy=timezone.localdate(),
            no_laborables=dias_no_laborables(centro, mes, ultimo_dia(mes)),
        ),
        "situacion": situacion_de(centro, mes),
        "puede_registrar": permissions.puede_registrar_programa(request.user, centro),
        "puede_programar": permissions.puede_programar_en(request.user, centro),
        "puede_importar": permissions.puede_importar_programa(request.user, centro),
    }
    return render(request, "eventos/intranet/programa/mes.html", contexto)


def _meses(centro, mes) -> dict:
    antes, despues = mes_anterior(mes), mes_siguiente(mes)
    return {
        "antes": antes,
        "despues": despues,
        "url_antes": direccion("programa-del-mes", centro, antes),
        "url_despues": direccion("programa-del-mes", centro, despues),
    }


@require_POST
@con_centro_y_mes(permissions.puede_registrar_programa)
def registrar(request, centro, mes):
    try:
        dar_por_registrado(centro=centro, mes=mes, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Quedó dicho que el programa del mes está registrado.")
    return redirect(direccion("programa-del-mes", centro, mes))


@con_centro_y_mes(permissions.puede_programar_en)
def rapido(request, centro, mes):
    filas = renglones_de(
        request.POST or None, catalogo=Catalogo(centro), mes=mes, lugar=Capacitacion.objects.lugar_habitual(centro)
    )
    if request.method == "POST" and filas.is_valid():
        nuevas = programar_lote(centro=centro, renglones=filas.renglones(), por=request.user)
        messages.success(request, f"Se guardaron {cuantos(len(nuevas), 'borrador', 'borradores')}.")
        avisar_choques(request, nuevas)
        return redirect(direccion("programa-del-mes", centro, mes))
    contexto = {"centro": centro, "mes": mes, "filas": filas, "volver": direccion("programa-del-mes", centro, mes)}
    return render(request, "eventos/intranet/programa/rapido.html", contexto)


@con_centro_y_mes(permissions.puede_programar_en)
def copiar(request, centro, mes):
    copias = copias_de(centro, mes, request.POST or None)
    if request.method == "POST" and copias.is_valid():
        nuevas = copiar_a_fechas(centro=centro, elegidas=copias.elegidas(), por=request.user)
        messages.success(request, f"Se copiaron {cuantos(len(nuevas), 'capacitación', 'capacitaciones')} en borrador.")
        avisar_choques(request, nuevas)
        return redirect(direccion("programa-del-mes", centro, mes))
    contexto = {"centro": centro, "mes": mes, "copias": copias, "antes": mes_anterior(mes)}
    contexto["volver"] = direccion("programa-del-mes", centro, mes)
    return render(request, "eventos/intranet/programa/copiar.html", contexto)
