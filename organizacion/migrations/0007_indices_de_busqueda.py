from django.db import migrations

from comun.indice import IndiceDeBusqueda


class Migration(migrations.Migration):
    """El índice de trigramas de las personas (ADR 0033)."""

    dependencies = [("organizacion", "0006_directorio_y_personas")]

    operations = [IndiceDeBusqueda("persona")]
