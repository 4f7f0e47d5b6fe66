"""Quién puede qué con las ediciones: la misma respuesta para la vista, la plantilla y el menú."""

from wagtail.models import Collection, Page, Site

from boletines.models import AprobacionDeBoletin, BoletinesIndexPage, BoletinPage, ComunicadosIndexPage, Remision
from boletines.models.aprobacion import es_propia
from organizacion.models import AjustesPortal, Rol, Usuario

# Una edición se publica al aprobarse; lo demás lo publica quien lo escribe.
DE_EDICION = ("add_page", "change_page")
DE_PAGINA = (*DE_EDICION, "publish_page")
DE_COLECCION = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def puede_ver_ediciones(usuario: Usuario) -> bool:
    return usuario.has_perm("boletines.view_remision")


def puede_ver_borradores(usuario: Usuario) -> bool:
    """Comunicaciones, que los escribe, y la OGAUC, que los aprueba."""
    return usuario.has_perm("boletines.view_remision") and usuario.tiene_rol(Rol.COMUNICACIONES, Rol.OGAUC)


def puede_ver_edicion(usuario: Usuario, boletin: BoletinPage) -> bool:
    """Si abre sus vistas previas: la publicada, quien la difunde; en borrador, quien la escribe o la aprueba."""
    return puede_ver_borradores(usuario) or (boletin.live and puede_ver_ediciones(usuario))


def puede_remitir(usuario: Usuario) -> bool:
    """Entregarla a los centros y difundir la nacional (R110)."""
    return usuario.has_perm("boletines.add_remision")


def puede_difundir_edicion(usuario: Usuario, remision: Remision) -> bool:
    """El coordinador de ese centro, titular o encargado (R110); nadie más en su nombre."""
    if not usuario.has_perm("boletines.change_remision"):
        return False
    asignaciones = usuario.asignaciones_vigentes
    return usuario.is_superuser or any(
        a.rol == Rol.COORDINADOR and a.centro_id == remision.centro_id for a in asignaciones
    )


def puede_enviar_por_todos(usuario: Usuario) -> bool:
    return puede_remitir(usuario) and AjustesPortal.load().boletin_por_todos


def puede_aprobar(usuario: Usuario, boletin: BoletinPage) -> bool:
    """Si ``boletin`` espera su aprobación: es del grupo y no lo escribió ni lo envió él."""
    tarea = boletin.current_workflow_task
    if not isinstance(tarea, AprobacionDeBoletin) or es_propia(boletin, usuario):
        return False
    return any(accion[0] == "approve" for accion in tarea.get_actions(boletin, usuario))


def puede_editar(usuario: Usuario, pagina: Page | None) -> bool:
    """Si puede cambiar ``pagina`` o agregar páginas debajo de ella."""
    return pagina is not None and pagina.permissions_for_user(usuario).can_edit()


def puede_ofrecer_envio(usuario: Usuario, pagina: Page) -> bool:
    """Si el menú de ``pagina`` muestra «Difusión»."""
    return isinstance(pagina, BoletinPage) and pagina.live and puede_remitir(usuario)


def paginas_de_comunicaciones(rol: str, centro):
    """La Oficina de Comunicaciones edita el inicio, los boletines y los comunicados (R106, R111); publica lo demás."""
    if rol != Rol.COMUNICACIONES:
        return
    if sitio := Site.objects.filter(is_default_site=True).select_related("root_page").first():
        yield sitio.root_page, DE_PAGINA
    for modelo, permisos in ((BoletinesIndexPage, DE_EDICION), (ComunicadosIndexPage, DE_PAGINA)):
        for pagina in modelo.objects.all():
            yield pagina, permisos


def colecciones_de_comunicaciones(rol: str, centro):
    """Y sube y elige las imágenes y los documentos de esas páginas."""
    if rol == Rol.COMUNICACIONES and (raiz := Collection.get_first_root_node()):
        yield raiz, DE_COLECCION
