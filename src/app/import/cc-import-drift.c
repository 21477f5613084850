/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-drift.h"

#include "cc-import-texts.h"

#include <glib/gi18n.h>

char *
cc_import_describe_reading (CcImportDraft *draft)
{
  const CcReading *reading = draft->reading;
  g_autofree char *common = NULL;
  g_autofree char *columns = NULL;

  if (reading == NULL || draft->use_map)
    return NULL;
  common = cc_session_format_number (draft->session, reading->n_common);
  columns = cc_session_format_number (draft->session, reading->n_columns);
  switch (reading->how)
    {
    case CC_READING_KNOWN:
      /* Translators: the name of what was remembered of earlier lists, mostly of the agency. */
      return g_strdup_printf (_ ("The list is read like those before it (“%s”)."),
                              reading->profile);
    case CC_READING_PARTLY:
      /* Translators: two numbers and the name of what was remembered of earlier lists. */
      return g_strdup_printf (_ ("%s of the %s columns are those of earlier lists (“%s”) and are "
                                 "read like those. The others make it a list of another kind, "
                                 "which is remembered beside them."),
                              common, columns, reading->profile);
    case CC_READING_ANEW:
      /* Translators: two numbers and the name of what was remembered of earlier lists. */
      return g_strdup_printf (_ ("The list is read anew, because only %s of its %s columns are "
                                 "those of earlier lists (“%s”). It is remembered beside them."),
                              common, columns, reading->profile);
    case CC_READING_FIRST:
    default:
      return NULL;
    }
}

static void
free_line (gpointer data)
{
  CcImportDriftLine *line = data;

  g_free (line->title);
  g_free (line->text);
  g_free (line);
}

static void
add_line (GPtrArray *lines, const char *title, char **names)
{
  CcImportDriftLine *line;

  if (names == NULL || names[0] == NULL)
    return;
  line = g_new0 (CcImportDriftLine, 1);
  line->title = g_strdup (title);
  line->text = g_strjoinv (" · ", names);
  g_ptr_array_add (lines, line);
}

/* Columns the profile has never seen, by what a person made of them. */
static void
sort_added (CcImportDraft *draft, GStrvBuilder *taken, GStrvBuilder *kept)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (draft->session));

  for (guint i = 0; i < draft->inspection->tables->len; i++)
    {
      CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, i);
      g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, pack, table);

      for (guint j = 0; j < plans->len; j++)
        {
          const CcColumnPlan *plan = g_ptr_array_index (plans, j);
          g_autofree char    *targets = NULL;
          g_autofree char    *text = NULL;

          if (!g_strv_contains ((const char *const *) draft->drift->added, plan->header))
            continue;
          if (plan->ignored || plan->targets->len == 0)
            {
              g_strv_builder_add (kept, plan->header);
              continue;
            }
          targets = cc_import_describe_targets (draft->session, plan);
          /* Translators: the header of a column and what it holds. */
          text = g_strdup_printf (_ ("%s: %s"), plan->header, targets);
          g_strv_builder_add (taken, text);
        }
    }
}

GPtrArray *
cc_import_list_drift (CcImportDraft *draft)
{
  GPtrArray     *lines = g_ptr_array_new_with_free_func (free_line);
  const CcDrift *drift = draft->drift;
  g_autoptr (GStrvBuilder) taken = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) took = NULL;
  g_auto (GStrv) left = NULL;

  if (drift == NULL)
    return lines;
  sort_added (draft, taken, kept);
  took = g_strv_builder_end (taken);
  left = g_strv_builder_end (kept);
  add_line (lines, _ ("Stood Elsewhere, and Were Found"), drift->moved);
  add_line (lines, _ ("Had a New Name, and Were Read as Before"), drift->renamed);
  add_line (lines, _ ("Were Missing, and Count as Not Collected"), drift->missing);
  add_line (lines, _ ("Were New, and Are Read From Now On"), took);
  add_line (lines, _ ("Were New, and Are Kept as Text"), left);
  return lines;
}
