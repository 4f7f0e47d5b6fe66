"""Quién puede qué con las ediciones: la misma respuesta para la vista, la plantilla y el menú."""

from wagtail.models import Collection, Page, Site

from boletines.models import BoletinesIndexPage, BoletinPage, ComunicadosIndexPage
from organizacion.models import Rol, Usuario

DE_PAGINA = ("add_page", "change_page", "publish_page")
DE_COLECCION = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def puede_ver_ediciones(usuario: Usuario) -> bool:
    return usuario.has_perm("correo.view_envio")


def puede_enviar_boletines(usuario: Usuario) -> bool:
    return usuario.has_perm("correo.add_envio")


def puede_editar(usuario: Usuario, pagina: Page | None) -> bool:
    """Si puede cambiar ``pagina`` o agregar páginas debajo de ella."""
    return pagina is not None and pagina.permissions_for_user(usuario).can_edit()


def puede_ofrecer_envio(usuario: Usuario, pagina: Page) -> bool:
    """Si el menú de ``pagina`` muestra «Enviar boletín»."""
    return isinstance(pagina, BoletinPage) and pagina.live and puede_enviar_boletines(usuario)


def paginas_de_comunicaciones(rol: str, centro):
    """La Oficina de Comunicaciones edita y publica el inicio, los boletines y los comunicados (R106, R111)."""
    if rol != Rol.COMUNICACIONES:
        return
    if sitio := Site.objects.filter(is_default_site=True).select_related("root_page").first():
        yield sitio.root_page, DE_PAGINA
    for modelo in (BoletinesIndexPage, ComunicadosIndexPage):
        for pagina in modelo.objects.all():
            yield pagina, DE_PAGINA


def colecciones_de_comunicaciones(rol: str, centro):
    """Y sube y elige las imágenes y los documentos de esas páginas."""
    if rol == Rol.COMUNICACIONES and (raiz := Collection.get_first_root_node()):
        yield raiz, DE_COLECCION
