from django.contrib.admin import SimpleListFilter


class FiltroDeVerificacion(SimpleListFilter):
    """Lo que está al día, lo que lleva más de seis meses sin verificar y lo que nadie verificó nunca (R114)."""

    title = "verificación"
    parameter_name = "verificacion"

    def lookups(self, request, model_admin):
        return [("al-dia", "Al día"), ("vencida", "Sin verificar hace 6 meses"), ("nunca", "Nunca se verificó")]

    def queryset(self, request, queryset):
        if self.value() == "nunca":
            return queryset.filter(verificado_en__isnull=True)
        vencidas = queryset.model.objects.sin_verificar().values("pk")
        if self.value() == "vencida":
            return queryset.filter(pk__in=vencidas)
        return queryset.exclude(pk__in=vencidas) if self.value() == "al-dia" else queryset
