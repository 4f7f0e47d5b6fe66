"""Lo que se llena en la página del enlace. Nada se guarda en el directorio: de aquí sale una ``Respuesta``."""

from django import forms
from django.utils.html import conditional_escape

from comun.antiabuso import SinRobots
from directorio.forms.movimientos import campo_de_fecha
from directorio.models import Entidad, Operador, Propuesta
from organizacion.models import Sistema

from .mascara import tapar_correo, tapar_telefono
from .respuesta import Respuesta, alta, baja, cambio, en_texto

CUANTOS_NUEVOS = 4
CONFORME = "conforme"
FALTA_MARCAR = "Escribió hasta cuándo trabajó: marque también que ya no trabaja en la entidad."
HAY_CAMBIOS = "Escribió cambios: para enviarlos pulse «Enviar correcciones»."


class _Vistos(forms.MultipleHiddenInput):
    """Dice también que no había ninguno: sin esa marca, al repintar pasaría por visto lo que se acaba de marcar."""

    def format_value(self, value):
        return super().format_value(value) or [""]

    def value_from_datadict(self, data, files, name):
        return [valor for valor in super().value_from_datadict(data, files, name) or [] if valor]


class _Datos(SinRobots, forms.ModelForm):
    """Los datos de una fila, ya puestos; lo que se cambia se propone.

    La página lleva además lo que mostró: lo que el directorio cambió entre tanto no pasa por escrito por la persona.
    """

    con_tiempo_minimo = False

    def __init__(self, *args, conforme: bool = False, **kwargs):
        self.conforme = conforme
        super().__init__(*args, **kwargs)
        for nombre in self._meta.fields:
            self.fields[nombre].show_hidden_initial = True

    @property
    def resumen(self) -> list[tuple[str, str]]:
        """Lo que el directorio dice hoy, para leerlo: rótulo y valor de lo que no está vacío."""
        valores = ((self.fields[n].label, en_texto(self.instance, n)) for n in self._meta.fields)
        return [(rotulo, valor) for rotulo, valor in valores if valor]

    @property
    def cambiados(self) -> list[str]:
        """Lo que se escribió distinto de lo que se mostró y de lo que el directorio dice hoy."""
        return [n for n in self._meta.fields if n in self.changed_data and self._difiere_de_hoy(self[n])]

    @staticmethod
    def _difiere_de_hoy(campo) -> bool:
        return campo.field.has_changed(campo.initial, campo.data)

    def clean(self):
        datos = super().clean()
        if self.conforme and self.cambiados:
            self.add_error(None, HAY_CAMBIOS)
        return datos

    def _post_clean(self):
        # Se validan los campos sin tocar la fila: lo escrito es una propuesta, no un cambio.
        guardada, self.instance = self.instance, type(self.instance)(**self._fijos())
        super()._post_clean()
        self.instance = guardada

    def _fijos(self) -> dict:
        return {"pk": self.instance.pk}

    def propuestas(self) -> list[Propuesta]:
        return [self._propuesta(campo) for campo in self.cambiados]

    def _propuesta(self, campo):
        return cambio(self.instance, campo, getattr(self.instance, campo), self.cleaned_data[campo])


class EntidadPublicaForm(_Datos):
    class Meta:
        model = Entidad
        fields = ("nombre", "ruc", "direccion", "telefono", "correo")
        labels = {"correo": "Correo institucional", "telefono": "Teléfono de la entidad"}

    def _fijos(self):
        return {"pk": self.instance.pk, "padre_id": self.instance.padre_id}


