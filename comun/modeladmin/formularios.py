from django.db.models import Q
from django.forms import ModelChoiceField
from wagtail_modeladmin.views import CreateView, EditView

from comun.alcance import alcance_de


def estrechar(formulario, usuario):
    """Deja en cada selector de ``formulario`` solo filas propias de ``usuario``: una ajena no valida.

    El valor que la fila ya tenía se conserva, para que corregir un teléfono no obligue a cambiar lo demás.
    """
    for nombre, campo in formulario.fields.items():
        if not isinstance(campo, ModelChoiceField) or not hasattr(campo.queryset, "para"):
            continue
        dentro = campo.queryset.propias(usuario)
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


def _estrechar_subformularios(formulario, usuario):
    """Lo mismo en los formularios de un InlinePanel, también en el vacío que el navegador copia."""
    for conjunto in getattr(formulario, "formsets", {}).values():

        class Estrecho(conjunto.form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                estrechar(self, usuario)

        conjunto.form = Estrecho


def _fijar_centro(formulario, alcance):
    """Quien trabaja en centros no deja una fila sin centro; si tiene uno solo, ya viene elegido."""
    campo = formulario.fields.get("centro")
    if not isinstance(campo, ModelChoiceField) or alcance.nacional:
        return
    campo.required = True
    if len(alcance.centros) == 1:
        campo.empty_label = None
        if not formulario.instance.pk:
            formulario.initial["centro"] = next(iter(alcance.centros))


class FormularioEnAlcance:
    """Estrecha cada selector del formulario al alcance de quien lo llena."""

    def get_form(self):
        formulario = super().get_form()
        estrechar(formulario, self.request.user)
        _estrechar_subformularios(formulario, self.request.user)
        _fijar_centro(formulario, alcance_de(self.request.user))
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

    def get_page_title(self):
        return f"Agregar {self.verbose_name}"

    def get_page_subtitle(self):
        return ""

    get_meta_title = get_page_title


class Edicion(FormularioEnAlcance, EditView):
    """Edición de una fila, dentro del alcance."""
