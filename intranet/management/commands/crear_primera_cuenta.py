import secrets

from django.core.management.base import BaseCommand
from django.db import transaction

from intranet.matriz import aplicar_permisos
from organizacion.actions import asignar_rol
from organizacion.models import Rol, Usuario

USUARIO = "ogauc"


class Command(BaseCommand):
    help = "Crea la primera cuenta, la de la OGAUC, y muestra su contraseña una sola vez. Se puede repetir."

    def handle(self, **opciones):
        if Usuario.objects.filter(username=USUARIO).exists():
            self.stdout.write(f"La cuenta «{USUARIO}» ya existe; su contraseña no se vuelve a mostrar.")
            self.stdout.write(f"Si la perdió: manage.py changepassword {USUARIO}")
            return
        clave = secrets.token_urlsafe(12)
        with transaction.atomic():
            aplicar_permisos()
            usuario = Usuario.objects.create_user(USUARIO, password=clave, first_name="OGAUC")
            asignar_rol(usuario=usuario, rol=Rol.OGAUC)
        self.stdout.write(f"Usuario:    {USUARIO}\nContraseña: {clave}\nCámbiela al entrar, en «Mi cuenta».")
