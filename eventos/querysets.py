from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import palabras_de
from comun.texto import raices


class CapacitacionQuerySet(QuerySetConAlcance):
    ruta_sistemas = "sistemas"

    def publicadas(self):
        """Las que el público ve: publicadas o canceladas después de publicarse."""
        return self.exclude(estado=self.model.Estado.BORRADOR)

    def en_pie(self):
        """Las publicadas que no se cancelaron."""
        return self.filter(estado=self.model.Estado.PUBLICADA)

    def proximas(self, en=None):
        en = en or timezone.localdate()
        return self.filter(fecha_fin__gte=en).order_by("fecha_inicio", "pk")

    def pasadas(self, en=None):
        en = en or timezone.localdate()
        return self.filter(fecha_fin__lt=en).order_by("-fecha_inicio", "-pk")

    def por_cercania(self, en=None):
        """Lo que está en curso o viene, de lo más cercano a lo más lejano; lo que no tiene fecha; lo pasado."""
        en = en or timezone.localdate()
        viene = Q(fecha_fin__gte=en)
        turno = Case(When(viene, then=0), When(fecha_fin__isnull=True, then=1), default=2)
        por_venir = Case(When(viene, then=F("fecha_inicio")))
        return self.order_by(turno, por_venir, "-fecha_inicio", "-pk")

    def entre(self, desde, hasta):
        """Con alguna sesión entre las fechas ``desde`` y ``hasta``, ambas incluidas."""
        from .models import Sesion

        return self.filter(Exists(Sesion.objects.filter(capacitacion=OuterRef("pk"), fecha__range=(desde, hasta))))

    def del_centro(self, centro):
        """Las del programa de ``centro``: las suyas y las de la sede para todos (R62)."""
        return self.filter(Q(centro=centro) | Q(centro__isnull=True))

    def parecidas_a(self, capacitacion, en=None):
        """Las del mismo sistema, en pie y que no han empezado: primero las de su centro y luego las virtuales (R67)."""
        sistemas = [sistema.pk for sistema in capacitacion.sistemas.all()]
        del_sistema = self.model.sistemas.through.objects.filter(sistema__in=sistemas)
        lejania = Case(
            When(centro=capacitacion.centro_id, then=0), When(modalidad=self.model.Modalidad.VIRTUAL, then=1), default=2
        )
        filas = self.en_pie().filter(pk__in=del_sistema.values("capacitacion"))
        filas = filas.filter(fecha_inicio__gt=en or timezone.localdate()).exclude(pk=capacitacion.pk)
        return filas.order_by(lejania, "fecha_inicio", "pk")

    def buscar(self, consulta):
        """Las que llevan cada palabra de ``consulta`` o su raíz: «inversiones publicas» halla «inversión pública»."""
        filas = self
        for palabra in palabras_de(consulta):
            if raiz := " ".join(raices(palabra)):
                filas = filas.filter(Q(texto_busqueda__contains=palabra) | Q(texto_busqueda__contains=raiz))
        return filas

    def filtradas(self, *, q="", centro=None, sistema=None, tipo="", modalidad="", dia=None):
        """Las que cumplen todos los filtros del calendario público; uno vacío no filtra."""
        filas = self.buscar(q) if q else self
        filas = filas.del_centro(centro) if centro else filas
        filas = filas.filter(sistemas=sistema) if sistema else filas
        filas = filas.filter(tipo=tipo) if tipo else filas
        filas = filas.filter(modalidad=modalidad) if modalidad else filas
        return filas.entre(dia, dia) if dia else filas

    def para_mostrar(self):
        """Con todo lo que una lista pública muestra, en un número fijo de consultas."""
        from .models import Inscripcion

        suyas = Inscripcion.objects.que_ocupan_cupo().filter(capacitacion=OuterRef("pk"))
        ocupados = Coalesce(Subquery(suyas.order_by().values("capacitacion").values(total=Count("pk"))), 0)
        filas = self.select_related("centro", "distrito").annotate(ocupados=ocupados)
        return filas.prefetch_related("sesiones", "sistemas", "reprogramaciones")
