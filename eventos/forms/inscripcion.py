from django import forms
from django.core.exceptions import ValidationError

from comun.validadores import validar_sin_control, validar_telefono
from directorio.models import Entidad
from eventos.busqueda import buscar_distritos, buscar_entidades
from organizacion.models import Distrito

from .persona import PersonaForm

SI_NO = [("si", "Sí"), ("no", "No")]


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


class InscripcionForm(PersonaForm):
    """Inscripción pública. Sin JavaScript, la entidad y el distrito se buscan con un botón del mismo formulario."""

    trabaja_en_entidad = forms.ChoiceField(
        label="¿Trabaja en una entidad pública?", choices=SI_NO, widget=forms.RadioSelect, initial="si"
    )
    entidad_busqueda = forms.CharField(
        label="Entidad donde trabaja",
        required=False,
        max_length=100,
        help_text="Escriba parte del nombre y elíjala de la lista; por ejemplo, «municipalidad Wanchaq».",
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
    correo = forms.EmailField(label="Correo", help_text="Ahí le llegará la confirmación y el enlace para cancelar.")
    telefono = forms.CharField(label="Teléfono", max_length=20, validators=[validar_telefono])
    acepta_aviso = forms.BooleanField(
        label="Leí el aviso y acepto que usen mis datos para esto",
        error_messages={"required": "Para inscribirse debe aceptar el uso de sus datos."},
    )

    ATRIBUTOS = {
        "nombres": {"autocomplete": "given-name"},
        "apellidos": {"autocomplete": "family-name"},
        "correo": {"autocomplete": "email"},
        "telefono": {"autocomplete": "tel", "inputmode": "tel"},
        "cargo": {"autocomplete": "organization-title"},
        "numero_documento": {"autocomplete": "off"},
        "entidad_busqueda": {"autocomplete": "off"},
        "distrito_busqueda": {"autocomplete": "off"},
    }

    def __init__(self, *args, capacitacion, **kwargs):
        super().__init__(*args, **kwargs)
        self.capacitacion = capacitacion
        for nombre, atributos in self.ATRIBUTOS.items():
            self.fields[nombre].widget.attrs.update(atributos)
        self._ofrecer("entidad", buscar_entidades)
        self._ofrecer("entidad_distrito", buscar_distritos)

    def _ofrecer(self, nombre, buscar):
        busqueda = "distrito_busqueda" if nombre == "entidad_distrito" else "entidad_busqueda"
        campo = self.fields[nombre]
        try:
            elegida = campo.to_python(self[nombre].value())
        except ValidationError:
            elegida = None
        campo.ofrecer(buscar(self[busqueda].value() or ""), elegida)

    @property
    def de_la_persona(self):
        return [self[n] for n in ("tipo_documento", "numero_documento", "nombres", "apellidos", "trabaja_en_entidad")]

    @property
    def de_contacto(self):
        return [self["correo"], self["telefono"]]

    def clean_trabaja_en_entidad(self):
        respuesta = self.cleaned_data["trabaja_en_entidad"]
        if respuesta == "no" and not self.capacitacion.abierta_a_ciudadania:
            raise ValidationError(self.solo_entidades)
        return respuesta

    @property
    def solo_entidades(self):
        centro = self.capacitacion.centro
        donde = f" al {centro.nombre_completo}: {centro.correo or centro.telefono}" if centro else " al centro"
        return f"Esta capacitación es para personal de entidades públicas. Si usted no lo es, escriba{donde}."

    def clean(self):
        datos = super().clean()
        if datos.get("trabaja_en_entidad") != "si":
            datos.update(entidad=None, entidad_texto="", entidad_distrito=None, cargo="")
        elif datos.get("no_figura"):
            datos["entidad"] = None
            self._exigir("entidad_texto", "Escriba el nombre de su entidad.")
            self._exigir("entidad_distrito", "Busque y elija el distrito de su entidad.", en="distrito_busqueda")
        else:
            datos.update(entidad_texto="", entidad_distrito=None)
            self._exigir("entidad", self._falta_entidad(), en="entidad_busqueda")
        if datos.get("trabaja_en_entidad") == "si":
            self._exigir("cargo", "Escriba su cargo.")
        return datos

    def _exigir(self, nombre, mensaje, *, en=None):
        if not self.cleaned_data.get(nombre) and not self.errors.get(nombre):
            self.add_error(en or nombre, mensaje)

    def _falta_entidad(self):
        if self.fields["entidad"].widget.choices:
            return "Elija su entidad de la lista."
        if self.cleaned_data.get("entidad_busqueda"):
            return "No encontramos esa entidad: pruebe con otro nombre o marque «Mi entidad no figura»."
        return "Escriba el nombre de su entidad y búsquela."

    @property
    def datos(self) -> dict:
        """Lo que ``actions.inscripcion.inscribir`` pide."""
        datos = dict(self.cleaned_data)
        datos["es_ciudadano"] = datos["trabaja_en_entidad"] == "no"
        return datos
