from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control


class SuscriptorQuerySet(QuerySetConAlcance):
    def confirmados(self, en=None):
        """A quienes se puede escribir: confirmaron y no están en pausa en la fecha ``en`` (hoy si no se dice)."""
        en_pausa = Q(pausa_hasta__gte=en or timezone.localdate())
        return self.filter(~en_pausa | Q(pausa_hasta__isnull=True), estado=Suscriptor.Estado.CONFIRMADO)

    def que_aceptan(self, tipo: str):
        """Los que piden correos de ese ``Suscriptor.Tipo``."""
        return self.filter(**{f"recibe_{Suscriptor.Tipo(tipo).value}": True})

    def de_temas(self, sistemas):
        """Los que siguen alguno de ``sistemas``: quien no eligió temas los sigue todos. Sin sistemas, no se filtra."""
        if not (sistemas := list(sistemas)):
            return self.all()
        elegidos = Suscriptor.temas.through.objects.filter(suscriptor=OuterRef("pk"))
        return self.filter(~Exists(elegidos) | Exists(elegidos.filter(sistema__in=sistemas)))

    def de_la_edicion(self, centro):
        """A quienes va el boletín de ``centro``; con ``None``, los que no tienen uno que atienda."""
        del_centro = Q(centro=centro) if centro else Q(centro=None) | Q(centro__esta_activo=False)
        return self.confirmados().que_aceptan(Suscriptor.Tipo.BOLETIN).filter(del_centro)


class Suscriptor(Buscable):
    """Quien pidió recibir el boletín. Solo se le escribe si confirmó desde su propio correo (doble confirmación)."""

    class Estado(models.TextChoices):
        INVITADO = "invitado", "Invitado a suscribirse"
        PENDIENTE = "pendiente", "Por confirmar"
        CONFIRMADO = "confirmado", "Confirmado"
        BAJA = "baja", "De baja"

    class Tipo(models.TextChoices):
        """Qué recibe. El valor es el final del campo ``recibe_…``."""

        BOLETIN = "boletin", "Boletín mensual"
        COMUNICADOS = "comunicados", "Comunicados del MEF"
        INFORMATIVOS = "informativos", "Correos informativos"

    class Baja(models.TextChoices):
        PROPIA = "propia", "se dio de baja"
        PERSONAL = "personal", "lo pidió al personal"
        REBOTE = "rebote", "su correo rebota"
        QUEJA = "queja", "marcó un envío como no deseado"

    correo = models.EmailField("correo", max_length=254, unique=True)
    nombre = models.CharField("nombre", max_length=160, blank=True, validators=[validar_sin_control])
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="suscriptores"
    )
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.PENDIENTE)
    recibe_boletin = models.BooleanField("boletín mensual", default=True)
    recibe_comunicados = models.BooleanField("comunicados del MEF", default=True)
    recibe_informativos = models.BooleanField("correos informativos de su centro", default=True)
    temas = models.ManyToManyField(
        "organizacion.Sistema", related_name="suscriptores", blank=True, help_text="Ninguno: todos los temas."
    )
    # Inclusive. Al día siguiente vuelve a recibir sin que nadie haga nada.
    pausa_hasta = models.DateField("en pausa hasta", null=True, blank=True, editable=False)
    consentimiento = models.ForeignKey(
        "custodia.Consentimiento", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField("desde", auto_now_add=True)
    confirmacion_pedida_en = models.DateTimeField("última confirmación pedida", null=True, blank=True, editable=False)
    # Cuándo se le mandó su enlace de preferencias porque alguien escribió su correo: no se repite a cada rato.
    preferencias_pedidas_en = models.DateTimeField(null=True, blank=True, editable=False)
    confirmado_en = models.DateTimeField("confirmado", null=True, blank=True, editable=False)
    baja_en = models.DateTimeField("de baja", null=True, blank=True, editable=False)
    baja_por = models.CharField("por qué está de baja", max_length=10, choices=Baja, blank=True, editable=False)
    # A quien está en una lista sin evidencia se le invita una sola vez.
    invitado_en = models.DateTimeField("invitado", null=True, blank=True, editable=False)
    importacion = models.ForeignKey(
        "boletines.ImportacionDeSuscriptores", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    campos_de_busqueda = ("correo", "nombre")
    objects = SuscriptorQuerySet.as_manager()

    class Meta:
        verbose_name = "suscriptor"
        verbose_name_plural = "suscriptores"
        ordering = ["correo"]
        permissions = [
            ("exportar_suscriptor", "Puede llevarse la lista de suscriptores, con su motivo"),
            ("retirar_suscriptor", "Puede borrar a un suscriptor, con su motivo"),
        ]
        # La audiencia de un centro, entre decenas de miles.
        indexes = [models.Index(fields=["estado", "centro"], name="suscriptor_por_centro")]

    def __str__(self):
        return self.correo

    @property
    def tipos(self) -> list[str]:
        """Lo que recibe, como valores de ``Tipo``."""
        return [tipo for tipo in self.Tipo.values if getattr(self, f"recibe_{tipo}")]

    def poner_tipos(self, tipos) -> None:
        """Deja marcados solo esos ``Tipo``; no guarda."""
        for tipo in self.Tipo.values:
            setattr(self, f"recibe_{tipo}", tipo in tipos)

    @property
    def esta_en_pausa(self) -> bool:
        return self.pausa_hasta is not None and self.pausa_hasta >= timezone.localdate()
