/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-values-step.h"

#include "cc-import-chooser.h"
#include "cc-import-line-list.h"
#include "cc-import-losses.h"
#include "cc-import-number-lines.h"
#include "cc-import-texts.h"
#include "cc-import-value-choices.h"
#include "cc-import-value-lines.h"

#include <glib/gi18n.h>

/* Values shown at once below a column: a list of a thousand comes in portions. */
#define PORTION 40

struct _CcImportValuesStep
{
  CcImportStep parent_instance;

  GtkStack         *stack;
  CcImportLineList *list;

  CcInspection *shown;   /* borrowed: whose columns the plans point to */
  GPtrArray    *plans;   /* CcValuePlan */
  GPtrArray    *numbers; /* CcNumberQuestion */
  CcImportLine *chosen;
  gboolean      planning;
};

/* What a thread found out. */
typedef struct
{
  GPtrArray *plans;
  GPtrArray *numbers;
} Planned;

static void
free_planned (gpointer data)
{
  Planned *planned = data;

  g_clear_pointer (&planned->plans, g_ptr_array_unref);
  g_clear_pointer (&planned->numbers, g_ptr_array_unref);
  g_free (planned);
}

G_DEFINE_FINAL_TYPE (CcImportValuesStep, cc_import_values_step, CC_TYPE_IMPORT_STEP)

static CcPack *
get_pack (CcImportDraft *draft)
{
  return cc_case_file_get_pack (cc_session_get_file (draft->session));
}

static const char *
get_country (CcImportDraft *draft)
{
  return cc_case_file_get_country (cc_session_get_file (draft->session));
}

static GListStore *
get_lines (CcImportValuesStep *self)
{
  return cc_import_line_list_get_lines (self->list);
}

static void
add_text (CcImportValuesStep *self, CcLineKind kind, const char *text)
{
  g_autoptr (CcImportLine) line = cc_import_line_new (kind, text);

  g_list_store_append (get_lines (self), line);
}

/* Dates: a line for each column of dates, marked where somebody must say the order. */

static guint
add_dates (CcImportValuesStep *self, CcImportDraft *draft, CcInspectTable *table, gboolean open)
{
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, get_pack (draft), table);
  guint n = 0;

  for (guint i = 0; i < plans->len && !cc_map_is_skipped (draft->map, table->name); i++)
    {
      CcInspectColumn *column = g_ptr_array_index (table->columns, i);
      g_autoptr (CcImportLine) line = NULL;

      if (!cc_import_has_date (plans, i) || column->n_filled == 0
          || cc_import_needs_order (draft, column) != open)
        continue;
      line = cc_import_line_new (CC_LINE_PAIR, column->header);
      line->owner = table;
      line->subject = column;
      cc_import_line_set_theirs (line, cc_import_describe_samples (column), NULL);
      cc_import_show_date (draft, line);
      g_list_store_append (get_lines (self), line);
      n++;
    }
  return n;
}

static guint
count_dates (CcImportDraft *draft, gboolean open)
{
  guint n = 0;

  for (guint t = 0; t < draft->inspection->tables->len; t++)
    {
      CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, t);
      g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, get_pack (draft), table);

      for (guint i = 0; i < plans->len && !cc_map_is_skipped (draft->map, table->name); i++)
        {
          const CcInspectColumn *column = g_ptr_array_index (table->columns, i);

          n += cc_import_has_date (plans, i) && column->n_filled > 0
               && cc_import_needs_order (draft, column) == open;
        }
    }
  return n;
}

static void
add_date_section (CcImportValuesStep *self, CcImportDraft *draft, gboolean open)
{
  if (count_dates (draft, open) == 0)
    return;
  add_text (self, CC_LINE_HEADING,
            open ? _ ("Dates: in which order are they written?") : _ ("Dates"));
  for (guint t = 0; t < draft->inspection->tables->len; t++)
    add_dates (self, draft, g_ptr_array_index (draft->inspection->tables, t), open);
}

static void
add_number_section (CcImportValuesStep *self, CcImportDraft *draft, gboolean open)
{
  if (cc_import_count_numbers (self->numbers, open) == 0)
    return;
  add_text (self, CC_LINE_HEADING, open ? _ ("Numbers: what do they mean?") : _ ("Numbers"));
  for (guint i = 0; i < self->numbers->len; i++)
    {
      CcNumberQuestion *question = g_ptr_array_index (self->numbers, i);
      g_autoptr (CcImportLine) line = NULL;

      if (question->decided == open)
        continue;
      line = cc_import_create_number (draft, question);
      line->owner = self->numbers;
      g_list_store_append (get_lines (self), line);
    }
}

