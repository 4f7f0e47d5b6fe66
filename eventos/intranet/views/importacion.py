"""Importar el programa de una hoja de cálculo: subir, leer el informe y confirmar o descartar."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.exportar import TIPOS, XLSX
from eventos import permissions
from eventos.actions import importacion as acciones
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_fila, exigir
from eventos.intranet.centro import con_centro_y_mes, direccion
from eventos.intranet.choques import avisar_choques
from eventos.intranet.panel.paso import cuantos
from eventos.models import ImportacionDePrograma
from eventos.plantilla import plantilla as libro_de_plantilla

con_importacion = con_fila(
    ImportacionDePrograma.objects.select_related("centro", "creada_por"), permissions.puede_ver_programa
)


class SubirForm(forms.Form):
    archivo = forms.FileField(
        label="Libro de Excel (.xlsx)",
        max_length=200,
        help_text="Hasta 2,000 filas y 10 MB. Se lee y se le muestra qué dice cada fila; todavía no se guarda nada.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Elija el archivo.", "empty": "El archivo está vacío."},
    )


@con_centro_y_mes(permissions.puede_importar_programa)
def subir(request, centro, mes):
    form = SubirForm(request.POST, request.FILES) if request.method == "POST" else SubirForm()
    if form.is_valid():
        try:
            hecha = acciones.revisar(archivo=form.cleaned_data["archivo"], centro=centro, por=request.user)
        except ValidationError as error:
            form.add_error("archivo", error)
        else:
            return redirect("eventos_intranet:importacion", hecha.pk)
    contexto = {"centro": centro, "mes": mes, "form": form, "volver": direccion("programa-del-mes", centro, mes)}
    contexto["pendientes"] = ImportacionDePrograma.objects.filter(centro=centro, estado="revisada")[:5]
    contexto["url_plantilla"] = direccion("programa-plantilla", centro, mes)
    return render(request, "eventos/intranet/programa/importar.html", contexto)


@con_centro_y_mes(permissions.puede_importar_programa)
def plantilla(request, centro, mes):
    respuesta = HttpResponse(libro_de_plantilla(centro), content_type=TIPOS[XLSX])
    respuesta["Content-Disposition"] = f'attachment; filename="programa-{centro.slug}.xlsx"'
    respuesta["Cache-Control"] = "no-store"
    return respuesta


@con_importacion
def revisar(request, importacion):
    exigir(permissions.puede_importar_programa(request.user, importacion.centro))
    filas = importacion.filas
    buenas = [fila for fila in filas if fila["datos"]]
    contexto = {
        "importacion": importacion,
        "centro": importacion.centro,
        "buenas": len(buenas),
        "malas": len(filas) - len(buenas),
        "con_avisos": sum(bool(fila["avisos"]) for fila in buenas),
        "url_otra": direccion("programa-importar", importacion.centro),
    }
    return render(request, "eventos/intranet/programa/importacion.html", contexto)


@require_POST
@con_importacion
def confirmar(request, importacion):
    exigir(permissions.puede_importar_programa(request.user, importacion.centro))
    try:
        nuevas = acciones.confirmar(importacion=importacion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
        return redirect("eventos_intranet:importacion", importacion.pk)
    if not nuevas:
        messages.info(request, "No se creó nada: ya estaban todas en el programa.")
        return redirect(direccion("programa-del-mes", importacion.centro))
    messages.success(request, f"Se crearon {cuantos(len(nuevas), 'borrador', 'borradores')}.")
    avisar_choques(request, nuevas)
    primera = min(nueva.fecha_inicio for nueva in nuevas)
    return redirect(direccion("programa-del-mes", importacion.centro, primera))


@require_POST
@con_importacion
def descartar(request, importacion):
    exigir(permissions.puede_importar_programa(request.user, importacion.centro))
    try:
        acciones.descartar(importacion=importacion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Se descartó: no se guardó nada de ese archivo.")
    return redirect(direccion("programa-importar", importacion.centro))
