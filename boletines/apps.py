from django.apps import AppConfig


class BoletinesConfig(AppConfig):
    name = "boletines"
    verbose_name = "Boletines y comunicados"