/* Values: a group for each coded column, unfolded where a value is not known. */
static guint
find_line (CcImportValuesStep *self, CcImportLine *line)
{
  guint position = 0;

  g_list_store_find (get_lines (self), line, &position);
  return position;
}

/* The next portion of a group's values, in front of `position`; then its blanks, or a line that
 * shows more. */
static void
insert_values (CcImportValuesStep *self,
               CcImportDraft      *draft,
               CcValuePlan        *plan,
               guint               from,
               guint               position)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  /* What must be looked at stands alone at first; the rest comes on demand. */
  const guint portion = from == 0 && plan->n_open > 0 ? MIN (plan->n_open, PORTION) : PORTION;
  const guint end = MIN (from + portion, plan->values->len);

  for (guint i = from; i < end; i++)
    g_ptr_array_add (lines,
                     cc_import_create_value (draft, plan, g_ptr_array_index (plan->values, i)));
  if (end < plan->values->len)
    {
      g_autofree char *rest = cc_session_format_number (draft->session, plan->values->len - end);
      g_autofree char *text = g_strdup_printf (_ ("Show More (%s)"), rest);
      CcImportLine    *more = cc_import_line_new (CC_LINE_MORE, text);

      more->owner = plan;
      more->index = end;
      g_ptr_array_add (lines, more);
    }
  else if (plan->n_rows > plan->column->n_filled)
    g_ptr_array_add (lines, cc_import_create_blank (draft, plan));
  g_list_store_splice (get_lines (self), position, 0, lines->pdata, lines->len);
}

static guint
count_children (CcImportValuesStep *self, guint position, gpointer plan)
{
  guint n = 0;

  for (;; n++)
    {
      g_autoptr (CcImportLine) line =
          g_list_model_get_item (G_LIST_MODEL (get_lines (self)), position + 1 + n);

      if (line == NULL || line->owner != plan || line->kind == CC_LINE_GROUP)
        return n;
    }
}

static void
toggle_group (CcImportValuesStep *self, CcImportDraft *draft, CcImportLine *group)
{
  const guint position = find_line (self, group);

  cc_import_line_set_open (group, !group->open);
  if (group->open)
    insert_values (self, draft, group->owner, 0, position + 1);
  else
    g_list_store_splice (get_lines (self), position + 1,
                         count_children (self, position, group->owner), NULL, 0);
}

static void
add_group (CcImportValuesStep *self, CcImportDraft *draft, CcValuePlan *plan)
{
  CcPack     *pack = get_pack (draft);
  const char *label = cc_pack_get_label (pack, "variable", plan->variable->id,
                                         cc_session_get_language (draft->session));
  g_autoptr (CcImportLine) line = cc_import_line_new (CC_LINE_GROUP, plan->column->header);

  line->owner = plan;
  cc_import_line_set_theirs (line, g_strdup (label != NULL ? label : plan->variable->name), NULL);
  cc_import_show_group (draft, line);
  g_list_store_append (get_lines (self), line);
  if (plan->n_open > 0)
    toggle_group (self, draft, line);
}

static void
show_lines (CcImportValuesStep *self, CcImportDraft *draft)
{
  guint n_open = 0;

  g_list_store_remove_all (get_lines (self));
  self->chosen = NULL;
  for (guint i = 0; i < self->plans->len; i++)
    n_open += ((CcValuePlan *) g_ptr_array_index (self->plans, i))->n_open;
  add_text (self, CC_LINE_TEXT,
            n_open + count_dates (draft, TRUE) + cc_import_count_numbers (self->numbers, TRUE) > 0
                ? _ ("What the agency wrote, and what it means. What is marked with a question "
                     "mark is not known yet: choose a line to say it. What stays open is kept as "
                     "text and can be settled later.")
                : _ ("What the agency wrote, and what it means. Everything was recognised; choose "
                     "a line to change it."));
  add_date_section (self, draft, TRUE);
  add_number_section (self, draft, TRUE);
  if (self->plans->len > 0)
    add_text (self, CC_LINE_HEADING, _ ("Values"));
  for (guint i = 0; i < self->plans->len; i++)
    add_group (self, draft, g_ptr_array_index (self->plans, i));
  add_number_section (self, draft, FALSE);
  add_date_section (self, draft, FALSE);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->list));
}

