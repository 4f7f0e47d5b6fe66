"""Las pruebas de entrada y salida (R89): definirlas, imprimirlas y ver qué se aprendió."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.pdf import respuesta_pdf
from custodia.actions import anotar
from eventos import permissions
from eventos.actions.prueba import NoProcede, copiar_prueba, empezar_prueba, guardar_prueba
from eventos.documentos import prueba as documento
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.pruebas import CopiarForm, InstruccionesForm, preguntas_de
from eventos.models import PreguntaDePrueba, Prueba
from eventos.pruebas import resultados_de

SIN_ROL = "La define el Responsable Técnico de este sistema."
SIN_CLAVE = "La clave es del Responsable Técnico y de los especialistas que exponen."


def con_prueba(puede_ver):
    preguntas = Prefetch("preguntas", PreguntaDePrueba.objects.prefetch_related("alternativas"))
    filas = Prueba.objects.select_related("capacitacion__centro", "sistema").prefetch_related(preguntas)
    return con_fila(filas, puede_ver)


@con_capacitacion(permissions.puede_ver_pruebas)
def pruebas(request, capacitacion):
    """Una ficha por sistema: su prueba, sus notas y lo que se aprendió."""
    definidas = capacitacion.pruebas.para(request.user).definidas().prefetch_related("preguntas")
    suyas = {prueba.sistema_id: prueba for prueba in definidas}
    fichas = [_ficha(request.user, capacitacion, s, suyas.get(s.pk)) for s in capacitacion.sistemas.all()]
    contexto = {
        "capacitacion": capacitacion,
        "fichas": fichas,
        "puede_ver_notas": permissions.puede_ver_notas(request.user),
        "puede_registrar": permissions.puede_registrar_notas(request.user, capacitacion),
    }
    return render(request, "eventos/intranet/pruebas.html", contexto)


def _ficha(usuario, capacitacion, sistema, prueba) -> dict:
    if prueba:
        prueba.capacitacion, prueba.sistema = capacitacion, sistema
    return {
        "sistema": sistema,
        "prueba": prueba,
        "puede_definir": permissions.puede_definir_prueba(usuario, capacitacion, sistema),
        "puede_ver_clave": prueba is not None and permissions.puede_ver_clave(usuario, prueba),
        "resultados": resultados_de(prueba) if prueba and permissions.puede_ver_notas(usuario) else None,
    }


@require_POST
@con_capacitacion(permissions.puede_ver_pruebas)
def empezar(request, capacitacion):
    """Abre la prueba de un sistema para escribirla."""
    pedido = request.POST.get("sistema", "")
    llave = int(pedido) if pedido.isdecimal() and len(pedido) < 10 else 0
    sistema = get_object_or_404(capacitacion.sistemas, pk=llave)
    exigir(permissions.puede_definir_prueba(request.user, capacitacion, sistema), SIN_ROL)
    try:
        prueba = empezar_prueba(capacitacion=capacitacion, sistema=sistema, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
        return redirect("eventos_intranet:pruebas", capacitacion.pk)
    return redirect("eventos_intranet:prueba-definir", prueba.pk)


@con_prueba(permissions.puede_ver_pruebas)
def definir(request, prueba):
    capacitacion = prueba.capacitacion
    exigir(permissions.puede_definir_prueba(request.user, capacitacion, prueba.sistema), SIN_ROL)
    form = InstruccionesForm(request.POST or None, initial={"instrucciones": prueba.instrucciones})
    preguntas = preguntas_de(prueba, request.POST or None)
    if all([form.is_valid(), preguntas.is_valid()]) and _guardar(request, prueba, form, preguntas):
        return redirect("eventos_intranet:pruebas", capacitacion.pk)
    contexto = {
        "capacitacion": capacitacion,
        "prueba": prueba,
        "form": form,
        "preguntas": preguntas,
        "notas": prueba.notas.count(),
        "copiar": None if prueba.preguntas.all() else CopiarForm(prueba=prueba, usuario=request.user),
    }
    return render(request, "eventos/intranet/prueba_form.html", contexto)


def _guardar(request, prueba, form, preguntas) -> bool:
    instrucciones = form.cleaned_data["instrucciones"]
    try:
        guardada = guardar_prueba(
            prueba=prueba, instrucciones=instrucciones, preguntas=preguntas.escritas, por=request.user
        )
    except NoProcede as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"Se guardó la prueba: {guardada.preguntas.count()} preguntas.")
    return True


@require_POST
@con_prueba(permissions.puede_ver_pruebas)
def copiar(request, prueba):
    exigir(permissions.puede_definir_prueba(request.user, prueba.capacitacion, prueba.sistema), SIN_ROL)
    form = CopiarForm(request.POST, prueba=prueba, usuario=request.user)
    if not form.is_valid():
        messages.error(request, "Elija de qué capacitación se copia.")
        return redirect("eventos_intranet:prueba-definir", prueba.pk)
    try:
        copiar_prueba(prueba=prueba, origen=form.cleaned_data["origen"], por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Se copiaron las preguntas. Revíselas: puede cambiarlas.")
    return redirect("eventos_intranet:prueba-definir", prueba.pk)


@require_safe
@con_prueba(permissions.puede_ver_pruebas)
def imprimir(request, prueba):
    return respuesta_pdf(documento.pdf(prueba), f"prueba-{slugify(prueba.capacitacion.titulo)[:80]}.pdf")


@require_safe
@con_prueba(permissions.puede_ver_pruebas)
def clave(request, prueba):
    """Con las respuestas correctas; queda anotado quién la bajó."""
    exigir(permissions.puede_ver_clave(request.user, prueba), SIN_CLAVE)
    pdf = documento.pdf(prueba, con_clave=True)
    detalle = {"sistema": str(prueba.sistema)}
    anotar(accion="descargar clave", por=request.user, objeto=prueba.capacitacion, detalle=detalle, request=request)
    return respuesta_pdf(pdf, f"clave-{slugify(prueba.capacitacion.titulo)[:80]}.pdf")
