from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import palabras_de
from comun.texto import raices


class CapacitacionQuerySet(QuerySetConAlcance):
    ruta_sistemas = "sistemas"
    ruta_aliado = "aliado"
    # Las que se pueden seguir desde cualquier lugar (``Capacitacion.Modalidad``).
    a_distancia = ("virtual", "hibrida")

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

    def lugar_habitual(self, centro) -> str:
        """El último lugar en que ``centro`` dictó algo presencial, o «»."""
        filas = self.filter(centro=centro).exclude(modalidad=self.model.Modalidad.VIRTUAL).exclude(lugar="")
        return filas.order_by("-pk").values_list("lugar", flat=True).first() or ""

    def parecidas_a(self, capacitacion, en=None):
        """Las del mismo sistema, en pie y que no han empezado: primero las de su centro y luego las virtuales (R67)."""
        sistemas = [sistema.pk for sistema in capacitacion.sistemas.all()]
        del_sistema = self.model.sistemas.through.objects.filter(sistema__in=sistemas)
        lejania = Case(
            When(centro=capacitacion.centro_id, then=0), When(modalidad__in=self.a_distancia, then=1), default=2
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

    def filtradas(
        self,
        *,
        q="",
        centro=(),
        sistema=(),
        tipo=(),
        modalidad=(),
        alcance=(),
        organiza=(),
        aliado=(),
        cupos=(),
        departamento="",
        provincia="",
        en=None,
    ):
        """Las que cumplen todos los filtros del calendario público, y alguno de los valores de cada uno.

        Los valores son los de la dirección: el identificador del centro y del sistema, el código del lugar.
        """
        filas = self.buscar(q) if q else self
        if centro:  # las de la sede para todos son de todo programa (R62)
            filas = filas.filter(Q(centro__slug__in=centro) | Q(centro__isnull=True))
        if sistema:
            suyas = self.model.sistemas.through.objects.filter(sistema__slug__in=sistema)
            filas = filas.filter(pk__in=suyas.values("capacitacion"))
        for campo, valores in {"tipo": tipo, "organizador": organiza}.items():
            filas = filas.filter(**{f"{campo}__in": valores}) if valores else filas
        filas = filas.de_modalidad(*modalidad) if modalidad else filas
        filas = filas.filter(aliado__sigla__in=aliado) if aliado else filas  # R7
        filas = filas.de_alcance(*alcance) if len(alcance) == 1 else filas
        filas = filas.con_cupos_libres(en) if cupos else filas
        return filas.cerca_de(departamento=departamento, provincia=provincia)

    def de_modalidad(self, *modalidades):
        """A las que se puede asistir de alguno de esos modos: la híbrida es presencial y también virtual (R58)."""
        return self.filter(modalidad__in={*modalidades, self.model.Modalidad.HIBRIDA})

    def de_alcance(self, alcance):
        """De «uno» o de «varios» sistemas (R55)."""
        de_cada_una = self.model.sistemas.through.objects.order_by().values("capacitacion").annotate(n=Count("pk"))
        varias = Q(pk__in=de_cada_una.filter(n__gt=1).values("capacitacion"))
        return self.filter(varias if alcance == "varios" else ~varias)

    def con_cupos_libres(self, en=None):
        """Aquellas en que alguien puede inscribirse ya y no va a la lista de espera: su situación es «abierta»."""
        from .models import Sesion

        ahora = timezone.localtime(en)
        hoy = ahora.date()
        empezaron = Sesion.objects.filter(capacitacion=OuterRef("pk"), fecha=hoy, hora_inicio__lte=ahora.time())
        por_empezar = Q(fecha_inicio__gt=hoy) | (Q(fecha_inicio=hoy) & ~Exists(empezaron))
        ya_abre = Q(inscripcion_abre_en__isnull=True) | Q(inscripcion_abre_en__lte=ahora)
        no_cierra = Q(inscripcion_cierra_en__isnull=True) | Q(inscripcion_cierra_en__gt=ahora)
        hay_cupo = Q(cupos__isnull=True) | Q(cupos__gt=_ocupados())
        return self.en_pie().filter(por_empezar, ya_abre, no_cierra, hay_cupo)

    def cerca_de(self, *, departamento="", provincia=""):
        """Las del centro que atiende el lugar, las que se realizan en un distrito de ahí y las que van por internet."""
        from organizacion.models import Jurisdiccion

        if not departamento and not provincia:
            return self
        camino, valor = ("provincia", provincia) if provincia else ("provincia__departamento", departamento)
        centros = Jurisdiccion.objects.vigentes().filter(**{camino: valor}).values("centro")
        ahi = Q(centro__in=centros) | Q(**{f"distrito__{camino}": valor})
        return self.filter(ahi | Q(modalidad__in=self.a_distancia))

    def para_mostrar(self):
        """Con todo lo que una lista pública muestra, en un número fijo de consultas."""
        filas = self.select_related("centro", "distrito", "aliado").annotate(ocupados=_ocupados())
        return filas.prefetch_related("sesiones", "sistemas", "reprogramaciones")

    def con_materiales(self, en=None):
        """Con ``total_materiales``: cuántos puede descargar el público en la fecha ``en``."""
        from .models import Material

        pasada = Q(
            capacitacion__fecha_fin__lt=en or timezone.localdate(),
            capacitacion__estado=self.model.Estado.PUBLICADA,
        )
        suyos = Material.objects.filter(pasada | Q(visible_antes=True), capacitacion=OuterRef("pk"))
        total = Subquery(suyos.order_by().values("capacitacion").values(total=Count("pk")))
        return self.annotate(total_materiales=Coalesce(total, 0))


def _ocupados():
    """Cuántos cupos están tomados en la capacitación de la consulta de afuera."""
    from .models import Inscripcion

    suyas = Inscripcion.objects.que_ocupan_cupo().filter(capacitacion=OuterRef("pk"))
    return Coalesce(Subquery(suyas.order_by().values("capacitacion").values(total=Count("pk"))), 0)
