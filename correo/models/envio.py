"""Bandeja de salida: envíos y entregas (invariante 3, ADR 0003)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from comun.alcance import TOCAR, VER, QuerySetConAlcance
from comun.validadores import validar_sin_control


class EnvioQuerySet(QuerySetConAlcance):
    # Quien lo preparó para su centro lo detiene aunque su rol solo los mire (``correo.permissions``).
    acciones_propias = (*VER, *TOCAR)

    def masivos(self):
        return self.filter(es_masivo=True)

    def personales(self):
        return self.filter(es_masivo=False)

    def por_aprobar(self):
        return self.filter(estado=Envio.Estado.POR_APROBAR)

    def en_cola(self):
        return self.filter(estado=Envio.Estado.EN_COLA)

    def por_salir(self, ahora=None):
        """Los que están en cola y ya cumplieron su reposo."""
        return self.en_cola().filter(Q(sale_en=None) | Q(sale_en__lte=ahora or timezone.now()))

    def sin_pendientes(self):
        """Sin nada por salir ni saliendo; las dudosas esperan a una persona y no lo detienen."""
        return self.filter(~Exists(Entrega.objects.filter(envio=OuterRef("pk")).por_salir()))

    def que_mencionan(self, consulta: str):
        """Los que llevan ``consulta`` en el asunto o fueron a una dirección que la contiene."""
        if not consulta:
            return self
        a_esa_direccion = Entrega.objects.filter(envio=OuterRef("pk"), direccion__icontains=consulta)
        return self.filter(Q(asunto__icontains=consulta) | Exists(a_esa_direccion))

    def para_lista(self):
        """Sin los cuerpos y con ``primera_direccion``: en un aviso personal suele ser la única."""
        entregas = Entrega.objects.filter(envio=OuterRef("pk")).order_by("pk")
        sin_cuerpo = self.defer("texto", "html", "adjuntos").select_related("centro")
        return sin_cuerpo.annotate(primera_direccion=Subquery(entregas.values("direccion")[:1]))

    def con_dudosas(self):
        """Con entregas que no se sabe si llegaron."""
        return self.filter(Exists(Entrega.objects.filter(envio=OuterRef("pk")).dudosas()))

    def con_problemas(self):
        """Con entregas que fallaron o que una persona tiene que decidir."""
        return self.filter(Exists(Entrega.objects.filter(envio=OuterRef("pk")).con_problemas()))


class Envio(models.Model):
    """Un mensaje para una o muchas direcciones.

    ``clave`` lo hace irrepetible: «boletin:12», «inscripcion:8:confirmada». El cuerpo puede llevar las marcas de
    ``correo.mensaje.MARCAS``, que se llenan por entrega.
    """

    class Estado(models.TextChoices):
        POR_APROBAR = "por_aprobar", "Espera la segunda firma"
        EN_COLA = "en_cola", "En cola"
        EN_PAUSA = "en_pausa", "En pausa"
        TERMINADO = "terminado", "Terminado"
        CANCELADO = "cancelado", "Cancelado"

    clave = models.CharField("clave", max_length=120, unique=True)
    asunto = models.CharField("asunto", max_length=200, validators=[validar_sin_control])
    texto = models.TextField("cuerpo en texto")
    html = models.TextField("cuerpo en HTML", blank=True)
    responder_a = models.EmailField("responder a", blank=True)
    # Lista de {"nombre", "tipo", "contenido"} con el contenido en base 64: pocos y pequeños (un .ics).
    adjuntos = models.JSONField("adjuntos", default=list, blank=True)
    es_masivo = models.BooleanField("es masivo", default=False)
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="envios")
    # Nombre de la lista para List-Id (RFC 2919): «boletin-cusco». Solo en un masivo.
    lista = models.CharField("lista", max_length=60, blank=True)
    dirigido_a = models.CharField("dirigido a", max_length=300, blank=True)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.EN_COLA)
    # El reposo de un masivo: antes de este momento no sale nada y todavía se puede cancelar.
    sale_en = models.DateTimeField("sale desde", null=True, blank=True)
    urgencia = models.CharField("por qué no espera", max_length=255, blank=True)
    motivo_pausa = models.CharField("por qué se detuvo", max_length=200, blank=True)
    fallas_seguidas = models.PositiveSmallIntegerField("fallas seguidas", default=0)
    falla_desde = models.DateTimeField("falla desde", null=True, blank=True)
    aprobado_en = models.DateTimeField("aprobado", null=True, blank=True)
    aprobado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="envios_aprobados"
    )
    creado_en = models.DateTimeField("creado", auto_now_add=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="envios"
    )

    objects = EnvioQuerySet.as_manager()

    class Meta:
        verbose_name = "envío"
        verbose_name_plural = "envíos"
        ordering = ["-creado_en", "-pk"]
        permissions = [("aprobar_envio", "Puede dar la segunda firma a un envío")]
        # El cartero pregunta por lo que está en cola a cada lote, y los avisos terminados se acumulan por años.
        indexes = [models.Index(fields=["estado"], name="envio_por_estado")]

    def __str__(self):
        return self.asunto


class EntregaQuerySet(QuerySetConAlcance):
    permiso_de = "correo.envio"
    ruta_centro = "envio__centro"

    def por_salir(self):
        return self.filter(estado__in=(Entrega.Estado.PENDIENTE, Entrega.Estado.EN_CURSO))

    def listas(self, ahora=None):
        """Las pendientes que no esperan un siguiente intento; su envío puede estar en pausa."""
        ya_toca = Q(siguiente_intento_en=None) | Q(siguiente_intento_en__lte=ahora or timezone.now())
        return self.filter(ya_toca, estado=Entrega.Estado.PENDIENTE)

    def por_enviar(self, ahora=None):
        """Las que toca enviar ya, de los envíos que no están en pausa ni cancelados."""
        ahora = ahora or timezone.now()
        return self.listas(ahora).filter(envio__in=Envio.objects.por_salir(ahora))

    def masivas_por_salir_a(self, direccion):
        """Las de masivos que ningún cartero tomó todavía; las copias son un deber del servicio y no cuentan."""
        return self.filter(direccion=direccion, estado=Entrega.Estado.PENDIENTE, es_copia=False, envio__es_masivo=True)

    def vencidas(self, ahora=None):
        """Las que tomó un cartero que ya no responde."""
        return self.filter(estado=Entrega.Estado.EN_CURSO, arrendada_hasta__lte=ahora or timezone.now())

    def empezadas(self):
        """Las que un cartero ya tomó o intentó: de ellas no se puede decir que no salieron."""
        estados = (Entrega.Estado.PENDIENTE, Entrega.Estado.SUPRIMIDA, Entrega.Estado.FALLIDA)
        return self.exclude(estado__in=estados, intentos=0)

    def dudosas(self):
        return self.filter(estado=Entrega.Estado.DUDOSA)

    def rebotadas(self):
        return self.filter(estado=Entrega.Estado.REBOTADA)

    def con_sucesos(self):
        """Con lo que se supo de cada una, para mostrarlo."""
        return self.prefetch_related("sucesos")

    def copias(self):
        return self.filter(es_copia=True)

    def fallidas(self):
        return self.filter(estado=Entrega.Estado.FALLIDA)

    def con_problemas(self):
        return self.filter(estado__in=(Entrega.Estado.DUDOSA, Entrega.Estado.FALLIDA))

    def cuenta_por_envio_y_estado(self):
        """Ternas (llave del envío, estado, cuántas)."""
        return self.order_by().values_list("envio", "estado").annotate(models.Count("pk"))


class Entrega(models.Model):
    """Una copia de un envío para un destinatario; se anota antes de enviarse y nunca se repite a sabiendas."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        EN_CURSO = "en_curso", "Enviándose"
        ENVIADA = "enviada", "Enviada"
        FALLIDA = "fallida", "Falló"
        DUDOSA = "dudosa", "Dudosa: la revisa una persona"
        SUPRIMIDA = "suprimida", "Dirección dada de baja"
        REBOTADA = "rebotada", "Rebotó"

    envio = models.ForeignKey(Envio, models.CASCADE, related_name="entregas")
    # Masivo: la dirección. Personal: la persona («inscripcion:8»), porque los colegas comparten buzón.
    clave = models.CharField("destinatario", max_length=254)
    direccion = models.EmailField("dirección", max_length=254)
    nombre = models.CharField("nombre", max_length=200, blank=True)
    url_baja = models.CharField("enlace de baja", max_length=400, blank=True)
    # De quién es la dirección, para los pisos de arriba: «entidad:812», «suscriptor:9». No es una llave.
    referencia = models.CharField("referencia", max_length=40, blank=True)
    # La copia que las reglas R111 y R112 mandan dejar: una por envío y persona; no se cuenta como destinatario.
    es_copia = models.BooleanField("es copia", default=False)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    intentos = models.PositiveSmallIntegerField("intentos", default=0)
    arrendada_hasta = models.DateTimeField("arrendada hasta", null=True, blank=True)
    siguiente_intento_en = models.DateTimeField("siguiente intento", null=True, blank=True)
    enviada_en = models.DateTimeField("enviada", null=True, blank=True)
    message_id = models.CharField("Message-ID", max_length=200, blank=True)
    # Con el que el proveedor nombra el mensaje en sus avisos de rebote; vacío en SMTP.
    id_de_proveedor = models.CharField("identificador del proveedor", max_length=200, blank=True)
    error = models.CharField("error", max_length=300, blank=True)

    objects = EntregaQuerySet.as_manager()

    class Meta:
        verbose_name = "entrega"
        verbose_name_plural = "entregas"
        constraints = [models.UniqueConstraint(fields=["envio", "clave"], name="entrega_unica_por_destinatario")]
        indexes = [
            # Cuánto lleva un envío se pregunta en cada pantalla, y el cartero pide de cada uno las siguientes en orden.
            models.Index(fields=["envio", "estado", "id"], name="entrega_por_estado_y_orden"),
            models.Index(
                fields=["arrendada_hasta"], name="entrega_arrendada", condition=Q(arrendada_hasta__isnull=False)
            ),
            models.Index(fields=["direccion"], name="entrega_por_direccion"),
            models.Index(fields=["referencia"], name="entrega_por_referencia", condition=~Q(referencia="")),
            models.Index(fields=["id_de_proveedor"], name="entrega_de_proveedor", condition=~Q(id_de_proveedor="")),
        ]

    def __str__(self):
        return f"{self.direccion} – {self.get_estado_display()}"
