from django import forms

from comun.validadores import validar_sin_control


class BuscarForm(forms.Form):
    """Dónde buscar repetidas: qué registro y en qué centro de los que se alcanzan; de todo el país, uno por vez."""

    que = forms.ChoiceField(label="Qué", choices=[("operador", "Operadores"), ("entidad", "Entidades")])
    centro = forms.ModelChoiceField(label="Centro", queryset=None, required=False, empty_label="Todos los que alcanzo")

    def __init__(self, *args, centros, uno_por_vez: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centro"].queryset = centros
        if uno_por_vez:
            self.fields["centro"].empty_label = "Elija un centro"
        if len(centros) == 1:
            del self.fields["centro"]


class UnirForm(forms.Form):
    """Qué se toma de cada una de dos filas: ``a`` es la que se queda y ``b`` la que se absorbe.

    Solo se pregunta por los campos en que difieren.
    """

    motivo = forms.CharField(
        label="Por qué son la misma",
        required=False,
        max_length=255,
        validators=[validar_sin_control],
        help_text="Si hace falta explicarlo. No escriba documentos, correos ni teléfonos.",
    )

    def __init__(self, *args, a, b, campos, **kwargs):
        super().__init__(*args, **kwargs)
        self.a, self.b, self.campos = a, b, campos
        self.distintos = [campo for campo in campos if _valor(a, campo) != _valor(b, campo)]
        for campo in self.distintos:
            opciones = [("a", _a_la_vista(a, campo)), ("b", _a_la_vista(b, campo))]
            self.fields[campo] = forms.ChoiceField(
                label=a._meta.get_field(campo).verbose_name.capitalize(),
                choices=opciones,
                initial="a" if _valor(a, campo) else "b",
                widget=forms.RadioSelect,
            )

    @property
    def de_la_otra(self) -> set[str]:
        """Los campos que se toman de ``b``."""
        return {campo for campo in self.distintos if self.cleaned_data[campo] == "b"}

    def renglones(self):
        """De cada campo: su rótulo, y el control si difieren o el valor común si no."""
        for campo in self.campos:
            rotulo = self.a._meta.get_field(campo).verbose_name
            yield rotulo.capitalize(), self[campo] if campo in self.distintos else None, _a_la_vista(self.a, campo)


def _valor(fila, campo):
    return getattr(fila, fila._meta.get_field(campo).attname) or ""


def _a_la_vista(fila, campo) -> str:
    mostrar = getattr(fila, f"get_{campo}_display", None)
    valor = mostrar() if mostrar else getattr(fila, campo)
    return str(getattr(valor, "nombre_completo", valor) or "(vacío)")
