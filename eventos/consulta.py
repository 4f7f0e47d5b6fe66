"""Lo que pide una dirección del calendario: la vista, su fecha y los filtros. La página y sus feeds la leen igual."""

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from comun.templatetags.comun import fecha_larga

from . import calendario
from .enlaces import url_absoluta
from .forms.filtros import FiltrosForm
from .models import Capacitacion, Sesion

DE_DIA, DE_MES = r"j \d\e F \d\e Y", r"F \d\e Y"
VISTAS = ("agenda", "semana", "mes", "pasadas")
FORMATOS = {"ics": "text/calendar", "rss": "application/rss+xml", "json": "application/feed+json"}
FACETAS = ("sistema", "centro", "tipo", "modalidad", "alcance", "organiza", "aliado")


class Consulta:
    """Una dirección leída: ``vista``, sus fechas, los filtros (``form``) y qué se pidió que no existe (``avisos``)."""

    def __init__(self, parametros: QueryDict, *, hoy: dt.date | None = None):
        self.hoy = hoy or timezone.localdate()
        self.form = FiltrosForm(parametros)
        self.avisos = self.form.avisos
        self.vista = self._leer_vista(parametros.get("vista", ""))
        self.dia = self._leer(("agenda",), parametros.get("dia"), calendario.leer_dia, "Ese día no existe")
        self.semana = self._leer(("semana",), parametros.get("semana"), calendario.leer_semana, "Esa semana no existe")
        self.mes = self._leer(("mes", "pasadas"), parametros.get("mes"), calendario.leer_mes, "Ese mes no existe")
        if self.vista == "semana" and not self.semana:
            self.semana = calendario.lunes_de(self.hoy)
        if self.vista == "mes" and not self.mes:
            self.mes = self.hoy.replace(day=1)

    def _leer_vista(self, pedida):
        if pedida and pedida not in VISTAS:
            self.avisos.append("Esa forma de ver el calendario no existe; se muestra la agenda.")
        return pedida if pedida in VISTAS else "agenda"

    def _leer(self, vistas, texto, leer, si_no_existe):
        """La fecha de ``texto`` si la vista la usa; lo que no se entiende, se avisa."""
        if self.vista not in vistas or not texto:
            return None
        fecha = leer(texto)
        if fecha is None:
            self.avisos.append(f"{si_no_existe}; no se tomó en cuenta.")
        return fecha

    formatos = tuple(FORMATOS.items())

    @property
    def facetas(self) -> list[tuple]:
        """Los filtros que son un grupo plegado de casillas: (campo, cuántas hay elegidas)."""
        return [(self.form[nombre], len(self.form.cleaned_data[nombre])) for nombre in FACETAS]

    # --- Cuáles ---

    def filas(self):
        """Las capacitaciones que se ven, en el orden de la vista; quien las muestra agrega ``para_mostrar()``."""
        filas = self._filtradas()
        if self.vista == "pasadas":
            pasadas = filas.pasadas(self.hoy)
            return pasadas.filter(fecha_inicio__range=self.periodo) if self.periodo else pasadas
        return filas.entre(*self.periodo).order_by("fecha_inicio", "pk") if self.periodo else filas.proximas(self.hoy)

    def _filtradas(self):
        return Capacitacion.objects.publicadas().filtradas(**self.form.elegidos)

    @property
    def periodo(self) -> tuple[dt.date, dt.date] | None:
        """Entre qué fechas, ambas incluidas; ``None`` si la vista no tiene límites."""
        if self.dia:
            return self.dia, self.dia
        if self.semana:
            return self.semana, self.semana + dt.timedelta(days=6)
        return (self.mes, calendario.ultimo_dia(self.mes)) if self.mes else None

    def dias_de_agenda(self):
        """Tuplas (fecha, llave, hora) de la agenda: cada capacitación en cada día que le queda, por fecha y hora."""
        dias = {"fecha": self.dia} if self.dia else {"fecha__gte": self.hoy}
        suyas = Sesion.objects.filter(capacitacion__in=self.filas().order_by().values("pk"), **dias)
        filas = suyas.values_list("fecha", "capacitacion").annotate(desde=Min("hora_inicio"))
        return filas.order_by("fecha", "desde", "capacitacion")

    def meses_pasados(self):
        """Filas (mes, total) con lo que ya pasó, del mes más reciente al más antiguo."""
        pasadas = self._filtradas().pasadas(self.hoy).order_by()
        por_mes = pasadas.annotate(primero=TruncMonth("fecha_inicio")).values("primero")
        return por_mes.annotate(total=Count("pk")).order_by("-primero")

    # --- La dirección ---

    @property
    def pares_de_vista(self) -> list[tuple[str, str]]:
        """La vista y su fecha; la agenda no los necesita."""
        fechas = [
            ("vista", "" if self.vista == "agenda" else self.vista),
            ("dia", f"{self.dia or ''}"),
            ("semana", calendario.codigo_de_semana(self.semana) if self.semana else ""),
            ("mes", f"{self.mes:%Y-%m}" if self.mes else ""),
        ]
        return [(nombre, valor) for nombre, valor in fechas if valor]

    @property
    def pares(self) -> list[tuple[str, str]]:
        """Los parámetros que valen, sin la página y siempre en el mismo orden."""
        return self.pares_de_vista + self.form.pares

    @property
    def parametros(self) -> str:
        """La consulta de esta dirección, terminada en «&» si hay algo: se le agrega lo que se quiera."""
        return _consulta(self.pares)

    @property
    def filtros(self) -> str:
        """Como ``parametros``, pero solo los filtros: para pasar a otra vista sin perderlos."""
        return _consulta(self.form.pares)

    @property
    def sin_filtros(self) -> str:
        return _consulta(self.pares_de_vista)

    @property
    def etiquetas(self) -> list[tuple[str, str]]:
        """Cada filtro puesto en palabras y la consulta que queda al quitarlo."""
        return [
            (self.form.en_palabras(*par), _consulta([otro for otro in self.pares if not _cae_con(par, otro)]))
            for par in self.form.pares
        ]

    @property
    def direccion(self) -> str:
        """La dirección completa de lo que se ve."""
        return self._con_parametros(url_absoluta("eventos:calendario"))

    @property
    def webcal(self) -> str:
        """La del .ics para suscribirse: las agendas abren solas «webcal:»."""
        _, _, resto = self._con_parametros(url_absoluta("eventos:feed", "ics")).partition("://")
        return f"webcal://{resto}"

    @property
    def para_compartir(self) -> str:
        return urlencode({"text": f"{self.titulo}: {self.direccion}"})

    def _con_parametros(self, url):
        return f"{url}?{urlencode(self.pares)}" if self.pares else url

    # --- En palabras ---

    @property
    def titulo(self) -> str:
        if self.vista == "semana":
            return f"Capacitaciones de la semana {self.semana_en_palabras}"
        if self.dia:
            return f"Capacitaciones del {fecha_larga(self.dia)}"
        pasadas = " pasadas" if self.vista == "pasadas" else ""
        if self.mes:
            return f"Capacitaciones{pasadas} de {date_format(self.mes, DE_MES)}"
        return "Capacitaciones pasadas" if pasadas else "Próximas capacitaciones"

    @property
    def semana_en_palabras(self) -> str:
        """«del 23 al 29 de noviembre de 2026», con cada mes y año solo si hace falta."""
        desde, hasta = self.periodo
        primero = r"j" if desde.month == hasta.month else r"j \d\e F"
        primero = primero if desde.year == hasta.year else DE_DIA
        return f"del {date_format(desde, primero)} al {date_format(hasta, DE_DIA)}"

    @property
    def filtros_en_palabras(self) -> str:
        return ". ".join(self.form.en_palabras(*par) for par in self.form.pares)


def _consulta(pares):
    return f"{urlencode(pares)}&" if pares else ""


def _cae_con(quitado, otro):
    """Al quitar el departamento se va también su provincia."""
    return otro == quitado or (quitado[0] == "departamento" and otro[0] == "provincia")