/* What is still open costs another number of rows by now. */
static void
tell_change (CcImportValuesStep *self, CcImportDraft *draft)
{
  cc_import_set_losses (draft, cc_import_list_losses (draft, self->plans));
  cc_import_draft_map_changed (draft);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportValuesStep) self = CC_IMPORT_VALUES_STEP (user_data);
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  g_autoptr (GError) error = NULL;
  Planned       *found = g_task_propagate_pointer (G_TASK (result), &error);
  CcImportDraft *planned = g_task_get_task_data (G_TASK (result));

  cc_import_draft_set_busy (planned, FALSE);
  self->planning = FALSE;
  if (found == NULL || draft != planned)
    {
      g_clear_pointer (&found, free_planned);
      return;
    }
  g_list_store_remove_all (get_lines (self));
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  self->plans = g_steal_pointer (&found->plans);
  self->numbers = g_steal_pointer (&found->numbers);
  free_planned (found);
  show_lines (self, draft);
  tell_change (self, draft);
}

static void
plan_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CcImportDraft *draft = task_data;
  Planned       *planned = g_new0 (Planned, 1);

  planned->plans =
      cc_value_plan_list (get_pack (draft), draft->map, draft->inspection, get_country (draft));
  cc_value_plans_follow (planned->plans, get_pack (draft), draft->map, get_country (draft));
  planned->numbers = cc_number_plan_list (get_pack (draft), draft->map, draft->inspection);
  g_task_return_pointer (task, planned, free_planned);
}

static void
cc_import_values_step_load (CcImportStep *step, CcImportDraft *draft)
{
  CcImportValuesStep *self = CC_IMPORT_VALUES_STEP (step);
  g_autoptr (GTask) task = NULL;

  if (draft->inspection == NULL || draft->map == NULL || draft->busy || self->planning)
    return;
  self->planning = TRUE;
  self->shown = draft->inspection;
  gtk_stack_set_visible_child_name (self->stack, "planning");
  cc_import_draft_set_busy (draft, TRUE);
  task = g_task_new (NULL, NULL, on_planned, g_object_ref (self));
  g_task_set_task_data (task, g_object_ref (draft), g_object_unref);
  g_task_run_in_thread (task, plan_in_thread);
}

static void
refresh_same (CcImportValuesStep *self, CcImportDraft *draft)
{
  GListModel *lines = G_LIST_MODEL (get_lines (self));

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (line->kind == CC_LINE_GROUP)
        cc_import_show_group (draft, line);
      else if (line->kind == CC_LINE_PAIR && line->subject != NULL
               && g_ptr_array_find (self->plans, line->owner, NULL))
        cc_import_show_value (draft, line);
    }
}

static gboolean
is_ready (CcImportValuesStep *self, CcImportDraft *draft)
{
  return draft != NULL && !draft->busy && self->plans != NULL && draft->inspection == self->shown;
}

static void
on_codes_chosen (CcImportValuesStep *self, const char *codes)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (!is_ready (self, draft) || self->chosen == NULL || codes[0] == '\0')
    return;
  cc_value_plans_decide (self->plans, get_pack (draft), draft->map, self->chosen->owner,
                         self->chosen->subject, codes, get_country (draft));
  refresh_same (self, draft);
  tell_change (self, draft);
}

static void
on_blank_chosen (CcImportValuesStep *self, const char *code)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (!is_ready (self, draft) || self->chosen == NULL || code[0] == '\0')
    return;
  cc_map_set_blank (draft->map, ((CcValuePlan *) self->chosen->owner)->variable, code);
  cc_import_show_blank (draft, self->chosen);
  tell_change (self, draft);
}

static void
on_order_chosen (CcImportValuesStep *self, const char *order)
{
  g_auto (GStrv) words = NULL;
  const char    *header;
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (!is_ready (self, draft) || self->chosen == NULL || order[0] == '\0')
    return;
  header = ((CcInspectColumn *) self->chosen->subject)->header;
  words = g_strsplit (order, " ", 2);
  cc_map_set_date_order (draft->map, header, cc_date_order_from_text (words[0]));
  if (words[0] != NULL && words[1] != NULL)
    cc_map_set_calendar (draft->map, header, cc_calendar_from_text (words[1]));
  cc_import_show_date (draft, self->chosen);
  tell_change (self, draft);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_number_chosen (CcImportValuesStep *self, const char *answer)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (!is_ready (self, draft) || self->chosen == NULL || answer[0] == '\0')
    return;
  cc_import_decide_number (draft, self->chosen->subject, answer);
  cc_import_show_number (draft, self->chosen);
  cc_import_draft_map_changed (draft);
}

