"""El expediente de una capacitación (R92): su lista de control, cada documento, cerrarlo, reabrirlo y verificarlo."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.pdf import respuesta_pdf
from custodia.actions import anotar
from custodia.archivos import entregar_archivo, vista_de_archivo
from eventos import permissions
from eventos.actions import cierre as cierres
from eventos.actions import expediente as acciones
from eventos.actions.rechazos import NoProcede
from eventos.expediente import avisos_al_cerrar, expediente_de, faltas_para_cerrar, lista_de_control, parte_de
from eventos.integridad import comprobar
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.expediente import MotivoForm, ReabrirForm, RecibirForm, SubirPiezaForm
from eventos.models import CierreAnulado, ParteDeExpediente, PiezaDeExpediente

Anexo = PiezaDeExpediente.Anexo


@require_safe
@con_capacitacion(permissions.puede_ver_expediente)
def expediente(request, capacitacion):
    controles = lista_de_control(capacitacion)
    fila = expediente_de(capacitacion)
    contexto = {
        "capacitacion": capacitacion,
        "expediente": fila,
        "controles": controles,
        "guardadas": fila.partes.select_related("archivo") if capacitacion.esta_cerrada else [],
        "anulados": fila.cierres_anulados.select_related("archivo", "reabierto_por") if fila.pk else [],
        "faltas": faltas_para_cerrar(capacitacion, controles),
        "avisos": avisos_al_cerrar(controles),
        "puede_armar": permissions.puede_armar_expediente(request.user, capacitacion),
        "puede_cerrar": permissions.puede_cerrar_expediente(request.user, capacitacion),
        "puede_reabrir": permissions.puede_reabrir_expediente(request.user, capacitacion),
        "recibir": RecibirForm(),
    }
    return render(request, "eventos/intranet/expediente.html", contexto)


@con_capacitacion(permissions.puede_ver_expediente)
def pieza(request, capacitacion, anexo):
    """Subir la versión firmada de un anexo, decir que no aplica o volver a lo generado."""
    exigir(permissions.puede_armar_expediente(request.user, capacitacion))
    control = next((c for c in lista_de_control(capacitacion) if c.anexo == anexo), None)
    if control is None or not control.admite_cambios:
        raise Http404
    subir, motivo = _formularios(request)
    if request.method == "POST" and _dejar(request, capacitacion, control.anexo, subir, motivo):
        return redirect("eventos_intranet:expediente", capacitacion.pk)
    contexto = {"capacitacion": capacitacion, "control": control, "subir": subir, "motivo": motivo}
    return render(request, "eventos/intranet/expediente_pieza.html", contexto)


def _formularios(request):
    es = request.POST.get("que")
    subir = SubirPiezaForm(request.POST, request.FILES) if es == "subir" else SubirPiezaForm()
    return subir, MotivoForm(request.POST if es == "no-aplica" else None)


def _dejar(request, capacitacion, anexo, subir, motivo) -> bool:
    """Hace lo que se pidió; ``False`` si algo falta, y el formulario lo dice."""
    de = {"capacitacion": capacitacion, "anexo": anexo, "por": request.user}
    pedido = next((form for form in (subir, motivo) if form.is_bound), None)
    if pedido is not None and not pedido.is_valid():
        return False
    try:
        if pedido is subir:
            acciones.subir_pieza(**de, **subir.cleaned_data)
        elif pedido is motivo:
            acciones.dispensar_pieza(**de, **motivo.cleaned_data)
        else:
            acciones.devolver_pieza(**de)
    except (NoProcede, ValidationError) as error:
        (pedido or motivo).add_error(None, error if isinstance(error, ValidationError) else str(error))
        return False
    messages.success(request, f"Se guardó: {anexo.label}.")
    return True


@vista_de_archivo
@require_safe
@con_capacitacion(permissions.puede_ver_expediente)
def parte(request, capacitacion, clave):
    """Un documento tal como entraría hoy; cerrado el expediente, valen los guardados."""
    hallada = parte_de(lista_de_control(capacitacion), clave)
    if hallada is None:
        raise Http404
    _dejar_rastro(request, capacitacion, hallada.titulo)
    if hallada.archivo is not None:
        return entregar_archivo(hallada.archivo)
    return respuesta_pdf(hallada.leer(), f"{clave}-{capacitacion.slug}.pdf")


def _dejar_rastro(request, capacitacion, que):
    anotar(
        accion="descargar del expediente", por=request.user, objeto=capacitacion, detalle={"que": que}, request=request
    )


@vista_de_archivo
@require_safe
@con_fila(
    ParteDeExpediente.objects.select_related("archivo", "expediente__capacitacion"), permissions.puede_ver_expediente
)
def parte_guardada(request, fila):
    _dejar_rastro(request, fila.expediente.capacitacion, fila.titulo)
    return entregar_archivo(fila.archivo)


@vista_de_archivo
@require_safe
@con_fila(CierreAnulado.objects.select_related("archivo", "expediente__capacitacion"), permissions.puede_ver_expediente)
def anulado(request, fila):
    _dejar_rastro(request, fila.expediente.capacitacion, "Cierre anulado")
    return entregar_archivo(fila.archivo)


@vista_de_archivo
@require_safe
@con_capacitacion(permissions.puede_ver_expediente)
def archivo(request, capacitacion):
    """El expediente cerrado, en un solo PDF."""
    fila = expediente_de(capacitacion)
    if fila.archivo is None:
        raise Http404
    _dejar_rastro(request, capacitacion, "Expediente completo")
    return entregar_archivo(fila.archivo)


@require_POST
@con_capacitacion(permissions.puede_ver_expediente)
def recibir(request, capacitacion):
    exigir(permissions.puede_armar_expediente(request.user, capacitacion))
    form = RecibirForm(request.POST)
    try:
        de = form.cleaned_data["de"] if form.is_valid() else ""
        acciones.recibir_documentos(capacitacion=capacitacion, de=de, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Queda dicho quién entregó los documentos, y a quién.")
    return redirect("eventos_intranet:expediente", capacitacion.pk)


@con_capacitacion(permissions.puede_ver_expediente)
def cerrar(request, capacitacion):
    """La página dice qué falta y qué pasa al cerrar; el POST lo arma y lo cierra."""
    exigir(permissions.puede_cerrar_expediente(request.user, capacitacion))
    if request.method == "POST":
        try:
            fila = cierres.cerrar(capacitacion=capacitacion, por=request.user)
        except NoProcede as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Expediente cerrado: {fila.folios} folios.")
            return redirect("eventos_intranet:expediente", capacitacion.pk)
    controles = lista_de_control(capacitacion)
    faltas, avisos = faltas_para_cerrar(capacitacion, controles), avisos_al_cerrar(controles)
    contexto = {"capacitacion": capacitacion, "faltas": faltas, "avisos": avisos}
    return render(request, "eventos/intranet/expediente_cerrar.html", contexto)


@con_capacitacion(permissions.puede_ver_expediente)
def reabrir(request, capacitacion):
    exigir(permissions.puede_reabrir_expediente(request.user, capacitacion))
    form = ReabrirForm(request.POST or None)
    if form.is_valid():
        try:
            cierres.reabrir(capacitacion=capacitacion, motivo=form.cleaned_data["motivo"], por=request.user)
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Reabierto. El archivo del cierre se conserva.")
            return redirect("eventos_intranet:expediente", capacitacion.pk)
    return render(request, "eventos/intranet/expediente_reabrir.html", {"capacitacion": capacitacion, "form": form})


@require_safe
@con_capacitacion(permissions.puede_ver_expediente)
def verificar(request, capacitacion):
    """Compara el SHA-256 guardado de cada archivo con el que tiene ahora."""
    fila = expediente_de(capacitacion)
    contexto = {"capacitacion": capacitacion, "comprobados": comprobar(fila) if fila.pk else []}
    return render(request, "eventos/intranet/expediente_verificar.html", contexto)
