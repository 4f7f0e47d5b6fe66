"""Pasar el papel: «firmaron todos menos…», por hoja (con su código) o por sesión, y quien se escribió a mano."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.hojas import agregar_de_fila_en_blanco, pasar_papel
from eventos.actions.inscripcion import InscripcionRechazada
from eventos.actions.rechazos import NoProcede
from eventos.documentos.anexo6 import primer_numero
from eventos.firmantes import firman_en_papel
from eventos.intranet.acceso import con_aviso_de_permiso, con_capacitacion, exigir
from eventos.intranet.forms.hojas import CodigoForm, FilaEnBlancoForm
from eventos.intranet.sesion import elegir, url_de
from eventos.models import Asistencia, HojaDeRegistro, Inscripcion, Sesion


@dataclass
class Papel:
    """Lo que se está pasando: una hoja, o la sesión entera si no hay ``hoja``."""

    sesion: Sesion
    listadas: list[Inscripcion]
    hoja: HojaDeRegistro | None = None

    @property
    def url(self) -> str:
        if self.hoja:
            return reverse("eventos_intranet:hoja", args=[self.hoja.codigo])
        return url_de("registro-pasar", self.sesion)

    @property
    def siguiente(self) -> HojaDeRegistro | None:
        hoja = self.hoja
        if hoja is None:
            return None
        return HojaDeRegistro.objects.filter(sesion=self.sesion, emision=hoja.emision, numero=hoja.numero + 1).first()

    def filas(self) -> list[Inscripcion]:
        """Las listadas, con su ``numero`` en el papel, su ``asistencia`` y si se propone que ``no_firmo``.

        Si ya se registró alguna firma, a quien no la tiene no se le propone como firmante.
        """
        marcas = {a.inscripcion_id: a for a in Asistencia.objects.filter(sesion=self.sesion)}
        firmaron = {pk for pk, asistencia in marcas.items() if asistencia.esta_firmada}
        ya_se_paso = any(fila.pk in firmaron for fila in self.listadas)
        desde = primer_numero(self.hoja) if self.hoja else 1
        for numero, fila in enumerate(self.listadas, start=desde):
            fila.numero, fila.asistencia = numero, marcas.get(fila.pk)
            fila.no_firmo = fila.pk not in firmaron and (ya_se_paso or fila.pk in marcas)
        return self.listadas


@require_safe
@con_aviso_de_permiso
def buscar(request):
    """Lleva a la hoja de un código escrito, o leído de su QR."""
    exigir(permissions.puede_ver_asistencia(request.user))
    form = CodigoForm(request.GET)
    if not form.is_valid():
        return render(request, "eventos/intranet/hoja_buscar.html", {"form": form})
    codigo = form.cleaned_data["codigo"]
    if not HojaDeRegistro.objects.para(request.user).filter(codigo=codigo).exists():
        form.add_error("codigo", "Ese código no es de ninguna hoja. Revise que esté completo.")
        return render(request, "eventos/intranet/hoja_buscar.html", {"form": form})
    return redirect("eventos_intranet:hoja", codigo)


@con_aviso_de_permiso
def hoja(request, codigo):
    exigir(permissions.puede_ver_asistencia(request.user))
    if not codigo.isascii() or not codigo.isalnum():
        raise Http404
    filas = HojaDeRegistro.objects.para(request.user).select_related("sesion__capacitacion__centro")
    fila = get_object_or_404(filas, codigo=codigo.upper())
    return _pasar(request, Papel(fila.sesion, fila.listadas(), fila))


@con_capacitacion(permissions.puede_ver_asistencia)
def pasar_sesion(request, capacitacion):
    _, sesion = elegir(request, capacitacion)
    if sesion is None:
        return redirect("eventos_intranet:panel", capacitacion.pk)
    return _pasar(request, Papel(sesion, list(firman_en_papel(capacitacion))))


def _pasar(request, papel):
    """El POST guarda las firmas o, con «agregar», a quien se escribió a mano; después sigue la hoja siguiente."""
    capacitacion = papel.sesion.capacitacion
    puede = permissions.puede_registrar_asistencia(request.user, capacitacion)
    agrega = "agregar" in request.POST
    form = FilaEnBlancoForm(request.POST if agrega else None, capacitacion=capacitacion, sesion=papel.sesion)
    if request.method == "POST":
        exigir(puede)
        guardado = _agregar(request, papel, form) if agrega else _guardar(request, papel)
        if guardado:
            return redirect(papel.url)
    contexto = {
        "capacitacion": capacitacion,
        "papel": papel,
        "sesion": papel.sesion,
        "hoja": papel.hoja,
        "filas": papel.filas(),
        "siguiente": papel.siguiente,
        "form": form,
        "puede": puede,
        "puede_inscribir": permissions.puede_inscribir(request.user, capacitacion),
    }
    return render(request, "eventos/intranet/papel.html", contexto)


def _guardar(request, papel) -> bool:
    no_firmaron = {int(llave) for llave in request.POST.getlist("no_firmo") if llave.isdecimal() and len(llave) < 19}
    try:
        cambios = pasar_papel(sesion=papel.sesion, listadas=papel.listadas, no_firmaron=no_firmaron, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
        return False
    firmaron = Asistencia.objects.filter(sesion=papel.sesion, inscripcion__in=papel.listadas).firmadas().count()
    nada = "" if cambios else " Ya estaba así."
    messages.success(request, f"Firmaron {firmaron} de {len(papel.listadas)}.{nada}")
    return True


def _agregar(request, papel, form) -> bool:
    exigir(permissions.puede_inscribir(request.user, papel.sesion.capacitacion))
    if not form.is_valid():
        return False
    try:
        inscripcion = agregar_de_fila_en_blanco(
            sesion=papel.sesion, hoja=papel.hoja, datos=form.datos, por=request.user, request=request
        )
    except (InscripcionRechazada, NoProcede) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"Inscrita y con su firma: {inscripcion}.")
    return True
