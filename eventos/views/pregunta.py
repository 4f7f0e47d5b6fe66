"""Preguntar a un centro o a la sede, casi siempre sobre una capacitación."""

from django.shortcuts import redirect, render
from django.urls import reverse

from comun.antiabuso import Tope, frenado, navegador_de, texto_de_freno
from custodia.actions import aviso_vigente
from custodia.models import Aviso
from eventos.actions.pregunta import preguntar as guardar
from eventos.forms.pregunta import PreguntaForm
from eventos.models import Capacitacion
from organizacion.models import AjustesPortal, Centro

from .capacitacion import CALENDARIO
from .inscripcion import privada

POR_CORREO = Tope("pregunta:correo", 10)
POR_NAVEGADOR = Tope("pregunta:navegador", 40)


@privada
def preguntar(request):
    """``?capacitacion=`` o ``?centro=`` dicen sobre qué y a quién; uno desconocido no cuenta y se elige a quién."""
    capacitacion = _hallar(Capacitacion.objects.publicadas().select_related("centro"), request, "capacitacion")
    centro = capacitacion.centro if capacitacion else _hallar(Centro.objects.activos(), request, "centro")
    form = PreguntaForm(request.POST or None, destino_fijo=bool(capacitacion or centro))
    frena = form.is_valid() and _frenar(request, form, centro)
    if form.is_valid():
        destino = centro if "centro" not in form.fields else form.centro_elegido
        guardar(envio=form.id_de_envio, datos=form.datos, centro=destino, capacitacion=capacitacion)
        return redirect(_recibida(capacitacion, destino))
    contexto = {
        "capacitacion": capacitacion,
        "centro": centro,
        "form": form,
        "aviso": aviso_vigente(Aviso.Finalidad.PREGUNTA),
        "migas": [*_migas(capacitacion, centro), ("Preguntar", "")],
    }
    return render(request, "eventos/pregunta_form.html", contexto, status=429 if frena else 200)


@privada
def recibida(request):
    """Lo que ve quien acaba de preguntar; recargarla no vuelve a enviar nada."""
    capacitacion = _hallar(Capacitacion.objects.publicadas().select_related("centro"), request, "capacitacion")
    centro = capacitacion.centro if capacitacion else _hallar(Centro.objects.activos(), request, "centro")
    return render(request, "eventos/pregunta_recibida.html", {"capacitacion": capacitacion, "centro": centro})


def _hallar(filas, request, nombre):
    slug = request.GET.get(nombre, "")
    return filas.filter(slug=slug).first() if slug and "\x00" not in slug else None


def _recibida(capacitacion, centro) -> str:
    consulta = {"capacitacion": capacitacion.slug} if capacitacion else {"centro": centro.slug} if centro else None
    return reverse("eventos:pregunta-recibida", query=consulta)


def _migas(capacitacion, centro):
    if capacitacion:
        return [*CALENDARIO, (capacitacion.titulo, capacitacion.get_absolute_url())]
    return [
        ("Inicio", "/"),
        ("Centros", "/centros/"),
        *([(centro.nombre, centro.get_absolute_url())] if centro else []),
    ]


def _frenar(request, form, centro) -> bool:
    """Cuenta este envío; si pasó un tope, el formulario lo dice y no se guarda nada."""
    paso = [
        frenado(request, POR_CORREO, form.cleaned_data["correo"]),
        frenado(request, POR_NAVEGADOR, navegador_de(request)),
    ]
    if any(paso):
        form.add_error(None, texto_de_freno(centro or AjustesPortal.load(request_or_site=request)))
    return any(paso)
