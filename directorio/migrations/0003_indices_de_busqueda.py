from django.db import migrations

from comun.indice import IndiceDeBusqueda


class Migration(migrations.Migration):
    """El índice de trigramas de lo que se busca por su nombre (ADR 0033)."""

    dependencies = [("directorio", "0002_directorio_y_personas")]

    operations = [IndiceDeBusqueda(modelo) for modelo in ("entidad", "operador", "autoridad", "medio", "personal")]
