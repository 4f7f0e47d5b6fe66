"""Las pantallas de eventos que no son un registro y van en el menú."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from eventos import permissions


class DelPrograma(MenuItem):
    def is_shown(self, request):
        return permissions.puede_ver_programa(request.user)


def entrada_de_programa() -> MenuItem:
    url = reverse("eventos_intranet:programa-del-mes")
    return DelPrograma("Programa del mes", url, name="programa-del-mes", icon_name="calendar", order=190)


def entrada_de_agenda() -> MenuItem:
    url = reverse("eventos_intranet:agenda")
    return DelPrograma("Agenda", url, name="agenda", icon_name="group", order=210)


class DeEstadistica(MenuItem):
    def is_shown(self, request):
        return permissions.puede_ver_estadistica(request.user)


def entrada_de_estadistica() -> MenuItem:
    url = reverse("eventos_intranet:estadistica")
    return DeEstadistica("Estadística", url, name="estadistica-de-capacitacion", icon_name="table", order=230)
