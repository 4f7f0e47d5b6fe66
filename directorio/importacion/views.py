"""Importar al directorio: subir, emparejar columnas, leer el ensayo, confirmar y deshacer. Y exportar."""

from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from comun.exportar import FORMATOS, respuesta_tabla
from comun.motivo import pregunta_de_motivo
from comun.registros import al_exportar
from directorio.models import Importacion, RenglonDeImportacion

from . import acciones, exportacion, guardar
from .campos import CAMPOS, CLAVES, MODELOS
from .deshacer import deshacer as deshacer_importacion
from .forms import ColumnasForm, ExportarForm, SubirForm
from .permisos import puede_exportar, puede_importar, tipos_de
from .presentacion import cuentas_de, presentar

Estado, Resultado = Importacion.Estado, RenglonDeImportacion.Resultado
A_LA_VISTA, ULTIMAS, MUESTRA = 100, 50, 3
EN_EL_ACTO = 1000  # filas que se guardan mientras el navegador espera; más van por la cola


def _con_importacion(vista):
    @wraps(vista)
    def envuelta(request, pk):
        importacion = get_object_or_404(
            Importacion.objects.propias(request.user).select_related("archivo", "centro"), pk=pk
        )
        if not puede_importar(request.user, importacion.tipo):
            raise PermissionDenied
        try:
            return vista(request, importacion)
        except ValidationError as error:  # lo guardado ya no se deja leer como tabla
            messages.error(request, " ".join(error.messages))
            return redirect("directorio_importar")

    return envuelta


