/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-outcome.h"

#include "cc-import-constants.h"
#include "cc-import-difference.h"
#include "cc-import-drift.h"
#include "cc-import-names.h"
#include "cc-import-texts.h"

#include <glib/gi18n.h>

/* Lines of one group; what is beyond is summed up in a last one. */
#define MAX_LINES 12

struct _CcImportOutcome
{
  AdwBin parent_instance;

  GtkBox        *box;
  CcImportDraft *draft; /* shown */
  gboolean       done;
  guint          stage; /* next group to be built */
  guint          builder;
};

G_DEFINE_FINAL_TYPE (CcImportOutcome, cc_import_outcome, ADW_TYPE_BIN)

static AdwPreferencesGroup *
add_group (CcImportOutcome *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  gtk_box_append (self->box, GTK_WIDGET (group));
  return group;
}

static GtkWidget *
create_figure (CcSession *session, gint64 count)
{
  g_autofree char *number = cc_session_format_number (session, count);
  GtkWidget       *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
name_row (GtkWidget *row, const char *title, CcSession *session, gint64 count)
{
  g_autofree char *number = cc_session_format_number (session, count);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), title, number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_plain (AdwPreferencesGroup *group,
           CcSession           *session,
           const char          *title,
           const char          *subtitle,
           gint64               count)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (count >= 0)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_figure (session, count));
      name_row (row, title, session, count);
    }
  adw_preferences_group_add (group, row);
}

/* A count with the first of what it counts, which unfold; examples: NULL for none. */
static void
add_unfolding (AdwPreferencesGroup *group,
               CcSession           *session,
               const char          *title,
               const char          *examples,
               gint64               count)
{
  GtkWidget *row;
  GtkWidget *label;

  if (examples == NULL)
    {
      add_plain (group, session, title, NULL, count);
      return;
    }
  row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), create_figure (session, count));
  name_row (row, title, session, count);
  label = gtk_label_new (examples);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), label);
  adw_preferences_group_add (group, row);
}

/* A reason with its first examples. */
static void
add_reason (AdwPreferencesGroup  *group,
            CcSession            *session,
            const CcImportResult *result,
            const CcImportCount  *count)
{
  g_autofree char *title = cc_import_text (session, count->key);
  g_autofree char *examples = cc_import_describe_examples (session, result, count->key);

  add_unfolding (group, session, title, examples, count->count);
}

static void
add_reasons (CcImportOutcome      *self,
             CcSession            *session,
             const CcImportResult *result,
             GPtrArray            *counts,
             const char           *title,
             const char           *description)
{
  AdwPreferencesGroup *group;
  gint64               rest = 0;

  if (counts->len == 0)
    return;
  group = add_group (self, title, description);
  for (guint i = 0; i < counts->len; i++)
    {
      const CcImportCount *count = g_ptr_array_index (counts, i);

      if (i < MAX_LINES)
        add_reason (group, session, result, count);
      else
        rest += count->count;
    }
  if (rest > 0)
    add_plain (group, session, _ ("Others"), NULL, rest);
}

static void
add_rows (CcImportOutcome *self, CcImportDraft *draft, gboolean done)
{
  const CcImportResult *result = draft->result;
  CcSession            *session = draft->session;
  const gint64          woken = cc_import_count_total (result->woken);
  g_autofree char      *headline = cc_import_describe_result (session, result, done);
  AdwPreferencesGroup  *group = add_group (self, headline, NULL);

  add_plain (group, session, _ ("New"), _ ("Rows that were never here before."),
             cc_import_count_total (result->fresh));
  if (woken > 0)
    add_plain (group, session, _ ("Back Again"),
               _ ("Known rows that had been taken back. They count again, with what was decided "
                  "about them."),
               woken);
  if (cc_import_count_total (result->updated) > woken)
    add_plain (group, session, _ ("Changed"),
               _ ("Known rows that say something else now. The newer word is taken."),
               cc_import_count_total (result->updated) - woken);
  if (cc_import_count_total (result->unchanged) > 0)
    add_plain (group, session, _ ("As Before"), _ ("Known rows that say the same."),
               cc_import_count_total (result->unchanged));
  add_plain (group, session, _ ("Set Aside"),
             _ ("Kept, but not counted until somebody decides what they mean."), result->n_parked);
  add_plain (group, session, _ ("Left Out"), _ ("No part of the list: totals, notes, headers."),
             result->n_rejected);
  if (result->withdrawn > 0)
    add_plain (group, session, _ ("Withdrawn"),
               _ ("Records of the earlier delivery that this one does not contain."),
               result->withdrawn);
}

