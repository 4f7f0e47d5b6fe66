"""Importar una lista de suscriptores: subirla, leer el ensayo y confirmarlo o descartarlo."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from boletines.actions import importacion as actions
from boletines.ensayo import Reparo
from boletines.forms import ImportacionForm
from boletines.lista import COLUMNAS
from boletines.models import ImportacionDeSuscriptores
from boletines.permissions import puede_importar_suscriptores
from comun.exportar import FORMATOS, TIPOS, a_csv, a_xlsx, respuesta_tabla
from custodia.actions import anotar
from custodia.archivos import entregar_archivo, vista_de_archivo
from organizacion.models import Centro, Sistema

A_LA_VISTA = 100  # líneas con reparo que muestra la página; todas van en la descarga
ULTIMAS = 50


def _con_permiso(vista):
    @wraps(vista)
    def con_permiso(request, pk=None, **kwargs):
        if not puede_importar_suscriptores(request.user):
            raise PermissionDenied
        if pk is None:
            return vista(request, **kwargs)
        return vista(request, get_object_or_404(ImportacionDeSuscriptores, pk=pk), **kwargs)

    return con_permiso


@require_safe
@_con_permiso
def importaciones(request):
    importaciones = ImportacionDeSuscriptores.objects.para_listar()[:ULTIMAS]
    return render(request, "boletines/intranet/importaciones/lista.html", {"importaciones": importaciones})


@require_http_methods(["GET", "HEAD", "POST"])
@_con_permiso
def subir(request):
    form = ImportacionForm(request.POST, request.FILES) if request.method == "POST" else ImportacionForm()
    if form.is_valid():
        try:
            hecha = actions.ensayar(**form.cleaned_data, por=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("importacion_de_suscriptores", hecha.pk)
    contexto = {"form": form, "temas": Sistema.objects.all()}
    return render(request, "boletines/intranet/importaciones/subir.html", contexto)


@require_safe
@_con_permiso
def plantilla(request, formato):
    if formato not in FORMATOS:
        raise Http404
    centro, temas = Centro.objects.activos().first(), [str(sistema) for sistema in Sistema.objects.all()[:2]]
    ejemplo = ["rosa.quispe@municipalidad.example", "Rosa Quispe", str(centro or ""), ", ".join(temas)]
    contenido = a_csv(COLUMNAS, [ejemplo]) if formato == "csv" else a_xlsx(COLUMNAS, [ejemplo])
    respuesta = HttpResponse(contenido, content_type=TIPOS[formato])
    respuesta["Content-Disposition"] = f'attachment; filename="suscriptores.{formato}"'
    return respuesta


@require_safe
@_con_permiso
def ver(request, importacion):
    cuentas = importacion.cuentas
    contexto = {
        "importacion": importacion,
        "nuevos": cuentas.get("nuevos", 0),
        "reparos": [(reparo.label, cuentas[reparo]) for reparo in Reparo if cuentas.get(reparo)],
        "errores": importacion.errores[:A_LA_VISTA],
        "cuantos_errores": len(importacion.errores),
    }
    return render(request, "boletines/intranet/importaciones/ver.html", contexto)


@require_safe
@_con_permiso
def errores(request, importacion, formato):
    """La lista completa de líneas que no entran, para corregirlas."""
    if formato not in FORMATOS:
        raise Http404
    filas = [fila[:3] for fila in importacion.errores]
    anotar(
        accion="exportar errores", por=request.user, objeto=importacion, detalle={"filas": len(filas)}, request=request
    )
    nombre = f"lineas-por-corregir-{importacion.pk}"
    return respuesta_tabla(["Línea", "Lo que dice", "Qué está mal"], filas, nombre=nombre, formato=formato)


@vista_de_archivo
@require_safe
@_con_permiso
def archivo(request, importacion, cual):
    pedido = {"lista": importacion.archivo, "evidencia": importacion.evidencia}.get(cual)
    if pedido is None:
        raise Http404
    anotar(accion="descargar importación", por=request.user, objeto=importacion, detalle={"que": cual}, request=request)
    return entregar_archivo(pedido, descargar=cual == "lista")


@require_POST
@_con_permiso
def confirmar(request, importacion):
    try:
        importacion = actions.incorporar(importacion=importacion, por=request.user)
    except (actions.NoProcede, ValidationError) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))
    else:
        hecho = "quedaron suscritas" if importacion.tiene_evidencia else "recibirán una invitación, una sola vez"
        messages.success(request, f"{importacion.cuentas['nuevos']:,} direcciones {hecho}.")
    return redirect("importacion_de_suscriptores", importacion.pk)


@require_POST
@_con_permiso
def descartar(request, importacion):
    try:
        actions.descartar(importacion=importacion, por=request.user)
    except actions.NoProcede as error:
        messages.error(request, str(error))
        return redirect("importacion_de_suscriptores", importacion.pk)
    messages.success(request, "Se descartó la lista y se borró el archivo: no se suscribió a nadie.")
    return redirect("importaciones_de_suscriptores")
