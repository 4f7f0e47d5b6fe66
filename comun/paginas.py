"""Lo que comparten las páginas de Wagtail de todos los pisos."""

from wagtail.models import PageViewRestriction


class SiemprePublica:
    """Página que no lleva contraseña ni se limita a un grupo: no se ofrece, y no cuesta consultas averiguarlo.

    Va antes que ``Page`` en las bases.
    """

    private_page_options = ()

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()
