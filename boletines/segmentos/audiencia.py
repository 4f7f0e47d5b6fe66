from django.db import models


class Audiencia(models.TextChoices):
    OPERADORES = "operadores", "Operadores de las entidades"
    ENTIDADES = "entidades", "Correo institucional de las entidades"
    SUSCRIPTORES = "suscriptores", "Suscriptores"
