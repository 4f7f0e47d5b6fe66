"""Un centro cambia de nombre, o una provincia pasa a otro centro (R1)."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.registros import al_pasar_provincia
from directorio import actions
from directorio.forms import NombreDeCentroForm, TraspasoForm
from directorio.models import Operador
from organizacion.models import Centro, Jurisdiccion

from .base import con_fila, enviado, preguntar, sin_nulos

con_centro = con_fila(Centro.objects.all(), "organizacion.change_centro")


@con_centro
def cambiar_nombre(request, centro):
    antes = f"El nombre y la dirección web de antes (/centros/{centro.slug}/) siguen llevando a este centro."

    def hacer(datos):
        actions.renombrar_centro(centro=centro, por=request.user, request=request, **datos)

    return preguntar(
        request,
        NombreDeCentroForm(enviado(request), instance=centro),
        hacer=hacer,
        listo="El centro ya lleva su nombre nuevo; sus direcciones de antes llevan a las nuevas.",
        volver=reverse("organizacion_centro_modeladmin_inspect", args=[centro.pk]),
        titulo=f"Cambió de nombre: {centro.nombre_completo}",
        explicacion=antes,
        boton="Cambiar el nombre",
    )


@con_centro
def provincias(request, centro):
    """Las que atiende y pasar una a otro centro: primero se ve qué ocurriría, y el POST lo hace."""
    pedido = sin_nulos(request.GET) if "provincia" in request.GET else None
    form = TraspasoForm(enviado(request) if request.method == "POST" else pedido, centro=centro)
    previa = None
    if form.is_bound and form.is_valid():
        try:
            if request.method == "POST":
                return _pasar(request, centro, form.cleaned_data)
            previa = _previa(centro, form.cleaned_data)
        except actions.CambioImposible as error:
            form.add_error(None, str(error))
    suyas = centro.jurisdicciones.select_related("provincia__departamento").order_by(
        "provincia__departamento__nombre", "provincia__nombre", "-desde"
    )
    contexto = {"centro": centro, "form": form, "previa": previa, "jurisdicciones": suyas}
    return render(request, "directorio/provincias.html", contexto)


def _pasar(request, centro, datos):
    pasaron = actions.pasar_provincia(por=request.user, request=request, **datos)
    cuantas = f"Pasaron {pasaron} entidades." if pasaron else "Sus entidades pasan ese día."
    messages.success(request, f"{datos['provincia']} pasa a {datos['centro'].nombre_completo}. {cuantas}")
    return redirect("centro_provincias", centro.pk)


def _previa(centro, datos) -> dict:
    actions.revisar_traspaso(**datos)
    entidades = actions.entidades_que_pasan(datos["provincia"], centro)
    return datos | {
        "entidades": entidades.count(),
        "operadores": Operador.objects.activos().filter(entidad__in=entidades).count(),
        "frases": [frase for decir in al_pasar_provincia for frase in decir(datos["provincia"], centro)],
    }


@require_POST
@con_fila(Jurisdiccion.objects.all(), "organizacion.change_centro")
def anular_traspaso(request, jurisdiccion):
    anterior = Jurisdiccion.objects.filter(provincia=jurisdiccion.provincia, desde__lt=jurisdiccion.desde)
    volver = get_object_or_404(anterior.order_by("-desde")[:1]).centro_id
    try:
        actions.anular_traspaso(jurisdiccion=jurisdiccion, por=request.user, request=request)
    except actions.CambioImposible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{jurisdiccion.provincia} sigue con el centro que la atiende.")
    return redirect("centro_provincias", volver)
