"""El registro firmado y escaneado: subirlo, verlo y quitarlo. Nadie más que quien puede lo ve (R93, R94)."""

from django import forms
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.validadores import validar_sin_control
from custodia.actions import anotar
from custodia.archivos import entregar_archivo, vista_de_archivo
from eventos import permissions
from eventos.actions.escaneo import adjuntar_escaneo, quitar_escaneo
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.escaneos import EscaneoForm
from eventos.intranet.sesion import elegir, url_de
from eventos.models import Escaneo

from .registro import mostrar

_FILAS = Escaneo.objects.select_related("archivo", "sesion__capacitacion__centro")


class QuitarForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué se quita",
        max_length=200,
        validators=[validar_sin_control],
        help_text="Queda en el historial de la capacitación.",
    )


@require_POST
@con_capacitacion(permissions.puede_ver_asistencia)
def subir(request, capacitacion):
    exigir(permissions.puede_adjuntar_escaneo(request.user, capacitacion))
    sesiones, sesion = elegir(request, capacitacion)
    if sesion is None:
        return redirect("eventos_intranet:panel", capacitacion.pk)
    form = EscaneoForm(request.POST, request.FILES, sesion=sesion)
    if form.is_valid():
        try:
            escaneo = adjuntar_escaneo(
                sesion=sesion,
                contenido=form.contenido,
                paginas=form.paginas,
                hojas=form.cleaned_data.get("hojas", ()),
                por=request.user,
            )
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Se guardó el registro firmado: {escaneo.paginas} páginas en un PDF.")
            return redirect(url_de("registro", sesion))
    return mostrar(request, capacitacion, sesiones, sesion, form)


@vista_de_archivo
@require_safe
@con_fila(_FILAS, permissions.puede_ver_escaneos)
def ver(request, escaneo):
    """El PDF, en el navegador o, con ``?descargar``, para guardar; deja dicho quién lo abrió."""
    respuesta = entregar_archivo(escaneo.archivo, descargar="descargar" in request.GET)
    detalle = {"sesion": str(escaneo.sesion)}
    objeto = escaneo.sesion.capacitacion
    anotar(accion="ver registro escaneado", por=request.user, objeto=objeto, detalle=detalle, request=request)
    return respuesta


@con_fila(_FILAS, permissions.puede_ver_escaneos)
def quitar(request, escaneo):
    """Pregunta por qué, y lo quita."""
    sesion = escaneo.sesion
    exigir(permissions.puede_quitar_escaneo(request.user, sesion.capacitacion))
    form = QuitarForm(request.POST or None)
    if form.is_valid():
        try:
            quitar_escaneo(escaneo=escaneo, motivo=form.cleaned_data["motivo"], por=request.user)
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Se quitó el registro escaneado.")
            return redirect(url_de("registro", sesion))
    contexto = {"capacitacion": sesion.capacitacion, "sesion": sesion, "escaneo": escaneo, "form": form}
    return render(request, "eventos/intranet/escaneo_quitar.html", contexto)
