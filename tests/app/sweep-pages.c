/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-pages.h"

#include "app-test.h"
#include "sweep-dialogs.h"
#include "sweep-focus.h"
#include "sweep-keys.h"

#include "shell/cc-pages.h"

#include <string.h>

typedef struct
{
  const char *page;
  const char *target; /* NULL for the page itself */
  const char *shows;  /* a class that is then to be seen */
  SweepFunc   more;   /* what is only found by hand; may be NULL */
} View;

static const View views[] = {
  { "overview", NULL, "CcOverviewPage", sweep_charts },
  { "cases", NULL, "CcRecordView", NULL },
  { "cases", "record:3", "CcDetailsPane", NULL },
  { "cases", "edit:3", "CcCaseEditor", NULL },
  { "cases", "new", "CcCaseEditor", sweep_unsaved },
  { "import", NULL, "CcImportHome", sweep_import },
  { "duplicates", NULL, "CcReviewView", NULL },
  { "duplicates", "why", "CcEvidenceView", NULL },
  { "duplicates", "person:5", "CcPersonView", NULL },
  { "duplicates", "decisions", "CcVerdictsView", NULL },
  { "tables", NULL, "CcTablesGallery", sweep_builder },
  { "tables", "figure:age-sex-pyramid", "CcFigureView", sweep_twin },
  { "tables", "figure:table:by-year", "CcFigureGrid", sweep_figures },
  { "questionnaires", NULL, "CcQuestionnairesHome", NULL },
  { "questionnaires", "questionnaire:ecowas-tip", "CcFormView", sweep_export },
  { "questionnaires", "questionnaire:ecowas-tip/V3", "CcSheetView", sweep_answer },
  { "questionnaires", "checks:ecowas-tip", "CcCheckList", NULL },
  { "checks", NULL, "CcChecksPage", NULL },
  { "agencies", NULL, "CcAgenciesPage", sweep_agencies },
  { "agencies", "entity:police", "CcAgencyView", sweep_agency },
  { "history", NULL, "CcHistoryPage", NULL },
  { "history", "act:2", "CcHistoryDetails", sweep_act },
};

static void
look_at (Sweep *self, const View *view)
{
  g_autofree char *what = g_strdup_printf ("%s%s%s", view->page, view->target != NULL ? " " : "",
                                           view->target != NULL ? view->target : "");

  if (view->target != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self->window), "go",
                                    g_variant_new ("(ss)", view->page, view->target));
  sweep_keys_settle (self->window);
  if (sweep_find (self, view->shows, NULL) == NULL)
    {
      sweep_fail (self, what, view->shows);
      return;
    }
  sweep_view (self, what);
  if (view->more != NULL)
    view->more (self);
}

/* By its key; the keys are then in the page. */
static void
turn_to (Sweep *self, guint index)
{
  const CcPageInfo *info = cc_pages_get (index);
  g_autofree char  *key = g_strdup_printf ("alt+%u", index + 1);
  g_autofree char  *what = g_strdup_printf ("%s has the keys when it is turned to", info->name);
  g_autofree char  *where = NULL;
  GtkWidget        *focus, *page;

  sweep_keys_press (key);
  sweep_keys_settle (self->window);
  page = sweep_find (self, g_type_name (info->get_type ()), NULL);
  focus = sweep_focus_get (self->window);
  where = sweep_focus_describe (focus);
  if (page != NULL && focus != NULL && gtk_widget_is_ancestor (focus, page))
    sweep_tell (self, what, NULL);
  else
    sweep_fail (self, what, where);
}

void
sweep_pages (Sweep *self)
{
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      const char *name = cc_pages_get (i)->name;
      guint       n = 0;

      /* For whoever mends one page. */
      if (g_getenv ("SWEEP_ONLY") != NULL && strcmp (g_getenv ("SWEEP_ONLY"), name) != 0)
        continue;
      turn_to (self, i);
      for (guint j = 0; j < G_N_ELEMENTS (views); j++)
        if (strcmp (views[j].page, name) == 0)
          {
            look_at (self, &views[j]);
            n++;
          }
      if (n == 0)
        sweep_fail (self, name, "nobody told the sweep about this page");
    }
}
