from django import forms
from django.core.cache import cache
from django.db.models import TextChoices

from eventos.models import Capacitacion
from organizacion.models import Centro, Organo, Provincia, Sistema
from organizacion.publico import version_publica

OPCIONES, CINCO_MINUTOS = "eventos.opciones-del-calendario", 300
LARGO_DEL_TEXTO = 100
DESCONOCIDOS_QUE_SE_NOMBRAN = 3


class Alcance(TextChoices):  # R55
    UNO = "uno", "Un sistema"
    VARIOS = "varios", "Varios sistemas"


class Organiza(TextChoices):  # R60
    CENTRO = "centro", "Un CONECTAMEF"
    SEDE = "sede", "La sede central del MEF"
    OTRA = "otra", "Otra entidad"


class Varias(forms.MultipleChoiceField):
    """Casillas: valen las conocidas, sin repetir y en el orden de la lista."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        pedidas = set(value or ())
        return [opcion for opcion, _ in self.choices if opcion in pedidas]


class Una(forms.ChoiceField):
    """Lista desplegable: una opción desconocida es como no elegir."""

    def clean(self, value):
        return value if value in dict(self.choices) else ""


class Texto(forms.CharField):
    def clean(self, value):
        return " ".join((value or "").replace("\x00", " ").split())[:LARGO_DEL_TEXTO].strip()


class FiltrosForm(forms.Form):
    """Los filtros del calendario, de la dirección. Uno desconocido se informa y no filtra; los demás valen."""

    q = Texto(label="Tema o lugar", required=False, widget=forms.TextInput({"type": "search", "maxlength": 100}))
    departamento = Una(label="Cerca de mí: departamento", required=False)
    provincia = Una(label="Provincia", required=False)
    cupos = Varias(label="Cupos", required=False, choices=[("libres", "Con cupos libres")])
    sistema = Varias(label="Sistema", required=False)
    centro = Varias(label="Centro", required=False)
    tipo = Varias(label="Tipo", required=False, choices=Capacitacion.Tipo.choices)
    modalidad = Varias(label="Modalidad", required=False, choices=Capacitacion.Modalidad.choices)
    alcance = Varias(label="Alcance", required=False, choices=Alcance.choices)
    organiza = Varias(label="Organiza", required=False, choices=Organiza.choices)
    aliado = Varias(label="Servicio conjunto con", required=False)

    def __init__(self, data, **kwargs):
        data = data.copy()
        if not data.get("departamento"):
            data["departamento"] = data.get("provincia", "")[:2]
        super().__init__(data, **kwargs)
        opciones = cache.get_or_set(f"{OPCIONES}.{version_publica()}", _opciones, CINCO_MINUTOS)
        provincias = opciones["provincia"].get(self.data["departamento"], [])
        self.fields["centro"].choices = opciones["centro"]
        self.fields["sistema"].choices = opciones["sistema"]
        self.fields["aliado"].choices = opciones["aliado"]
        self.fields["departamento"].choices = [("", "Todo el Perú"), *opciones["departamento"]]
        self.fields["provincia"].choices = [("", "Todo el departamento"), *provincias]
        self.is_valid()  # ningún campo rechaza: lo que no vale se aparta

    @property
    def elegidos(self) -> dict:
        """Los filtros que valen, como los pide ``CapacitacionQuerySet.filtradas``."""
        return {nombre: valor for nombre, valor in self.cleaned_data.items() if valor}

    @property
    def pares(self) -> list[tuple[str, str]]:
        """Cada (nombre, valor) que vale, siempre en el mismo orden: la dirección de una búsqueda es una sola."""
        cumplidos = ((nombre, self.cleaned_data[nombre]) for nombre in self.fields)
        return [(n, v) for n, valor in cumplidos for v in (valor if isinstance(valor, list) else [valor]) if v]

    def en_palabras(self, nombre: str, valor: str) -> str:
        """«Centro: Cusco»: cómo se lee un filtro puesto."""
        campo = self.fields[nombre]
        if nombre == "q":
            return f"«{valor}»"
        opcion = dict(campo.choices)[valor]
        rotulos = {"departamento": "Cerca de mí", "cupos": ""}
        rotulo = rotulos.get(nombre, campo.label)
        return f"{rotulo}: {opcion}" if rotulo else opcion

    @property
    def avisos(self) -> list[str]:
        """Qué se pidió que no se reconoce, en palabras."""
        avisos = [self._desconocidos(nombre) for nombre, campo in self.fields.items() if hasattr(campo, "choices")]
        if len(self.data.get("q", "")) > LARGO_DEL_TEXTO:
            avisos.append(f"El texto es muy largo: se buscaron sus primeras {LARGO_DEL_TEXTO} letras.")
        return [aviso for aviso in avisos if aviso]

    def _desconocidos(self, nombre):
        opciones = dict(self.fields[nombre].choices)
        ajenos = [valor for valor in dict.fromkeys(self.data.getlist(nombre)) if valor and valor not in opciones]
        if not ajenos:
            return ""
        nombrados = ", ".join(f"«{_legible(valor)}»" for valor in ajenos[:DESCONOCIDOS_QUE_SE_NOMBRAN])
        resto = len(ajenos) - DESCONOCIDOS_QUE_SE_NOMBRAN
        mas = f" y {resto} más" if resto > 0 else ""
        return f"No reconocemos {nombrados}{mas} en «{self.fields[nombre].label}»; no se tomó en cuenta."


def _opciones():
    """Los catálogos de los filtros; cambian pocas veces al año."""
    departamentos, provincias = {}, {}
    por_nombre = Provincia.objects.order_by("departamento__nombre", "nombre")
    for *provincia, codigo, nombre in por_nombre.values_list(
        "codigo", "nombre", "departamento", "departamento__nombre"
    ):
        departamentos[codigo] = nombre
        provincias.setdefault(codigo, []).append(tuple(provincia))
    return {
        "centro": list(Centro.objects.activos().values_list("slug", "nombre")),
        "sistema": list(Sistema.objects.values_list("slug", "nombre")),
        "aliado": list(Organo.objects.aliados().values_list("sigla", "sigla")),
        "departamento": list(departamentos.items()),
        "provincia": provincias,
    }


def _legible(valor):
    return "".join(c if c.isprintable() else "·" for c in valor[:40])