/* Of a list that came back with answers: what was answered. */
static void
add_answers (CcImportOutcome *self, CcImportDraft *draft)
{
  const CcImportAnswers *answers = draft->result->answers;
  CcSession             *session = draft->session;
  g_autofree char       *asked = NULL;
  g_autofree char       *text = NULL;
  AdwPreferencesGroup   *group;

  if (answers == NULL)
    return;
  asked = cc_session_format_number (session, answers->asked);
  /* Translators: %s is a number. */
  text = g_strdup_printf (ngettext ("This list was sent back with questions about %s cell. Only "
                                    "rows that were changed are read.",
                                    "This list was sent back with questions about %s cells. Only "
                                    "rows that were changed are read.",
                                    (gulong) answers->asked),
                          asked);
  group = add_group (self, _ ("Answers"), text);
  add_plain (group, session, _ ("Answered"),
             _ ("Cells that were asked about and say something "
                "else now."),
             answers->answered);
  add_plain (group, session, _ ("Rows That Were Changed"), NULL, answers->touched);
  if (answers->added > 0)
    add_plain (group, session, _ ("Rows That Are New"), NULL, answers->added);
  if (answers->gone > 0)
    add_plain (group, session, _ ("Rows That Were Taken Out"),
               _ ("What they said counts on until somebody takes it back."), answers->gone);
}

/* What no cell of the file says. */
static void
add_constants (CcImportOutcome *self, CcImportDraft *draft)
{
  CcSession           *session = draft->session;
  AdwPreferencesGroup *group = NULL;
  g_autoptr (GPtrArray) constants = NULL;

  if (draft->map == NULL || draft->inspection == NULL)
    return;
  constants =
      cc_map_list_file_constants (draft->map, cc_case_file_get_pack (cc_session_get_file (session)),
                                  draft->inspection);
  for (guint i = 0; i < constants->len; i++)
    {
      const CcConstant *constant = g_ptr_array_index (constants, i);
      g_autofree char  *name = cc_import_name_constant (session, constant);
      g_autofree char  *text = cc_import_describe_constant (session, constant);

      if (constant->stated)
        continue;
      if (group == NULL)
        group =
            add_group (self, _ ("Said for Every Row"), _ ("It stands in no column of the file."));
      add_plain (group, session, name, text, -1);
    }
}

/* Who is other than before, value by value, and who is missing from a list of the same period. */
static void
add_difference (CcImportOutcome *self, CcImportDraft *draft)
{
  static const CcDifferenceKind order[] = { CC_DIFFERENCE_CHANGED, CC_DIFFERENCE_GONE,
                                            CC_DIFFERENCE_ELSEWHERE, CC_DIFFERENCE_BACK };
  const CcImportResult         *result = draft->result;
  CcSession                    *session = draft->session;
  AdwPreferencesGroup          *group = NULL;

  for (guint i = 0; result->difference != NULL && i < 2 * G_N_ELEMENTS (order); i++)
    {
      const CcDifferenceKind kind = order[i / 2];
      const gboolean         cases = i % 2 != 0;
      g_autofree char       *rows =
          cc_import_describe_difference (session, result->difference, kind, cases);

      if (rows == NULL)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("What Is Other Than Before"), NULL);
      add_unfolding (group, session, cc_import_title_difference (kind, cases), rows,
                     cases ? result->difference->cases[kind] : result->difference->persons[kind]);
    }
  if (result->n_vanished > 0)
    {
      g_autofree char *rows =
          cc_import_describe_rows (session, result->vanished, result->n_vanished);

      group = add_group (self, _ ("Missing From This List"),
                         self->done
                             ? _ ("An earlier list of the same period names them, and they count "
                                  "on. If this list was to replace it, take it back and import it "
                                  "again as a replacement.")
                             : _ ("An earlier list of the same period names them, and they count "
                                  "on unless this list replaces it."));
      add_unfolding (group, session, _ ("Persons Who Are Not in This List"), rows,
                     result->n_vanished);
    }
}

/* After the import: why the list was read so, and what became of what is other than before. */
static void
add_drift (CcImportOutcome *self, CcImportDraft *draft)
{
  g_autoptr (GPtrArray) lines = cc_import_list_drift (draft);
  g_autofree char     *reading = cc_import_describe_reading (draft);
  AdwPreferencesGroup *group;

  if (reading == NULL)
    return;
  group = add_group (self, _ ("Compared With Earlier Lists"), reading);
  for (guint i = 0; i < lines->len; i++)
    {
      const CcImportDriftLine *line = g_ptr_array_index (lines, i);

      add_plain (group, draft->session, line->title, line->text, -1);
    }
}

