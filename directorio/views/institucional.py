"""El directorio que el personal consulta, y lo que se lleva de él: tarjetas y el PDF de un centro."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required, user_passes_test

from comun.motivo import pregunta_de_motivo
from comun.pdf import respuesta_pdf
from comun.vcard import respuesta_vcard
from custodia.actions import anotar
from directorio import documento
from directorio.consulta import ramas
from directorio.models import Operador, Personal
from directorio.permissions import puede_consultar, puede_imprimir_directorio
from directorio.tarjetas import tarjeta_de
from organizacion.models import AjustesPortal, Centro

LARGO = 100


@require_safe
@user_passes_test(puede_consultar)
def institucional(request):
    consulta = request.GET.get("q", "").replace("\x00", "")[:LARGO].strip()
    sede, centros = ramas(request.user, consulta)
    for rama in centros:
        rama.puede_imprimir = puede_imprimir_directorio(request.user, rama.centro)
    contexto = {"q": consulta, "sede": sede, "centros": centros, "ajustes": AjustesPortal.load()}
    return render(request, "directorio/institucional.html", contexto)


@require_safe
@permission_required("directorio.view_personal")
def vcard_de_uno(request, pk):
    """De quien es de su ámbito, con sus otros contactos; de los demás, lo que muestra la web."""
    personal = get_object_or_404(_para_tarjeta(Personal.objects.a_la_vista_de(request.user)), pk=pk)
    completa = Personal.objects.para(request.user).filter(pk=pk).exists()
    anotar(accion="bajar vcard", por=request.user, objeto=personal, request=request)
    tarjeta = tarjeta_de(personal, AjustesPortal.load(), completa=completa)
    return respuesta_vcard([tarjeta], f"personal-{personal.pk}.vcf")


@permission_required("directorio.view_personal")
def vcard_de_centro(request, pk):
    centro = get_object_or_404(Centro.objects.propias(request.user), pk=pk)
    if pregunta := pregunta_de_motivo(request, Personal, volver=_volver()):
        return pregunta
    filas = list(_para_tarjeta(Personal.objects.para(request.user).vigentes().filter(centro=centro)).por_cargo())
    _dejar_rastro(request, "bajar vcard", centro, {"filas": len(filas)})
    ajustes = AjustesPortal.load()
    return respuesta_vcard([tarjeta_de(fila, ajustes, completa=True) for fila in filas], f"{centro.slug}.vcf")


@permission_required("directorio.view_operador")
def pdf_de_centro(request, pk):
    """El directorio completo de un centro, para sus carpetas (R103): lleva datos personales y pide para qué."""
    centro = get_object_or_404(Centro.objects.propias(request.user), pk=pk)
    if not puede_imprimir_directorio(request.user, centro):
        raise PermissionDenied
    que = f"Directorio completo en PDF del {centro.nombre_completo}"
    if pregunta := pregunta_de_motivo(request, Operador, volver=_volver(), que=que):
        return pregunta
    octetos, filas = documento.pdf_completo(centro, request.user)
    _dejar_rastro(request, "imprimir directorio", centro, {"filas": filas})
    respuesta = respuesta_pdf(octetos, f"directorio-{centro.slug}.pdf")
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def _para_tarjeta(filas):
    return filas.select_related(
        "centro__distrito__provincia__departamento", "sistema__organo", "organo"
    ).prefetch_related("contactos")


def _volver() -> str:
    return reverse("directorio_institucional")


def _dejar_rastro(request, accion, centro, detalle) -> None:
    motivo = request.POST.get("motivo", "")
    anotar(accion=accion, por=request.user, objeto=centro, detalle=detalle, motivo=motivo, request=request)
