app_name = "boletines"

urlpatterns = []
