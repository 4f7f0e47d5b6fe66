"""Lo que Wagtail ofrece para administrarse: solo el superusuario (las cuentas se dan en el directorio, R4)."""

from .quien import SUPERUSUARIO, grupo

DE_UN_MODELO = "index index_results add edit delete history history_results usage"

ACCESOS = [
    grupo(f"{DE_UN_MODELO} copy", SUPERUSUARIO, de="wagtailusers_users:"),
    grupo(DE_UN_MODELO, SUPERUSUARIO, de="wagtailusers_groups:"),
    grupo(f"{DE_UN_MODELO} copy", SUPERUSUARIO, de="wagtailsites:"),
    grupo("index add edit delete set_privacy", SUPERUSUARIO, de="wagtailadmin_collections:"),
    grupo(
        "index index_results add enable disable edit usage usage_results", SUPERUSUARIO, de="wagtailadmin_workflows:"
    ),
    grupo("remove add_task select_task_type task_index", SUPERUSUARIO, de="wagtailadmin_workflows:"),
    grupo("task_index_results edit_task disable_task enable_task", SUPERUSUARIO, de="wagtailadmin_workflows:"),
    grupo(
        "task_chooser task_chooser_results task_chooser_create task_chosen", SUPERUSUARIO, de="wagtailadmin_workflows:"
    ),
    # Los informes no conocen el alcance: su historia nombra filas de todos los centros (invariante 1).
    grupo("locked_pages locked_pages_results workflow workflow_results", SUPERUSUARIO, de="wagtailadmin_reports:"),
    grupo("workflow_tasks workflow_tasks_results site_history", SUPERUSUARIO, de="wagtailadmin_reports:"),
    grupo("site_history_results aging_pages aging_pages_results", SUPERUSUARIO, de="wagtailadmin_reports:"),
    grupo("page_types_usage page_types_usage_results", SUPERUSUARIO, de="wagtailadmin_reports:"),
    grupo("wagtailsnippets:index wagtailadmin_error_test ruta:intranet/test404/", SUPERUSUARIO),
]