class OperadorPublicoForm(_Datos):
    ya_no = forms.BooleanField(label="Ya no trabajo en esta entidad", required=False)
    hasta = campo_de_fecha(
        "¿Hasta cuándo trabajó?", "Solo si ya no trabaja en la entidad.", required=False, initial=None
    )

    class Meta:
        model = Operador
        fields = ("nombres", "apellidos", "cargo", "sistemas", "correo", "telefono")
        labels = {"sistemas": "Sistemas administrativos que opera"}
        widgets = {"sistemas": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sistemas"].hidden_widget = _Vistos

    def clean(self):
        datos = super().clean()
        if self.conforme and (datos.get("ya_no") or datos.get("hasta")):
            self.add_error("ya_no", HAY_CAMBIOS)
        elif datos.get("hasta") and not datos.get("ya_no"):
            self.add_error("ya_no", FALTA_MARCAR)
        return datos

    def _propuesta(self, campo):
        if campo != "sistemas":
            return super()._propuesta(campo)
        antes = en_texto(self.instance, campo)
        despues = ", ".join(sorted(str(sistema) for sistema in self.cleaned_data["sistemas"]))
        llaves = sorted(sistema.pk for sistema in self.cleaned_data["sistemas"])
        return cambio(self.instance, campo, antes, despues, {"sistemas": llaves})

    def respuesta(self) -> Respuesta:
        if self.cleaned_data["ya_no"]:
            return Respuesta(propuestas=[baja(self.instance, self.cleaned_data["hasta"])])
        propuestas = self.propuestas()
        return Respuesta([] if propuestas else [self.instance], propuestas)


class PersonaForm(forms.Form):
    """Alguien que figura en la entidad: si sigue ahí. Su correo y su teléfono se muestran tapados."""

    SIGUE, YA_NO, NO_SE = "sigue", "ya_no", "no_se"
    situacion = forms.ChoiceField(
        choices=[(SIGUE, "Sigue aquí"), (YA_NO, "Ya no trabaja aquí"), (NO_SE, "No lo sé")],
        initial=NO_SE,
        widget=forms.RadioSelect,
    )
    hasta = campo_de_fecha("¿Hasta cuándo trabajó?", required=False, initial=None)

    def __init__(self, *args, fila, **kwargs):
        self.fila = fila
        super().__init__(*args, prefix=f"{fila._meta.model_name}-{fila.pk}", **kwargs)
        self.rotulo = self.fields["situacion"].label = f"{fila.nombres} {fila.apellidos}"
        self.fields["situacion"].help_text = self._ayuda()

    def clean(self):
        datos = super().clean()
        if datos.get("hasta") and datos.get("situacion") != self.YA_NO:
            self.add_error("hasta", FALTA_MARCAR)
        return datos

    def _ayuda(self) -> str:
        fila = self.fila
        sistemas = ", ".join(str(s) for s in fila.sistemas.all()) if isinstance(fila, Operador) else "Autoridad"
        partes = [fila.cargo, sistemas, tapar_correo(fila.correo), tapar_telefono(fila.telefono)]
        # La plantilla de un campo no escapa su ayuda, y un cargo lo escribe cualquiera.
        return conditional_escape(" · ".join(parte for parte in partes if parte))


class NuevoForm(forms.Form):
    """Una persona que falta; vacío, no cuenta."""

    sobre = forms.ChoiceField(
        label="Es",
        choices=[(Propuesta.Sobre.OPERADOR, "Operador"), (Propuesta.Sobre.AUTORIDAD, "Autoridad")],
        initial=Propuesta.Sobre.OPERADOR,
    )
    nombres = forms.CharField(label="Nombres", max_length=100, required=False)
    apellidos = forms.CharField(label="Apellidos", max_length=120, required=False)
    cargo = forms.CharField(label="Cargo", max_length=120, required=False)
    sistemas = forms.ModelMultipleChoiceField(
        Sistema.objects.all(), label="Sistemas que opera", required=False, widget=forms.CheckboxSelectMultiple
    )
    correo = forms.EmailField(label="Correo", max_length=254, required=False)
    telefono = forms.CharField(label="Teléfono", max_length=20, required=False)
    desde = campo_de_fecha(
        "¿Desde cuándo?",
        "De una autoridad: el día en que asume, aunque todavía no llegue.",
        required=False,
        initial=None,
    )

    def __init__(self, *args, numero: int, **kwargs):
        super().__init__(*args, prefix=f"nuevo-{numero}", **kwargs)
        self.rotulo = f"Persona nueva {numero + 1}"
        for nombre in ("nombres", "apellidos", "telefono"):
            self.fields[nombre].validators += Operador._meta.get_field(nombre).validators

    @property
    def escrito(self) -> bool:
        return bool(set(self.changed_data) - {"sobre"})

    def clean(self):
        datos = super().clean()
        if not self.escrito:
            return datos
        exigidos = ["nombres", "apellidos"]
        exigidos += ["cargo"] if datos.get("sobre") == Propuesta.Sobre.AUTORIDAD else []
        for nombre in exigidos:
            if not datos.get(nombre) and nombre not in self.errors:
                self.add_error(nombre, "Escríbalo para agregar a esta persona.")
        return datos

    def propuesta(self) -> Propuesta:
        datos = {n: self.cleaned_data[n] for n in ("nombres", "apellidos", "cargo", "correo", "telefono")}
        if self.cleaned_data["sobre"] == Propuesta.Sobre.OPERADOR:
            datos["sistemas"] = [sistema.pk for sistema in self.cleaned_data["sistemas"]]
        elif desde := self.cleaned_data["desde"]:
            datos["desde"] = desde.isoformat()
        return alta(self.cleaned_data["sobre"], datos)
