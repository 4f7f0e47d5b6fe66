"""Las pantallas de la mesa. La página es un marco sin datos de nadie: los pide su guion y quedan en el aparato."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from comun.antiabuso import Tope, frenado, navegador_de
from eventos.actions.mesa import ClaveGastada, apertura_vale, cerrar_mesa, usar_mesa
from eventos.actions.operaciones_de_mesa import aplicar
from eventos.models import Mesa, OperacionDeMesa

from .datos import cuenta_de, datos_de
from .forms import AbrirForm, leer_lote
from .sesion import con_mesa, mesa_de, por_que_no, privada, rechazar, recordar

# Quien prueba códigos: son 59 bits, de un solo uso y valen una hora.
INTENTOS = Tope("mesa:abrir", 60)


@require_safe
@privada
def entrada(request):
    """Lleva a la mesa de este aparato o pide el código de una."""
    suya = mesa_de(request)
    form = AbrirForm(request.GET if "codigo" in request.GET else None)
    if form.is_valid():
        return redirect("eventos:mesa:abrir", form.cleaned_data["codigo"])
    if suya and not form.is_bound and por_que_no(suya) is None:
        return redirect("eventos:mesa:mesa", suya.pk)
    return render(request, "eventos/mesa/entrada.html", {"form": form})


@privada
def abrir(request, clave):
    """Muestra qué mesa es; el POST gasta el código y deja la sesión en este aparato."""
    if frenado(request, INTENTOS, navegador_de(request)):
        return render(request, "eventos/mesa/codigo_malo.html", {"frenado": True}, status=429)
    if request.method == "POST":
        try:
            mesa, clave_del_aparato = usar_mesa(clave_de_apertura=clave, request=request)
        except ClaveGastada:
            return render(request, "eventos/mesa/codigo_malo.html", status=410)
        respuesta = redirect("eventos:mesa:mesa", mesa.pk)
        recordar(respuesta, mesa, clave_del_aparato)
        return respuesta
    mesa = Mesa.objects.select_related("capacitacion__centro", "abierta_por").filter(clave_de_apertura=clave).first()
    if mesa is None or not apertura_vale(mesa):
        return render(request, "eventos/mesa/codigo_malo.html", status=410 if mesa else 404)
    return render(request, "eventos/mesa/abrir.html", {"mesa": mesa, "suya": mesa_de(request)})


@require_safe
@con_mesa
def mesa(request, mesa):
    """Cerrada o vencida, la misma página (403) muestra lo que el aparato no alcanzó a enviar."""
    motivo = por_que_no(mesa)
    return render(request, "eventos/mesa/mesa.html", {"mesa": mesa, "motivo": motivo}, status=403 if motivo else 200)


@require_safe
@con_mesa
def datos(request, mesa):
    if motivo := por_que_no(mesa):
        return rechazar(motivo)
    return JsonResponse(datos_de(mesa))


@require_POST
@con_mesa
def operaciones(request, mesa):
    """Aplica en orden un lote; cada operación responde por su lado y repetir el lote no repite nada."""
    try:
        lote = leer_lote(request.body, mesa.capacitacion)
    except ValidationError as error:
        return JsonResponse({"error": "lote", "mensaje": error.messages[0]}, status=400)
    if motivo := por_que_no(mesa):
        numeros = [operacion.numero for operacion in lote]
        llegaron = OperacionDeMesa.objects.filter(mesa=mesa, pk__in=numeros)
        return rechazar(motivo, resultados=[_resultado(hecha) for hecha in llegaron])
    hechas = [aplicar(mesa=mesa, operacion=operacion, request=request) for operacion in lote]
    return JsonResponse({"resultados": [_resultado(hecha, mesa) for hecha in hechas], **cuenta_de(mesa)})


def _resultado(hecha: OperacionDeMesa, mesa: Mesa | None = None) -> dict:
    if mesa and hecha.mesa_id != mesa.pk:  # el número es de otra: no se cuenta qué hizo
        return {"numero": str(hecha.pk), "codigo": "ajena", "texto": "Esa operación es de otra mesa."}
    return {"numero": str(hecha.pk), "texto": hecha.conflicto, **hecha.resultado}


@require_POST
@con_mesa
def cerrar(request, mesa):
    cerrar_mesa(mesa=mesa, request=request)
    return JsonResponse({"cerrada": True})


@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """Se sirve bajo /mesa/ porque un «service worker» solo alcanza lo que está en su carpeta."""
    guion = Path(finders.find("eventos/mesa/sw.js")).read_bytes()
    return HttpResponse(guion, content_type="text/javascript; charset=utf-8")