static void
ask_number (CcImportValuesStep *self, CcImportDraft *draft, const CcNumberQuestion *question)
{
  g_autofree char *text = cc_import_ask_number (question);
  CcImportChooser *chooser =
      cc_import_chooser_new (GTK_WIDGET (self), cc_import_get_number_title (question), text);

  cc_import_chooser_set_choices (chooser, cc_import_list_numbers (draft, question));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_number_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static gboolean
is_date_line (CcImportValuesStep *self, CcImportLine *line)
{
  return !g_ptr_array_find (self->plans, line->owner, NULL);
}

static void
ask (CcImportValuesStep *self, CcImportDraft *draft, CcImportLine *line)
{
  CcImportChooser *chooser;
  g_autofree char *question = NULL;

  self->chosen = line;
  if (line->owner == self->numbers)
    {
      ask_number (self, draft, line->subject);
      return;
    }
  if (is_date_line (self, line))
    {
      question =
          g_strdup_printf (_ ("In which order are the dates of “%s” written?"), line->theirs);
      chooser = cc_import_chooser_new (GTK_WIDGET (self), _ ("Order of Dates"), question);
      cc_import_chooser_set_choices (chooser, cc_import_list_orders (draft, line->subject));
      g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_order_chosen), self,
                               G_CONNECT_SWAPPED);
    }
  else if (line->subject == NULL)
    {
      chooser = cc_import_chooser_new (GTK_WIDGET (self), _ ("Blank Cells"),
                                       _ ("What does it mean when a cell is blank?"));
      cc_import_chooser_set_choices (chooser,
                                     cc_import_list_blanks (draft, ((CcValuePlan *) line->owner)
                                                                       ->variable));
      g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_blank_chosen), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      const CcValuePlan *plan = line->owner;

      /* Translators: a value as written by an agency, and the header of its column. */
      question = g_strdup_printf (_ ("What does “%s” mean in the column “%s”?"), line->theirs,
                                  plan->column->header);
      chooser = cc_import_chooser_new (GTK_WIDGET (self), _ ("Meaning of the Value"), question);
      cc_import_chooser_set_choices (chooser, cc_import_list_codes (draft, plan, line->subject));
      if (plan->several)
        cc_import_chooser_offer_several (chooser, _ ("It means several things together"), FALSE);
      g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_codes_chosen), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
on_activated_cb (CcImportValuesStep *self, CcImportLine *line)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (!is_ready (self, draft))
    return;
  if (line->kind == CC_LINE_GROUP)
    toggle_group (self, draft, line);
  else if (line->kind == CC_LINE_MORE)
    {
      const guint  position = find_line (self, line);
      CcValuePlan *plan = line->owner;
      const guint  from = line->index;

      g_list_store_remove (get_lines (self), position);
      insert_values (self, draft, plan, from, position);
    }
  else if (line->kind == CC_LINE_PAIR)
    ask (self, draft, line);
}

static char *
cc_import_values_step_find_obstacle (CcImportStep *step, CcImportDraft *draft)
{
  CcImportValuesStep *self = CC_IMPORT_VALUES_STEP (step);

  if (self->planning || draft->busy)
    return g_strdup (_ ("The values are being looked up."));
  return NULL;
}

static char *
cc_import_values_step_describe_open (CcImportStep *step, CcImportDraft *draft)
{
  return CC_IMPORT_VALUES_STEP (step)->planning ? NULL : cc_import_describe_largest (draft);
}

static char *
cc_import_values_step_ask_open (CcImportStep *step, CcImportDraft *draft)
{
  return cc_import_ask_losses (draft);
}

static gboolean
cc_import_values_step_take_apart (CcImportStep *step)
{
  return cc_import_line_list_take_apart (CC_IMPORT_VALUES_STEP (step)->list);
}

static void
cc_import_values_step_dispose (GObject *object)
{
  CcImportValuesStep *self = CC_IMPORT_VALUES_STEP (object);

  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  G_OBJECT_CLASS (cc_import_values_step_parent_class)->dispose (object);
}

static void
cc_import_values_step_class_init (CcImportValuesStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_values_step_dispose;
  CC_IMPORT_STEP_CLASS (klass)->load = cc_import_values_step_load;
  CC_IMPORT_STEP_CLASS (klass)->find_obstacle = cc_import_values_step_find_obstacle;
  CC_IMPORT_STEP_CLASS (klass)->describe_open = cc_import_values_step_describe_open;
  CC_IMPORT_STEP_CLASS (klass)->ask_open = cc_import_values_step_ask_open;
  CC_IMPORT_STEP_CLASS (klass)->take_apart = cc_import_values_step_take_apart;
}

static void
cc_import_values_step_init (CcImportValuesStep *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = g_object_new (CC_TYPE_IMPORT_LINE_LIST, NULL);
  cc_import_line_list_set_label (self->list, _ ("Values of the file"));
  g_signal_connect_swapped (self->list, "activated", G_CALLBACK (on_activated_cb), self);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The values are being looked up"), -1);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->list));
  gtk_stack_add_named (self->stack, spinner, "planning");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}
