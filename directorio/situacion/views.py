"""Anotar en la ficha situacional, importar indicadores y sacarla en PDF."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from comun.exportar import TIPOS, XLSX, a_xlsx
from comun.pdf import pdf_desde_plantilla, respuesta_pdf
from custodia.actions import anotar
from directorio.models import Entidad, Indicador, TemaDeInteres
from directorio.views.base import a_la_que_se_queda
from organizacion.models import AjustesPortal

from .actions import anotar_valor, atender_tema, recoger_tema
from .consulta import situacion_de
from .forms import COLUMNAS, AtenderForm, ImportarForm, TemaForm, ValorForm
from .importacion import FilasConErrores, guardar_indicadores, revisar_indicadores

puede_ver = permission_required("directorio.view_entidad")
puede_cambiar = permission_required("directorio.change_entidad")
FICHA = "directorio_entidad_modeladmin_inspect"


def _con_entidad(vista):
    """Da a la vista la entidad propia de la llave; la ajena es un 404 y la que se unió a otra lleva a esa."""

    @wraps(vista)
    def envuelta(request, pk):
        entidad = get_object_or_404(Entidad.objects.propias(request.user), pk=pk)
        return a_la_que_se_queda(request, entidad) or vista(request, entidad)

    return envuelta


def _anotar_en_la_ficha(request, entidad, form, titulo, guardar):
    """Guarda y vuelve a la ficha; si algo no vale, muestra el formulario con lo escrito."""
    if form.is_valid():
        guardar(**form.cleaned_data, entidad=entidad, por=request.user)
        messages.success(request, "Anotado.")
        return redirect(FICHA, entidad.pk)
    contexto = {"entidad": entidad, "form": form, "titulo": titulo}
    return render(request, "directorio/situacion/anotar.html", contexto)


@require_http_methods(["GET", "POST"])
@puede_cambiar
@_con_entidad
def anotar_indicador(request, entidad):
    return _anotar_en_la_ficha(request, entidad, ValorForm(request.POST or None), "Anotar un indicador", anotar_valor)


@require_http_methods(["GET", "POST"])
@puede_cambiar
@_con_entidad
def anotar_tema(request, entidad):
    return _anotar_en_la_ficha(request, entidad, TemaForm(request.POST or None), "Anotar un tema", recoger_tema)


@require_POST
@puede_cambiar
def cerrar_tema(request, pk):
    tema = get_object_or_404(TemaDeInteres.objects.propias(request.user), pk=pk)
    form = AtenderForm(request.POST)
    if form.is_valid():
        atender_tema(tema=tema, como=form.cleaned_data["como"], por=request.user)
        messages.success(request, "Anotado como atendido.")
    else:
        messages.error(request, "Diga en pocas palabras cómo se atendió.")
    return redirect(FICHA, tema.entidad_id)


@require_GET
@puede_ver
def ficha_pdf(request, pk):
    """La ficha situacional para la carpeta de la visita (R103); imprimirla queda en el rastro."""
    filas = Entidad.objects.para(request.user).select_related("distrito__provincia__departamento", "centro", "padre")
    entidad = get_object_or_404(filas, pk=pk)
    contexto = situacion_de(request.user, entidad)
    contexto |= {"ajustes": AjustesPortal.load(), "hoy": timezone.localdate()}
    anotar(accion="imprimir ficha situacional", por=request.user, objeto=entidad, request=request)
    respuesta = respuesta_pdf(pdf_desde_plantilla("directorio/situacion/ficha_pdf.html", contexto), _nombre(entidad))
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def _nombre(entidad) -> str:
    return f"ficha-{slugify(entidad.nombre)[:60]}.pdf"


@require_http_methods(["GET", "POST"])
@puede_cambiar
def importar(request):
    """Con el archivo muestra qué pasaría con cada fila; con lo que de él se leyó, guarda."""
    form, renglones = ImportarForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        renglones = revisar_indicadores(filas=form.filas, por=request.user)
        if form.cleaned_data["leido"]:
            try:
                cuantos = guardar_indicadores(renglones=renglones, por=request.user)
            except FilasConErrores:
                messages.error(request, "Algo cambió desde que la revisó: no se guardó nada.")
            else:
                messages.success(request, f"Se anotaron {cuantos} valores.")
                return redirect("directorio_entidad_modeladmin_index")
    errores = [renglon for renglon in renglones if renglon.motivo]
    contexto = {
        "form": form,
        "errores": errores,
        "renglones": [] if errores else renglones,
        "avisos": sum(bool(renglon.aviso) for renglon in renglones),
        "sellado": form.sellado() if renglones and not errores else "",
        "indicadores": Indicador.objects.filter(esta_activo=True),
        "columnas": COLUMNAS,
    }
    return render(request, "directorio/situacion/importar.html", contexto)


@require_GET
@puede_cambiar
def plantilla(request):
    respuesta = HttpResponse(a_xlsx(COLUMNAS, []), content_type=TIPOS[XLSX])
    respuesta["Content-Disposition"] = 'attachment; filename="indicadores.xlsx"'
    return respuesta
