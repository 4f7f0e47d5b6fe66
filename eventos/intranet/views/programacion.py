"""Programar y editar una capacitación con sus sesiones y expositores."""

from django import forms
from django.db import IntegrityError
from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.capacitacion import NoProcede, SesionConAlgoQueCuelga, guardar_capacitacion
from eventos.intranet.acceso import con_aviso_de_permiso, con_capacitacion, exigir
from eventos.intranet.choques import avisar_choques
from eventos.intranet.forms.programacion import (
    HORARIO_HABITUAL,
    CapacitacionForm,
    ExpositorForm,
    filas_de,
)
from eventos.intranet.forms.sesiones import SesionesFormSet, SesionForm
from eventos.models import Capacitacion, Expositor, Sesion

FILAS_EN_BLANCO = {False: 2, True: 1}  # al crear, y al editar
TOPE = {"max_num": 60, "absolute_max": 60, "validate_max": True}


@con_aviso_de_permiso
def crear(request):
    exigir(permissions.puede_programar(request.user))
    return _programar(request, Capacitacion())


@con_capacitacion(permissions.puede_ver_capacitaciones)
def editar(request, capacitacion):
    exigir(permissions.puede_editar_capacitacion(request.user, capacitacion))
    return _programar(request, capacitacion)


def _programar(request, capacitacion):
    form = CapacitacionForm(request.POST or None, instance=capacitacion, usuario=request.user)
    sesiones, expositores = _detalles(request, capacitacion)
    partes = [form, sesiones, expositores]
    invalidas = [parte for parte in partes if not parte.is_valid()]  # todas, para mostrar juntos los errores
    if not invalidas:
        try:
            guardada = guardar_capacitacion(
                capacitacion=form.save(commit=False),
                sistemas=form.cleaned_data["sistemas"],
                sesiones=filas_de(sesiones),
                expositores=filas_de(expositores),
                motivo=form.cleaned_data.get("motivo_del_cambio", ""),
                confirma_lo_que_cuelga=form.cleaned_data["confirma_lo_que_cuelga"],
                por=request.user,
            )
        except SesionConAlgoQueCuelga as error:
            form.pide_confirmar = True
            form.add_error(None, str(error))
        except NoProcede as error:
            form.add_error(None, str(error))
        except IntegrityError:
            form.add_error(None, "Alguien más la guardó al mismo tiempo. Recargue la página y vuelva a intentarlo.")
        else:
            messages.success(request, f"Se guardó «{guardada}».")
            avisar_choques(request, [guardada])
            return redirect("eventos_intranet:panel", guardada.pk)
    contexto = {"capacitacion": capacitacion, "form": form, "sesiones": sesiones, "expositores": expositores}
    contexto["invalidas"] = request.method == "POST" and invalidas
    return render(request, "eventos/intranet/capacitacion_form.html", contexto)


def _detalles(request, capacitacion):
    en_blanco = FILAS_EN_BLANCO[bool(capacitacion.pk)]
    clase_sesiones = forms.inlineformset_factory(
        Capacitacion, Sesion, form=SesionForm, formset=SesionesFormSet, extra=en_blanco, **TOPE
    )
    clase_expositores = forms.inlineformset_factory(
        Capacitacion, Expositor, form=ExpositorForm, extra=en_blanco, **TOPE
    )
    datos = request.POST or None
    sesiones = clase_sesiones(
        datos, instance=capacitacion, prefix="sesiones", initial=None if capacitacion.pk else HORARIO_HABITUAL
    )
    expositores = clase_expositores(
        datos, instance=capacitacion, prefix="expositores", form_kwargs={"usuario": request.user}
    )
    return sesiones, expositores
