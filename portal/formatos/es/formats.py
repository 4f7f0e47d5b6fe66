"""El administrador de Wagtail habla «es»: los mismos formatos del Perú."""

from portal.formatos.es_PE.formats import *  # noqa: F403