static void
add_consequences (CcImportOutcome *self, CcImportDraft *draft)
{
  g_autoptr (GPtrArray) lines = cc_import_list_consequences (draft);
  g_autofree char     *reading = cc_import_describe_reading (draft);
  AdwPreferencesGroup *group;

  if (reading != NULL && draft->reading->how != CC_READING_KNOWN)
    g_ptr_array_insert (lines, 0, g_steal_pointer (&reading));
  if (lines->len == 0)
    return;
  group = add_group (self, _ ("What to Know Before"), NULL);
  for (guint i = 0; i < lines->len; i++)
    add_plain (group, draft->session, g_ptr_array_index (lines, i), NULL, -1);
}

static void
add_unmapped (CcImportOutcome *self, CcImportDraft *draft)
{
  GPtrArray           *values = draft->result->unmapped_values;
  AdwPreferencesGroup *group;

  if (values->len == 0)
    return;
  group = add_group (self, _ ("Values Kept as Text"),
                     _ ("Nobody has said what they mean. They count as not collected, and can be "
                        "given a meaning at any later time."));
  for (guint i = 0; i < MIN (values->len, MAX_LINES); i++)
    {
      const CcImportUnmapped *value = g_ptr_array_index (values, i);

      add_plain (group, draft->session, value->text, value->header, value->count);
    }
  if (values->len > MAX_LINES)
    add_plain (group, draft->session, _ ("Other values"), NULL, values->len - MAX_LINES);
}

/* The next groups of the outcome; FALSE behind the last. */
static gboolean
add_stage (CcImportOutcome *self, guint stage)
{
  CcImportResult *result = self->draft->result;
  CcSession      *session = self->draft->session;
  GtkWidget      *last = gtk_widget_get_last_child (GTK_WIDGET (self->box));
  GtkWidget      *group;

  switch (stage)
    {
    case 0:
      add_rows (self, self->draft, self->done);
      add_answers (self, self->draft);
      add_constants (self, self->draft);
      break;
    case 1:
      if (self->done)
        add_drift (self, self->draft);
      else
        add_consequences (self, self->draft);
      break;
    case 2:
      add_difference (self, self->draft);
      break;
    case 3:
      add_reasons (self, session, result, result->parked, _ ("Set Aside, Because"), NULL);
      break;
    case 4:
      add_reasons (self, session, result, result->rejected, _ ("Left Out, Because"), NULL);
      break;
    case 5:
      add_reasons (self, session, result, result->findings, _ ("Findings"),
                   _ ("The rows are counted. What was found is listed under Checks, where it can "
                      "be settled or sent back to the agency."));
      break;
    case 6:
      add_unmapped (self, self->draft);
      break;
    default:
      return FALSE;
    }
  group = last != NULL ? gtk_widget_get_next_sibling (last)
                       : gtk_widget_get_first_child (GTK_WIDGET (self->box));
  for (; group != NULL; group = gtk_widget_get_next_sibling (group))
    cc_import_name_parts (group);
  return TRUE;
}

/* Rows that unfold are slow to make: one group between two frames. */
static gboolean
build_next (gpointer user_data)
{
  CcImportOutcome *self = user_data;

  if (self->draft->result != NULL && add_stage (self, self->stage++))
    return G_SOURCE_CONTINUE;
  self->builder = 0;
  return G_SOURCE_REMOVE;
}

static void
cc_import_outcome_dispose (GObject *object)
{
  CcImportOutcome *self = CC_IMPORT_OUTCOME (object);

  g_clear_handle_id (&self->builder, g_source_remove);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cc_import_outcome_parent_class)->dispose (object);
}

static void
cc_import_outcome_class_init (CcImportOutcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_outcome_dispose;
}

static void
cc_import_outcome_init (CcImportOutcome *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * done: FALSE after a dry run
 */
void
cc_import_outcome_show (CcImportOutcome *self, CcImportDraft *draft, gboolean done)
{
  GtkWidget *child;

  g_return_if_fail (CC_IS_IMPORT_OUTCOME (self) && CC_IS_IMPORT_DRAFT (draft));
  g_clear_handle_id (&self->builder, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_set_object (&self->draft, draft);
  self->done = done;
  self->stage = 0;
  if (draft->result == NULL)
    return;
  add_stage (self, self->stage++);
  self->builder = g_timeout_add (16, build_next, self);
}
