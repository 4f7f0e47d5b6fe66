"""Aceptar por teléfono un cupo ofrecido, anular una inscripción y vincular con el directorio la entidad escrita."""

from contextlib import suppress

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages

from directorio.actions import CambioImposible
from directorio.forms import EntidadNuevaForm
from directorio.models import Entidad
from eventos import permissions
from eventos.actions import inscripcion as acciones
from eventos.actions import oferta as ofertas
from eventos.actions.entidades import crear_y_vincular, que_escribieron_lo_mismo, vincular_entidad
from eventos.busqueda import buscar_entidades
from eventos.intranet.acceso import con_inscripcion, exigir
from eventos.models import Inscripcion

POR_PAGINA = 20


def _a_la_lista(inscripcion):
    return redirect(reverse("inscripciones_modeladmin_index", query={"capacitacion": inscripcion.capacitacion_id}))


@con_inscripcion(permissions.puede_ver_inscripciones)
def aceptar(request, inscripcion):
    """Aceptar por teléfono el cupo que se le ofreció: la página pregunta y el POST actúa."""
    exigir(permissions.puede_editar_inscripcion(request.user, inscripcion))
    if request.method != "POST":
        return render(request, "eventos/intranet/inscripcion_aceptar.html", {"inscripcion": inscripcion})
    try:
        ofertas.aceptar(inscripcion=inscripcion, por=request.user, request=request)
    except ofertas.OfertaRechazada as error:
        messages.error(request, str(error))
    else:
        sigue = "Le llegará la confirmación por correo." if inscripcion.correo else "No dio correo: dígale su código."
        messages.success(request, f"Confirmado el cupo de {inscripcion}, código {inscripcion.codigo}. {sigue}")
    return redirect("eventos_intranet:panel", inscripcion.capacitacion_id)


@con_inscripcion(permissions.puede_ver_inscripciones)
def anular(request, inscripcion):
    exigir(permissions.puede_editar_inscripcion(request.user, inscripcion))
    if request.method == "POST":
        motivo = request.POST.get("motivo", "").replace("\x00", "")[:255]
        with suppress(acciones.YaFirmo):  # la página explica qué hacer
            acciones.anular(inscripcion=inscripcion, por=request.user, motivo=motivo, request=request)
            messages.success(request, f"Anulada la inscripción de {inscripcion}.")
            return _a_la_lista(inscripcion)
    contexto = {"inscripcion": inscripcion, "firmadas": inscripcion.asistencias.firmadas().count()}
    return render(request, "eventos/intranet/inscripcion_anular.html", contexto)


@con_inscripcion(permissions.puede_ver_inscripciones)
def entidad(request, inscripcion):
    """Elegir una entidad del directorio, o crearla con lo que la persona escribió."""
    exigir(permissions.puede_editar_inscripcion(request.user, inscripcion))
    puede_crear = request.user.has_perm("directorio.add_entidad")
    form = _form_entidad(request, inscripcion)
    iguales = que_escribieron_lo_mismo(inscripcion, Inscripcion.objects.propias(request.user))
    if request.method == "POST":
        if "elegida" in request.POST:
            vincular_entidad(inscripciones=iguales, entidad=_elegida(request), por=request.user)
            return _vinculada(request, inscripcion)
        exigir(puede_crear)
        if form.is_valid():
            with suppress(CambioImposible):  # otra persona la vinculó recién: la lista ya la muestra
                crear_y_vincular(entidad=form.save(commit=False), inscripciones=iguales, por=request.user)
            return _vinculada(request, inscripcion)
    q = request.GET.get("q", inscripcion.entidad_texto)[:100]
    contexto = {"inscripcion": inscripcion, "form": form, "iguales": iguales, "q": q, "puede_crear": puede_crear}
    contexto["halladas"] = _halladas(request, q)
    return render(request, "eventos/intranet/inscripcion_entidad.html", contexto)


def _form_entidad(request, inscripcion):
    # PostgreSQL no admite el carácter nulo y los selectores no lo revisan.
    limpios = {campo: valor.replace("\x00", "") for campo, valor in request.POST.items()}
    datos = limpios if "nombre" in limpios else None
    inicial = {"nombre": inscripcion.entidad_texto, "distrito": inscripcion.entidad_distrito_id}
    return EntidadNuevaForm(datos, initial=inicial, usuario=request.user)


def _halladas(request, q):
    propias = Entidad.objects.para(request.user).activas().select_related("distrito__provincia__departamento")
    filas = propias.buscar(q)
    if not filas.exists():  # quizá se escribió con errores
        filas = propias.filter(pk__in=[fila["id"] for fila in buscar_entidades(q)])
    return Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))


def _elegida(request) -> Entidad:
    llave = request.POST["elegida"]
    propias = Entidad.objects.para(request.user)
    return get_object_or_404(propias, pk=int(llave) if llave.isdecimal() and len(llave) < 19 else 0)


def _vinculada(request, inscripcion):
    inscripcion.refresh_from_db()
    messages.success(request, f"Vinculada con {inscripcion.entidad}.")
    return _a_la_lista(inscripcion)