def _exigir_archivo(importacion) -> None:
    """404 si lo subido ya no está: se descartó, venció su plazo o se perdió del disco."""
    archivo = importacion.archivo and importacion.archivo.archivo
    if not archivo or not archivo.storage.exists(archivo.name):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def importar(request):
    tipos = tipos_de(request.user)
    if not tipos:
        raise PermissionDenied
    form = SubirForm(
        request.POST or None,
        request.FILES or None,
        tipos=tipos,
        usuario=request.user,
        initial={"tipo": request.GET.get("tipo", "operador")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            nueva = acciones.subir(**form.cleaned_data, por=request.user)
        except ValidationError as error:
            form.add_error("archivo", error)
        else:
            return redirect("directorio_importacion_columnas", nueva.pk)
    ultimas = Importacion.objects.propias(request.user).filter(tipo__in=[tipo for tipo, _ in tipos])
    contexto = {"form": form, "ultimas": ultimas.select_related("subida_por", "centro")[:ULTIMAS], "tipos": tipos}
    contexto["exporta"] = tipos_de(request.user, puede_exportar)
    return render(request, "directorio/importacion/subir.html", contexto)


@require_safe
def plantilla(request, tipo):
    if tipo not in MODELOS or not puede_importar(request.user, tipo):
        raise Http404
    return respuesta_tabla([c.rotulo for c in CAMPOS[tipo]], [], nombre=f"plantilla-{tipo}", formato="xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@_con_importacion
def columnas(request, importacion):
    if importacion.estado not in (Estado.SUBIDA, Estado.ENSAYADA):
        return redirect("directorio_importacion", importacion.pk)
    _exigir_archivo(importacion)
    form = ColumnasForm(request.POST if request.method == "POST" else None, importacion=importacion)
    if form.is_valid():
        datos = {"mapeo": form.mapeo, "borra_vacias": form.cleaned_data["borra_vacias"]}
        try:
            acciones.ensayar(importacion=importacion, **datos, por=request.user)
        except acciones.NoProcede as error:
            messages.error(request, str(error))
        return redirect("directorio_importacion", importacion.pk)
    filas = acciones.filas_de(importacion)[:MUESTRA]
    muestras = [[fila.valores.get(encabezado) for fila in filas] for encabezado in importacion.encabezados]
    contexto = {
        "importacion": importacion,
        "form": form,
        "columnas": list(zip(importacion.encabezados, form.columnas(), muestras, strict=True)),
        "clave": CLAVES[importacion.tipo],
    }
    return render(request, "directorio/importacion/columnas.html", contexto)


@require_safe
@_con_importacion
def ver(request, importacion):
    if importacion.estado == Estado.SUBIDA:
        return redirect("directorio_importacion_columnas", importacion.pk)
    resultado = request.GET.get("resultado", "")
    renglones = importacion.renglones.all()
    renglones = renglones.filter(resultado=resultado) if resultado in Resultado.values else renglones
    cuentas, guardandose = importacion.cuentas, importacion.estado == Estado.APLICANDO
    contexto = {
        "importacion": importacion,
        "cuentas": cuentas_de(importacion),
        "guardandose": guardandose,
        "por_guardar": cuentas.get(Resultado.NUEVA, 0) + cuentas.get(Resultado.ACTUALIZA, 0),
        "errores": cuentas.get(Resultado.ERROR, 0),
        "renglones": [] if guardandose else presentar(renglones[:A_LA_VISTA], importacion),
        "sin_importar": [e for e in importacion.encabezados if e not in importacion.mapeo],
        "elegido": resultado,
        "columnas": acciones.huella_de_columnas(importacion),
        "a_la_vista": A_LA_VISTA,
    }
    return render(request, "directorio/importacion/ver.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@_con_importacion
def errores(request, importacion):
    """Las filas con error como vinieron, con una columna que dice por qué: se corrigen y se vuelven a subir."""
    volver = reverse("directorio_importacion", args=[importacion.pk])
    if pregunta := pregunta_de_motivo(request, MODELOS[importacion.tipo], volver=volver):
        return pregunta
    _exigir_archivo(importacion)
    malas = dict(importacion.renglones.filter(resultado=Resultado.ERROR).values_list("numero", "motivos"))
    filas = [fila for fila in acciones.filas_de(importacion) if fila.numero in malas]
    tabla = [[*(f.valores.get(e) for e in importacion.encabezados), " ".join(malas[f.numero])] for f in filas]
    for avisar in al_exportar:
        avisar(request.user, MODELOS[importacion.tipo], len(tabla), request)
    encabezados = [*importacion.encabezados, "Qué está mal"]
    return respuesta_tabla(encabezados, tabla, nombre=f"por-corregir-{importacion.pk}", formato=FORMATOS[0])


@require_POST
@_con_importacion
def confirmar(request, importacion):
    """Pocas filas se guardan en el acto; muchas, por la cola. Repetirlo no guarda nada dos veces."""
    _exigir_archivo(importacion)
    try:
        guardar.exigir_lo_visto(importacion, request.POST.get("columnas", ""))
        if importacion.total() > EN_EL_ACTO:
            guardar.encolar(importacion=importacion, por=request.user)
            messages.info(request, "Se está guardando. Puede cerrar esta página y volver después.")
        else:
            guardar.confirmar(importacion=importacion, por=request.user)
            messages.success(request, "Se guardó en el directorio.")
    except acciones.NoProcede as error:
        messages.error(request, str(error))
    return redirect("directorio_importacion", importacion.pk)


@require_POST
@_con_importacion
def deshacer(request, importacion):
    try:
        deshecha = deshacer_importacion(importacion=importacion, por=request.user)
    except acciones.NoProcede as error:
        messages.error(request, str(error))
    else:
        quedan = deshecha.cuentas.get(Resultado.QUEDA, 0)
        messages.success(request, f"Se deshizo.{f' {quedan} filas se quedan: abajo dice por qué.' if quedan else ''}")
    return redirect("directorio_importacion", importacion.pk)


@require_POST
@_con_importacion
def descartar(request, importacion):
    try:
        acciones.descartar(importacion=importacion, por=request.user)
    except acciones.NoProcede as error:
        messages.error(request, str(error))
        return redirect("directorio_importacion", importacion.pk)
    messages.success(request, "Se descartó y se borró el archivo: no se guardó nada.")
    return redirect("directorio_importar")


@require_http_methods(["GET", "HEAD", "POST"])
def exportar(request, tipo):
    if tipo not in MODELOS:
        raise Http404
    if not puede_exportar(request.user, tipo):
        raise PermissionDenied
    form = ExportarForm(request.POST if request.method == "POST" else None, tipo=tipo)
    if not form.is_valid():
        return render(request, "directorio/importacion/exportar.html", {"form": form, "tipo": Importacion.Tipo(tipo)})
    encabezados, filas = exportacion.tabla(tipo, request.user, form.cleaned_data["columnas"])
    for avisar in al_exportar:
        avisar(request.user, MODELOS[tipo], len(filas), request)
    return respuesta_tabla(encabezados, filas, nombre=tipo, formato=form.cleaned_data["formato"])
