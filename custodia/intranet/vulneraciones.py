"""Los incidentes con datos personales: registrarlos, completarlos, notificarlos a tiempo y cerrarlos."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from comun.pdf import respuesta_pdf
from custodia.actions import vulneraciones as acciones
from custodia.actions.vulneraciones import FaltaElMotivo, NoSeCierra
from custodia.archivos import entregar_archivo, vista_de_archivo
from custodia.models import Vulneracion
from custodia.permissions import (
    puede_gobernar_vulneraciones,
    puede_registrar_vulneracion,
    puede_ver_vulneraciones,
)
from custodia.tapar import tapar_texto

from .comun import con_permiso
from .forms import CerrarForm, CompletarForm, NotificarForm, VulneracionForm

PASOS = {
    "completar": "Completar los datos",
    "autoridad": "Registrar la notificación a la Autoridad",
    "personas": "Registrar la notificación a las personas",
    "cerrar": "Cerrar con su informe",
}


def _pasos_de(fila) -> dict[str, str]:
    """Cómo se llama hoy cada paso: lo ya notificado se corrige, con su motivo."""
    hechos = {"autoridad": fila.notificada_en, "personas": fila.afectados_en}
    return {p: t.replace("Registrar", "Corregir") if hechos.get(p) else t for p, t in PASOS.items()}


@con_permiso(puede_ver_vulneraciones, metodos=("GET", "HEAD"))
def lista(request):
    contexto = {
        "filas": Vulneracion.objects.all()[:200],
        "puede_registrar": puede_registrar_vulneracion(request.user),
    }
    return render(request, "custodia/vulneraciones.html", contexto)


@con_permiso(puede_registrar_vulneracion)
def registrar(request):
    form = VulneracionForm(request.POST or None)
    if form.is_valid():
        fila = acciones.registrar_vulneracion(datos=form.cleaned_data, por=request.user, request=request)
        messages.success(request, f"Registrado con el número {fila.numero}.")
        _avisar_si_se_tapo(request, form)
        return redirect("custodia_vulneracion", fila.pk)
    return render(request, "custodia/vulneracion_paso.html", {"form": form, "titulo": "Registrar un incidente"})


@con_permiso(puede_ver_vulneraciones, metodos=("GET", "HEAD"))
def detalle(request, pk):
    fila = get_object_or_404(Vulneracion, pk=pk)
    gobierna = puede_gobernar_vulneraciones(request.user) and not fila.cerrada_en
    contexto = {
        "vulneracion": fila,
        "historia": fila.pasos.select_related("por"),
        "pasos": _pasos_de(fila).items() if gobierna else [],
    }
    return render(request, "custodia/vulneracion_detalle.html", contexto)


@con_permiso(puede_gobernar_vulneraciones)
def paso(request, pk, paso):
    fila = get_object_or_404(Vulneracion, pk=pk)
    if paso not in PASOS or fila.cerrada_en:
        raise Http404
    form = _formulario(paso, fila, request.POST or None)
    if form.is_valid():
        try:
            _hacer(paso, fila, form.cleaned_data, {"por": request.user, "request": request})
        except (NoSeCierra, FaltaElMotivo) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{fila.numero}: hecho.")
            if paso != "autoridad":
                _avisar_si_se_tapo(request, form)
            return redirect("custodia_vulneracion", pk)
    contexto = {"form": form, "titulo": _pasos_de(fila)[paso], "vulneracion": fila}
    return render(request, "custodia/vulneracion_paso.html", contexto)


def _avisar_si_se_tapo(request, form) -> None:
    escrito = [valor for valor in form.cleaned_data.values() if isinstance(valor, str)]
    if any(tapar_texto(valor) != valor for valor in escrito):
        messages.warning(
            request, "Lo que escribió llevaba un documento, un correo o un teléfono: se guardó tapado. Revíselo."
        )


def _formulario(paso, fila, datos):
    if paso == "completar":
        # Otra copia de la fila: el formulario la llena al validar y la acción compara con lo que había.
        return CompletarForm(datos, instance=Vulneracion.objects.get(pk=fila.pk))
    if paso == "cerrar":
        return CerrarForm(datos, vulneracion=fila)
    consta = fila.notificada_en if paso == "autoridad" else fila.afectados_en
    rotulo = "Constancia (número de registro o de cargo)" if paso == "autoridad" else "¿Cómo se les notificó?"
    return NotificarForm(datos, rotulo=rotulo, vulneracion=fila, consta=consta)


def _hacer(paso, fila, datos, quien):
    if paso == "completar":
        acciones.completar(vulneracion=fila, datos=datos, **quien)
    elif paso == "autoridad":
        acciones.notificar_a_la_autoridad(vulneracion=fila, constancia=datos.pop("como"), **datos, **quien)
    elif paso == "personas":
        acciones.notificar_a_las_personas(vulneracion=fila, **datos, **quien)
    else:
        sin_notificar = datos.get("sin_notificar", "")
        acciones.cerrar_vulneracion(vulneracion=fila, conclusion=datos["texto"], sin_notificar=sin_notificar, **quien)


@vista_de_archivo
@con_permiso(puede_ver_vulneraciones, metodos=("GET",))
def informe(request, pk):
    """El que quedó al cerrar; mientras está abierto, como va."""
    fila = get_object_or_404(Vulneracion.objects.select_related("informe"), pk=pk)
    if fila.informe:
        return entregar_archivo(fila.informe)
    return respuesta_pdf(acciones.informe_de(fila), f"{fila.numero}.pdf")
