from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from custodia.actions import aviso_vigente
from custodia.models import Aviso
from eventos.actions.inscripcion import InscripcionRechazada, YaFirmo, YaInscrito, anular, inscribir
from eventos.enlaces import inscripcion_de, token_de
from eventos.forms.inscripcion import InscripcionForm
from eventos.models import Capacitacion, Inscripcion

from .capacitacion import CALENDARIO

BUSCAR = "buscar"


def privada(vista):
    """Página de una sola persona: ni se guarda en cachés ni la indexan los buscadores."""

    @never_cache
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["X-Robots-Tag"] = "noindex, nofollow"
        return respuesta

    return envuelta


@privada
def crear(request, slug):
    """Formulario de inscripción. «Buscar» lista entidades o distritos sin validar ni perder lo escrito."""
    filas = Capacitacion.objects.publicadas().select_related("centro").prefetch_related("sesiones")
    capacitacion = get_object_or_404(filas, slug=slug)
    if BUSCAR in request.POST:
        form = InscripcionForm(initial=request.POST.dict(), capacitacion=capacitacion)
    else:
        form = InscripcionForm(request.POST or None, capacitacion=capacitacion)
        if form.is_valid() and (inscripcion := _inscribir(request, form)):
            return redirect("eventos:inscripcion-ver", token_de(inscripcion))
    contexto = {
        "capacitacion": capacitacion,
        "situacion": capacitacion.situacion(),
        "admite": capacitacion.admite_inscripcion(),
        "migas": [*migas_hasta(capacitacion), ("Inscripción", "")],
        "form": form,
        "aviso": aviso_vigente(Aviso.Finalidad.INSCRIPCION),
    }
    return render(request, "eventos/inscripcion_form.html", contexto)


def _inscribir(request, form):
    """La inscripción, o ``None`` y el motivo en el formulario."""
    try:
        return inscribir(capacitacion=form.capacitacion, datos=form.datos, request=request)
    except YaInscrito as error:
        form.add_error("numero_documento", f"{error} {_como_recuperarla(form.capacitacion.centro)}")
    except InscripcionRechazada as error:
        form.add_error(None, str(error))
    return None


def _como_recuperarla(centro):
    donde = f" o llame al {centro.nombre_completo} ({centro.telefono})" if centro and centro.telefono else ""
    return f"El correo que le enviamos tiene el enlace para verla o cancelarla; búsquelo{donde}."


def migas_hasta(capacitacion):
    return [*CALENDARIO, (capacitacion.titulo, capacitacion.get_absolute_url())]


def con_enlace(vista):
    """Resuelve el token firmado; uno ajeno o vencido lleva a una página que lo explica."""

    @privada
    @wraps(vista)
    def envuelta(request, token):
        try:
            inscripcion = inscripcion_de(token)
        except Inscripcion.DoesNotExist:
            return render(request, "eventos/enlace_invalido.html", status=404)
        return vista(request, inscripcion, token)

    return envuelta


@con_enlace
def ver(request, inscripcion, token):
    """El estado de una inscripción: vale hasta que la capacitación termina."""
    capacitacion = inscripcion.capacitacion
    if capacitacion.situacion() == Capacitacion.Situacion.REALIZADA:
        return _vencido(request, inscripcion)
    contexto = {"inscripcion": inscripcion, "capacitacion": capacitacion, "token": token}
    contexto["migas"] = [*migas_hasta(capacitacion), ("Su inscripción", "")]
    return render(request, "eventos/inscripcion_detail.html", contexto)


@con_enlace
def cancelar(request, inscripcion, token):
    """Cancelar la propia inscripción, hasta que empieza o se firma: la página pregunta y el POST actúa."""
    if inscripcion.capacitacion.ya_empezo():
        return _vencido(request, inscripcion)
    if request.method == "POST":
        try:
            anular(inscripcion=inscripcion, request=request)
        except YaFirmo:
            return _vencido(request, inscripcion)
        return redirect("eventos:inscripcion-ver", token)
    contexto = {"inscripcion": inscripcion, "capacitacion": inscripcion.capacitacion, "token": token}
    return render(request, "eventos/inscripcion_anular.html", contexto)


def _vencido(request, inscripcion):
    return render(request, "eventos/enlace_vencido.html", {"capacitacion": inscripcion.capacitacion}, status=410)
