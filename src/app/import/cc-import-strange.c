/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-strange.h"

#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-population.h>

gboolean
cc_import_is_invented (CcImportDraft *draft)
{
  return draft->inspection != NULL && draft->inspection->practice != NULL
         && !cc_case_file_is_practice (cc_session_get_file (draft->session));
}

char *
cc_import_describe_invented (CcImportDraft *draft)
{
  g_autofree char *mark = cc_isolate (draft->inspection->practice);

  /* Translators: %s is what stands in the file, such as "TRAINING - INVENTED DATA". */
  return g_strdup_printf (_ ("The file says “%s”: its persons are invented. This case file is not "
                             "for practice, and would count them like real ones."),
                          mark);
}

gboolean
cc_import_is_population (CcImportDraft *draft)
{
  return draft->inspection != NULL && !draft->as_list
         && cc_inspection_find_population (draft->inspection) != NULL;
}

gboolean
cc_import_can_take_population (CcImportDraft *draft)
{
  const CcInspectTable *table = cc_inspection_find_population (draft->inspection);

  return table != NULL && table->population_ready && draft->inspection->separator == ','
         && !cc_session_is_read_only (draft->session);
}

char *
cc_import_describe_population (CcImportDraft *draft)
{
  g_autoptr (GString) text = g_string_new (
      _ ("It holds numbers of inhabitants, and no victim, suspect or case. No agency sends it as a "
         "list: it belongs to the figures of the population, with which rates for each 100,000 "
         "inhabitants are computed."));

  if (!cc_import_can_take_population (draft) && !cc_session_is_read_only (draft->session))
    /* Translators: the names of the columns stay as they are. */
    g_string_append_printf (text, "\n\n%s",
                            _ ("To take it over, save it as a text file parted by commas, with the "
                               "columns year, sex, age_class, count and source."));
  if (cc_import_is_invented (draft))
    g_string_append_printf (text, "\n\n%s",
                            _ ("Its figures are marked as invented, and this case file is not for "
                               "practice."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  GtkWidget     *near;
  CcImportDraft *draft;
  guint          n; /* figures */
} Taking;

static gboolean
take_figures (CcAct *act, gpointer data, GError **error)
{
  Taking *taking = data;
  g_autoptr (GPtrArray) figures = cc_population_load (taking->draft->path, error);

  if (figures == NULL)
    return FALSE;
  taking->n = figures->len;
  return cc_act_set_population (act, figures, error);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Taking *taking = user_data;
  g_autoptr (GtkWidget) near = taking->near;
  g_autoptr (CcImportDraft) draft = taking->draft;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = cc_session_format_number (draft->session, taking->n);
  g_autofree char *text = NULL;
  gint64           seq;

  cc_import_draft_set_busy (draft, FALSE);
  if (!cc_session_act_finish (result, &seq, &error))
    {
      cc_import_draft_map_changed (draft);
      cc_present_error (near, _ ("The Figures Could Not Be Taken Over"), error);
      return;
    }
  text = g_strdup_printf (ngettext ("%s figure of the population was taken over.",
                                    "%s figures of the population were taken over.", taking->n),
                          number);
  cc_present_undo (near, text, seq);
  cc_import_draft_set_taken (draft);
}

void
cc_import_take_population (GtkWidget *near, CcImportDraft *draft)
{
  Taking *taking;

  g_return_if_fail (GTK_IS_WIDGET (near) && CC_IS_IMPORT_DRAFT (draft));
  if (draft->busy)
    return;
  taking = g_new0 (Taking, 1);
  taking->near = g_object_ref (near);
  taking->draft = g_object_ref (draft);
  cc_import_draft_set_busy (draft, TRUE);
  cc_present_withdraw_undo (near);
  cc_session_act_async (draft->session, "population", take_figures, taking, NULL, NULL, on_taken,
                        taking);
}
