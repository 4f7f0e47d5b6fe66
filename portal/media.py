"""``/media/`` sin nginx delante: las mismas carpetas y cabeceras que ``docs/nginx.conf``."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

# Las imágenes de las páginas y los retratos de las cuentas. Los documentos salen por /documentos/, que mira su
# colección, y los materiales por su capacitación, que mira si ya se publican.
PUBLICAS = ("images/", "original_images/", "avatar_images/")


@require_safe
def media(request, path):
    ruta = posixpath.normpath(path).lstrip("/")
    if not ruta.startswith(PUBLICAS):
        raise Http404
    respuesta = serve(request, ruta, document_root=settings.MEDIA_ROOT)
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return respuesta
