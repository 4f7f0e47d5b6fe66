"""Atender una pregunta: leerla, responderla por correo y dejar dicho qué se respondió."""

from urllib.parse import quote, urlencode

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.pregunta import atender as guardar
from eventos.intranet.acceso import con_fila, exigir
from eventos.intranet.forms.preguntas import AtenderForm
from eventos.models import Pregunta


@con_fila(Pregunta.objects.select_related("centro", "capacitacion", "atendida_por"), permissions.puede_ver_preguntas)
def atender(request, pregunta):
    puede = permissions.puede_atender_pregunta(request.user, pregunta)
    form = AtenderForm(request.POST or None)
    if request.method == "POST":
        exigir(puede)
        if form.is_valid():
            guardar(pregunta=pregunta, respuesta=form.cleaned_data["respuesta"], por=request.user)
            messages.success(request, f"Atendida la pregunta de {pregunta.nombre}.")
            return redirect("preguntas_modeladmin_index")
    contexto = {"pregunta": pregunta, "form": form, "puede": puede, "url_correo": _responder(pregunta)}
    return render(request, "eventos/intranet/pregunta.html", contexto)


def _responder(pregunta) -> str:
    """Abre el programa de correo con la respuesta empezada: quien responde lo hace desde el buzón de su centro."""
    asunto = f"Su pregunta{f' sobre {pregunta.capacitacion}' if pregunta.capacitacion_id else ''}"
    cuerpo = f"\n\n\nUsted preguntó:\n{pregunta.texto}"
    return (
        f"mailto:{quote(pregunta.correo, safe='@')}?{urlencode({'subject': asunto, 'body': cuerpo}, quote_via=quote)}"
    )
