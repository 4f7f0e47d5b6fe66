from django import forms
from django.core.exceptions import ValidationError

from comun.validadores import validar_sin_control
from directorio.models import Entidad
from eventos.busqueda import buscar_distritos, buscar_entidades
from organizacion.models import Distrito


class EleccionBuscada(forms.ModelChoiceField):
    """Una fila elegida entre las que halló una búsqueda: se muestran solo esas, se acepta cualquiera que exista."""

    widget = forms.RadioSelect

    def to_python(self, value):
        if isinstance(value, str) and "\x00" in value:  # PostgreSQL falla al comparar un nulo
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def ofrecer(self, halladas, elegida):
        """Pone como opciones las ``halladas`` (dict id, nombre, distrito) y la ``elegida`` antes, si no está."""
        opciones = [(str(fila["id"]), f"{fila['nombre']} ({fila['distrito']})") for fila in halladas]
        if elegida and str(elegida.pk) not in dict(opciones):
            opciones.insert(0, (str(elegida.pk), str(getattr(elegida, "nombre_completo", elegida))))
        self.widget.choices = opciones


class EntidadForm(forms.Form):
    """La entidad donde trabaja alguien. Sin JavaScript, se busca con un botón del mismo formulario."""

    entidad_busqueda = forms.CharField(
        label="Entidad donde trabaja",
        required=False,
        max_length=100,
        help_text="Escriba parte del nombre, su ubigeo o su código SIAF, y elíjala de la lista.",
    )
    entidad = EleccionBuscada(
        label="Elija su entidad",
        queryset=Entidad.objects.activas().select_related("distrito__provincia__departamento"),
        required=False,
    )
    no_figura = forms.BooleanField(label="Mi entidad no figura", required=False)
    entidad_texto = forms.CharField(
        label="Nombre de su entidad", required=False, max_length=200, validators=[validar_sin_control]
    )
    distrito_busqueda = forms.CharField(
        label="Distrito de su entidad",
        required=False,
        max_length=100,
        help_text="Escriba el distrito y, si se repite, también su provincia.",
    )
    entidad_distrito = EleccionBuscada(
        label="Elija el distrito",
        queryset=Distrito.objects.select_related("provincia__departamento"),
        required=False,
    )
    cargo = forms.CharField(label="Cargo", required=False, max_length=120, validators=[validar_sin_control])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nombre in ("entidad_busqueda", "distrito_busqueda"):
            self.fields[nombre].widget.attrs["autocomplete"] = "off"
        self.fields["cargo"].widget.attrs["autocomplete"] = "organization-title"
        self._ofrecer("entidad", "entidad_busqueda", buscar_entidades)
        self._ofrecer("entidad_distrito", "distrito_busqueda", buscar_distritos)

    def _ofrecer(self, nombre, busqueda, buscar):
        campo = self.fields[nombre]
        try:
            elegida = campo.to_python(self[nombre].value())
        except ValidationError:
            elegida = None
        campo.ofrecer(buscar(self[busqueda].value() or ""), elegida)

    def pide_entidad(self) -> bool:
        """Si trabaja en una entidad pública: a la ciudadanía no se le pide."""
        return True

    def clean(self):
        datos = super().clean()
        if not self.pide_entidad():
            datos.update(entidad=None, entidad_texto="", entidad_distrito=None, cargo="")
            return datos
        if datos.get("no_figura"):
            datos["entidad"] = None
            self.exigir("entidad_texto", "Escriba el nombre de su entidad.")
            self.exigir("entidad_distrito", "Busque y elija el distrito de su entidad.", en="distrito_busqueda")
        else:
            datos.update(entidad_texto="", entidad_distrito=None)
            self.exigir("entidad", self._falta_entidad(), en="entidad_busqueda")
        self.exigir("cargo", "Escriba su cargo.")
        return datos

    def exigir(self, nombre, mensaje, *, en=None):
        if not self.cleaned_data.get(nombre) and not self.errors.get(nombre):
            self.add_error(en or nombre, mensaje)

    def _falta_entidad(self):
        if self.fields["entidad"].widget.choices:
            return "Elija su entidad de la lista."
        if self.cleaned_data.get("entidad_busqueda"):
            return "No encontramos esa entidad: pruebe con otro nombre o marque «Mi entidad no figura»."
        return "Escriba el nombre de su entidad y búsquela."
