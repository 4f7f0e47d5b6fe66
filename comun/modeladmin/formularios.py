from django.db import transaction
from django.db.models import Q
from django.forms import ModelChoiceField
from django.shortcuts import get_object_or_404
from wagtail.admin import messages
from wagtail_modeladmin.views import CreateView, EditView

from comun.alcance import alcance_de, permisos_sobre

from . import a_la_vez


def estrechar(formulario, usuario, permisos):
    """Deja en cada selector solo filas de donde ``usuario`` tiene alguno de ``permisos``: una ajena no valida.

    El valor que la fila ya tenía se conserva, para que corregir un teléfono no obligue a cambiar lo demás.
    """
    for nombre, campo in formulario.fields.items():
        if not isinstance(campo, ModelChoiceField) or not hasattr(campo.queryset, "para"):
            continue
        dentro = campo.queryset.elegibles(usuario, permisos)
        if actuales := _valores_actuales(formulario, nombre):
            dentro = campo.queryset.filter(Q(pk__in=dentro.order_by().values("pk")) | Q(pk__in=actuales))
        campo.queryset = dentro
        if hasattr(campo.widget, "filas"):
            campo.widget.filas = dentro


def _valores_actuales(formulario, nombre) -> list:
    """Llaves que la fila guardada ya tiene en ``nombre``; ninguna si es un alta."""
    instancia = getattr(formulario, "instance", None)
    if instancia is None or not instancia.pk:
        return []
    valor = formulario.initial.get(nombre)
    valores = valor if isinstance(valor, list | tuple) else [valor]
    return [getattr(v, "pk", v) for v in valores if v is not None]


def _estrechar_subformularios(formulario, usuario, permisos):
    """Lo mismo en los formularios de un InlinePanel, también en el vacío que el navegador copia."""
    for conjunto in getattr(formulario, "formsets", {}).values():

        class Estrecho(conjunto.form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                estrechar(self, usuario, permisos)

        conjunto.form = Estrecho


def _fijar_centro(formulario, alcance):
    """Quien trabaja en centros no deja una fila sin centro; si tiene uno solo, ya viene elegido."""
    campo = formulario.fields.get("centro")
    if not isinstance(campo, ModelChoiceField) or alcance.nacional:
        return
    campo.required = True
    campo.help_text = ""  # lo que dice de dejarlo vacío es para quien puede
    if len(alcance.centros) == 1:
        campo.empty_label = None
        if not formulario.instance.pk:
            formulario.initial["centro"] = next(iter(alcance.centros))


class FormularioEnAlcance:
    """Estrecha cada selector del formulario a donde quien lo llena puede ``acciones`` con su modelo."""

    acciones: tuple[str, ...] = ()

    def get_form(self):
        formulario = super().get_form()
        usuario, permisos = self.request.user, permisos_sobre(self.model, self.acciones)
        estrechar(formulario, usuario, permisos)
        _estrechar_subformularios(formulario, usuario, permisos)
        _fijar_centro(formulario, alcance_de(usuario, *permisos))
        return formulario

    def get_form_kwargs(self):
        argumentos = super().get_form_kwargs()
        if datos := argumentos.get("data"):
            # PostgreSQL no admite el carácter nulo y los selectores no lo revisan.
            limpios = datos.copy()
            for nombre, valores in datos.lists():
                limpios.setlist(nombre, [valor.replace("\x00", "") for valor in valores])
            argumentos["data"] = limpios
        return argumentos


class Alta(FormularioEnAlcance, CreateView):
    """Alta de una fila, dentro del alcance."""

    acciones = ("add",)

    def get_page_title(self):
        return f"Agregar {self.verbose_name}"

    def get_page_subtitle(self):
        return ""

    get_meta_title = get_page_title


class Edicion(FormularioEnAlcance, EditView):
    """Edición de una fila, dentro del alcance y sin deshacer lo que otra persona guardó mientras tanto."""

    acciones = ("change",)
    propios: dict | None = None  # lo que escribió quien guarda, si otra persona cambió la fila mientras tanto

    def get_form(self):
        formulario = super().get_form()
        a_la_vez.recordar(formulario)
        formulario.initial |= self.propios or {}
        return formulario

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self._tomar()
        formulario = self.get_form()
        ajenos, aparte = a_la_vez.cambiados(formulario), self.lo_ajeno_aparte()
        if (ajenos or aparte) and formulario.is_valid():
            return self._con_lo_ajeno(formulario, ajenos, aparte)
        return super().post(request, *args, **kwargs)

    def lo_ajeno_aparte(self) -> str:
        """Una frase si otra persona cambió lo que va en la misma página fuera del formulario; «» si nada."""
        return ""

    def conservar_lo_aparte(self):
        """Deja lo que va fuera del formulario con lo de la otra persona y, encima, lo que escribió esta."""

    def _tomar(self):
        """Si dos guardan en el mismo instante, la segunda espera aquí y compara con lo que dejó la primera."""
        self.instance = get_object_or_404(self.model._base_manager.select_for_update(no_key=True), pk=self.instance.pk)

    def _con_lo_ajeno(self, formulario, ajenos, aparte):
        self.conservar_lo_aparte()
        self.propios = a_la_vez.escritos(formulario)
        messages.warning(self.request, a_la_vez.aviso(formulario, ajenos, self.propios, aparte))
        self.instance.refresh_from_db()  # revisar el formulario le puso lo enviado
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def get_form_kwargs(self):
        argumentos = super().get_form_kwargs()
        if self.propios is None:
            return argumentos
        return {nombre: valor for nombre, valor in argumentos.items() if nombre not in {"data", "files"}}
