"""El editor de páginas de Wagtail, sus ventanas y la biblioteca de imágenes y documentos."""

from organizacion.models import Rol

from .quien import con, con_algo, grupo

# Quienes tienen permisos sobre páginas (registro permisos_de_pagina). Cuáles y qué en cada una lo pregunta Wagtail.
EDITA = {Rol.COORDINADOR, Rol.OGAUC, Rol.COMUNICACIONES}
AGREGA = {Rol.COMUNICACIONES}
# Comunicaciones lleva la biblioteca (registro permisos_de_coleccion).
BIBLIOTECA = {Rol.COMUNICACIONES}
# El texto con formato también se escribe en una capacitación o en un correo: su ventana de enlaces se abre ahí.
ESCRIBE = EDITA | con("eventos.capacitacion", "c") | con("boletines.correodifundido", "a")

ACCESOS = [
    grupo("wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results", EDITA),
    grupo("wagtail_bulk_action", EDITA),
    grupo("edit preview_on_edit view_draft search search_results unpublish usage", EDITA, de="wagtailadmin_pages:"),
    grupo("history history_results revisions_index revisions_view revisions_revert", EDITA, de="wagtailadmin_pages:"),
    grupo("revisions_compare revisions_unschedule workflow_history", EDITA, de="wagtailadmin_pages:"),
    grupo("workflow_history_detail workflow_preview workflow_action", EDITA, de="wagtailadmin_pages:"),
    grupo("collect_workflow_action_data confirm_workflow_cancellation", EDITA, de="wagtailadmin_pages:"),
    grupo("lock unlock set_privacy type_use type_use_results", EDITA, de="wagtailadmin_pages:"),
    grupo("add add_subpage preview_on_add choose_parent delete copy", AGREGA, de="wagtailadmin_pages:"),
    grupo("move move_confirm set_page_position convert_alias", AGREGA, de="wagtailadmin_pages:"),
    grupo("wagtailadmin_editing_sessions:ping wagtailadmin_editing_sessions:release", EDITA),
    grupo("wagtailadmin_block_preview", EDITA),
    # Lo que el editor consulta y las ventanas que abre.
    grupo("pages:listing pages:detail pages:find", ESCRIBE, de="wagtailadmin_api:"),
    grupo("pages:action", EDITA, de="wagtailadmin_api:"),
    grupo("images:listing images:detail images:find", EDITA, de="wagtailadmin_api:"),
    grupo("documents:listing documents:detail documents:find", EDITA, de="wagtailadmin_api:"),
    grupo("wagtailadmin_choose_page", ESCRIBE),
    grupo("child search chosen_multiple", ESCRIBE, de="wagtailadmin_choose_page_"),
    grupo("external_link email_link phone_link anchor_link", ESCRIBE, de="wagtailadmin_choose_page_"),
    grupo("choose choose_results chosen chosen_multiple select_format", EDITA, de="wagtailimages_chooser:"),
    grupo("choose choose_results chosen chosen_multiple", EDITA, de="wagtaildocs_chooser:"),
    grupo("wagtailembeds:chooser wagtailembeds:chooser_upload", EDITA),
    grupo("wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete", EDITA),
    grupo("wagtail_modeladmin:javascript_catalog", con_algo("home.avisodemural") | EDITA),
    # La biblioteca.
    grupo("wagtailimages_chooser:create wagtaildocs_chooser:create", BIBLIOTECA),
    grupo("index index_results add edit delete image_usage preview", BIBLIOTECA, de="wagtailimages:"),
    grupo("url_generator url_generator_output", BIBLIOTECA, de="wagtailimages:"),
    grupo("add_multiple edit_multiple delete_multiple delete_upload_multiple", BIBLIOTECA, de="wagtailimages:"),
    grupo("create_multiple_from_uploaded_image", BIBLIOTECA, de="wagtailimages:"),
    grupo("index index_results add edit delete document_usage", BIBLIOTECA, de="wagtaildocs:"),
    grupo("add_multiple edit_multiple delete_multiple delete_upload_multiple", BIBLIOTECA, de="wagtaildocs:"),
    grupo("create_multiple_from_uploaded_document", BIBLIOTECA, de="wagtaildocs:"),
    # Redirecciones y ajustes: con su permiso de ``matriz``.
    grupo("index index_results add edit", con("wagtailredirects.redirect", "vac"), de="wagtailredirects:"),
    grupo("start_import process_import", con("wagtailredirects.redirect", "a"), de="wagtailredirects:"),
    grupo("wagtailredirects:delete", con("wagtailredirects.redirect", "d")),
    grupo(
        "edit preview_on_edit",
        con("organizacion.ajustesportal", "c") | con("home.navegacion", "c") | con("custodia.ajustesprivacidad", "c"),
        de="wagtailsettings:",
    ),
]
