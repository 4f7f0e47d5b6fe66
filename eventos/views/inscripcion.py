from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from custodia.actions import aviso_vigente
from custodia.models import Aviso
from eventos import enlaces, topes
from eventos.actions import correccion
from eventos.actions.grupo import GrupoRechazado, inscribir_grupo
from eventos.actions.inscripcion import InscripcionRechazada, YaFirmo, anular
from eventos.forms.colega import SIN_VALIDAR, por_pintar
from eventos.forms.correccion import CorreccionForm
from eventos.forms.inscripcion import InscripcionForm
from eventos.models import Capacitacion
from eventos.pruebas import pruebas_de

from .capacitacion import CALENDARIO


def privada(vista):
    """Página de una sola persona: ni se guarda en cachés ni la indexan los buscadores."""

    @never_cache
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["X-Robots-Tag"] = "noindex, nofollow"
        return respuesta

    return envuelta


def que_resuelve(resolver):
    """Decorador que cambia el token firmado por lo que abre; uno ajeno lleva a una página que lo explica."""

    def decorador(vista):
        @privada
        @wraps(vista)
        def envuelta(request, token):
            try:
                hallada = resolver(token)
            except ObjectDoesNotExist:
                return render(request, "eventos/enlace_invalido.html", status=404)
            return vista(request, hallada, token)

        return envuelta

    return decorador


con_enlace = que_resuelve(enlaces.inscripcion_de)
con_enlace_de_grupo = que_resuelve(enlaces.grupo_de)


@privada
def crear(request, slug):
    """Formulario de inscripción de una persona o de varios colegas."""
    filas = Capacitacion.objects.publicadas().select_related("centro").prefetch_related("sesiones")
    capacitacion = get_object_or_404(filas, slug=slug)
    form = _formulario(request, InscripcionForm, capacitacion=capacitacion)
    form.fields["invitacion"].initial = request.GET.get("invitacion", "")[:100]
    frena = form.is_valid() and topes.frenar_inscripcion(request, form)
    if form.is_valid() and (inscritas := _inscribir(request, form)):
        return redirect(enlaces.url_de_confirmacion(inscritas))
    contexto = {
        "capacitacion": capacitacion,
        "situacion": capacitacion.situacion(),
        "admite": capacitacion.admite_inscripcion(),
        "migas": [*migas_hasta(capacitacion), ("Inscripción", "")],
        "form": form,
        "aviso": aviso_vigente(Aviso.Finalidad.INSCRIPCION),
    }
    return render(request, "eventos/inscripcion_form.html", contexto, status=429 if frena else 200)


def _formulario(request, clase, **datos):
    """Con «Buscar», «Agregar» o «Quitar» se vuelve a pintar lo escrito, sin validar nada."""
    if any(boton in request.POST for boton in SIN_VALIDAR):
        return clase(initial=por_pintar(request.POST), **datos)
    return clase(request.POST or None, **datos)


def _inscribir(request, form):
    """Las inscripciones, o ninguna y el motivo en la fila que corresponde."""
    try:
        return inscribir_grupo(
            capacitacion=form.capacitacion,
            personas=form.personas,
            envio=form.id_de_envio,
            invitacion=enlaces.invitacion_sellada(form.cleaned_data["invitacion"], form.capacitacion),
            request=request,
        )
    except GrupoRechazado as error:
        topes.contar_ya_inscritos(request, form, len(error.motivos))
        filas, consejo = form.filas, _como_recuperarla(form.capacitacion.centro)
        for posicion, motivo in error.motivos.items():
            filas[posicion].add_error("numero_documento", f"{motivo} {consejo}")
    except InscripcionRechazada as error:
        form.add_error(None, str(error))
    return []


def _como_recuperarla(centro):
    donde = f" o llame al {centro.nombre_completo} ({centro.telefono})" if centro and centro.telefono else ""
    return f"El correo que le enviamos tiene el enlace para verla o cancelarla; búsquelo{donde}."


def migas_hasta(capacitacion):
    return [*CALENDARIO, (capacitacion.titulo, capacitacion.get_absolute_url())]


@con_enlace
def ver(request, inscripcion, token):
    """El estado de una inscripción: vale hasta que la capacitación termina; después lleva a sus pruebas, si tiene."""
    if inscripcion.capacitacion.situacion() == Capacitacion.Situacion.REALIZADA:
        if pruebas_de(inscripcion):  # la de salida se contesta al terminar
            return redirect("eventos:pruebas", token)
        return _vencido(request, inscripcion)
    contexto = _contexto(inscripcion, token, miga="Su inscripción", pruebas=pruebas_de(inscripcion))
    contexto["compartir"] = enlaces.url_para_compartir(inscripcion.capacitacion)
    return render(request, "eventos/inscripcion_detail.html", contexto)


@con_enlace_de_grupo
def ver_grupo(request, grupo, token):
    """Lo que ve quien inscribió a varios: el código de cada uno, para guardarlo o repartirlo."""
    capacitacion = grupo[0].capacitacion
    if capacitacion.situacion() == Capacitacion.Situacion.REALIZADA:
        return _vencido(request, grupo[0])
    contexto = _contexto(grupo[0], token, miga="Sus inscripciones")
    contexto["grupo"] = [(fila, enlaces.token_de(fila)) for fila in grupo]
    contexto["compartir"] = enlaces.url_para_compartir(capacitacion)
    return render(request, "eventos/inscripcion_grupo.html", contexto)


@con_enlace
def corregir(request, inscripcion, token):
    """Corregir los propios datos, hasta que empieza."""
    if not inscripcion.se_puede_cambiar():
        return _vencido(request, inscripcion)
    form = _formulario(request, CorreccionForm, inscripcion=inscripcion)
    frena = form.is_valid() and topes.frenar_correccion(request, form)
    if form.is_valid():
        try:
            correccion.corregir(inscripcion=inscripcion, datos=form.cleaned_data, request=request)
        except correccion.YaNoSeCorrige:
            return _vencido(request, inscripcion)
        except InscripcionRechazada as error:
            form.add_error(None, str(error))
        else:
            return redirect("eventos:inscripcion-ver", token)
    contexto = _contexto(inscripcion, token, miga="Corregir", form=form)
    return render(request, "eventos/inscripcion_editar.html", contexto, status=429 if frena else 200)


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
    return render(request, "eventos/inscripcion_anular.html", _contexto(inscripcion, token))


def _contexto(inscripcion, token, *, miga="", **mas):
    capacitacion = inscripcion.capacitacion
    contexto = {"inscripcion": inscripcion, "capacitacion": capacitacion, "token": token} | mas
    return contexto | {"migas": [*migas_hasta(capacitacion), (miga, "")]}


def _vencido(request, inscripcion):
    return render(request, "eventos/enlace_vencido.html", {"capacitacion": inscripcion.capacitacion}, status=410)
