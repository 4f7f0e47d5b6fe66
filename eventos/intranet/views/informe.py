"""El informe del evento (Anexo 8): completarlo, sus fotos, la parte de cada especialista y presentarlo."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.pdf import respuesta_pdf
from custodia.archivos import entregar_archivo, vista_de_archivo
from eventos import permissions
from eventos.actions import informe as acciones
from eventos.actions.rechazos import NoProcede
from eventos.documentos import anexo8 as documento
from eventos.documentos import encuestas as documento_de_encuestas
from eventos.informe import cifras_a_mostrar, diferencias, expositores_que_informan, informe_de
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.informe import FotosFormSet, InformeForm, NuevasFotosFormSet, ParteForm
from eventos.intranet.forms.programacion import filas_de
from eventos.models import Expositor, FotoDeInforme
from eventos.models.encuesta import ESCALA


@con_capacitacion(permissions.puede_ver_informe)
def informe(request, capacitacion):
    fila = informe_de(capacitacion)
    form = InformeForm(request.POST or None, instance=fila)
    if request.method == "POST":
        exigir(permissions.puede_editar_informe(request.user, capacitacion))
        if form.is_valid() and _guardar(request, capacitacion, form):
            return redirect("eventos_intranet:informe", capacitacion.pk)
    return _mostrar(request, capacitacion, form)


def _guardar(request, capacitacion, form) -> bool:
    try:
        acciones.guardar_informe(capacitacion=capacitacion, textos=form.cleaned_data, por=request.user)
    except NoProcede as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "Se guardó el informe.")
    return True


def _mostrar(request, capacitacion, form, fotos=None, nuevas=None):
    fila = informe_de(capacitacion)
    expositores = expositores_que_informan(capacitacion)
    for expositor in expositores:
        expositor.puede_entregar = permissions.puede_entregar_parte(request.user, expositor)
    contexto = {
        "capacitacion": capacitacion,
        "informe": fila,
        "form": form,
        "fotos": fotos or FotosFormSet(queryset=_fotos_de(capacitacion), prefix="fotos"),
        "nuevas": nuevas or NuevasFotosFormSet(prefix="nuevas"),
        "expositores": expositores,
        "faltas": acciones.faltas_para_presentar(capacitacion, fila),
        "datos": cifras_a_mostrar(fila),
        "diferencias": diferencias(fila),
        "escala": ESCALA,
        "puede_editar": permissions.puede_editar_informe(request.user, capacitacion) and not fila.esta_presentado,
        "puede_presentar": permissions.puede_presentar_informe(request.user, capacitacion),
    }
    return render(request, "eventos/intranet/informe.html", contexto)


def _fotos_de(capacitacion):
    return FotoDeInforme.objects.filter(informe__capacitacion=capacitacion).select_related("archivo")


@require_POST
@con_capacitacion(permissions.puede_ver_informe)
def fotos(request, capacitacion):
    """Agregar, ordenar, describir y quitar fotos."""
    exigir(permissions.puede_editar_informe(request.user, capacitacion))
    filas = FotosFormSet(request.POST, queryset=_fotos_de(capacitacion), prefix="fotos")
    nuevas = NuevasFotosFormSet(request.POST, request.FILES, prefix="nuevas")
    if all([filas.is_valid(), nuevas.is_valid()]) and _guardar_fotos(request, capacitacion, filas, nuevas):
        return redirect("eventos_intranet:informe", capacitacion.pk)
    return _mostrar(request, capacitacion, InformeForm(instance=informe_de(capacitacion)), filas, nuevas)


def _guardar_fotos(request, capacitacion, filas, nuevas) -> bool:
    pares = [(d["foto"], d["descripcion"]) for d in nuevas.cleaned_data if d.get("foto")]
    try:
        acciones.guardar_fotos(capacitacion=capacitacion, filas=filas_de(filas), nuevas=pares, por=request.user)
    except (NoProcede, ValidationError) as error:
        textos = error.messages if isinstance(error, ValidationError) else [str(error)]
        messages.error(request, f"No se guardó ninguna foto. {' '.join(textos)}")
        return False
    messages.success(request, "Se guardaron las fotos.")
    return True


@vista_de_archivo
@require_safe
@con_fila(FotoDeInforme.objects.select_related("archivo"), permissions.puede_ver_informe)
def foto(request, fila):
    return entregar_archivo(fila.archivo)


@require_POST
@con_capacitacion(permissions.puede_ver_informe)
def presentar(request, capacitacion):
    exigir(permissions.puede_presentar_informe(request.user, capacitacion))
    try:
        acciones.presentar(capacitacion=capacitacion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Informe presentado: sus cifras ya no cambian. Lo que sigue es el expediente.")
    return redirect("eventos_intranet:informe", capacitacion.pk)


@con_fila(
    Expositor.objects.select_related("capacitacion__centro", "personal", "parte_de_informe"),
    permissions.puede_ver_informe,
)
def parte(request, expositor):
    """Lo que un especialista informa de su participación (R91)."""
    exigir(permissions.puede_entregar_parte(request.user, expositor))
    form = ParteForm(request.POST or None, instance=getattr(expositor, "parte_de_informe", None))
    if form.is_valid():
        try:
            acciones.entregar_parte(expositor=expositor, texto=form.cleaned_data["texto"], por=request.user)
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Entregada la parte de {expositor}. Se puede corregir hasta que se presente.")
            return redirect("eventos_intranet:informe", expositor.capacitacion_id)
    contexto = {"capacitacion": expositor.capacitacion, "expositor": expositor, "form": form}
    return render(request, "eventos/intranet/informe_parte.html", contexto)


@require_safe
@con_capacitacion(permissions.puede_ver_informe)
def anexo8(request, capacitacion):
    return respuesta_pdf(documento.pdf(informe_de(capacitacion)), f"anexo8-{capacitacion.slug}.pdf")


@require_safe
@con_capacitacion(permissions.puede_ver_encuestas)
def consolidado(request, capacitacion):
    if not capacitacion.lleva_encuesta:
        raise Http404
    return respuesta_pdf(documento_de_encuestas.pdf(capacitacion), f"encuestas-{capacitacion.slug}.pdf")
