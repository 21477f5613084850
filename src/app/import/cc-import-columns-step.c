/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-columns-step.h"

#include "cc-import-chooser.h"
#include "cc-import-constants.h"
#include "cc-import-line-list.h"
#include "cc-import-texts.h"

#include <glib/gi18n.h>

struct _CcImportColumnsStep
{
  CcImportStep parent_instance;

  CcImportLineList  *list;
  CcImportConstants *constants;

  CcInspection *shown; /* borrowed: whose columns the lines point to */
  CcImportLine *chosen;
};

G_DEFINE_FINAL_TYPE (CcImportColumnsStep, cc_import_columns_step, CC_TYPE_IMPORT_STEP)

static CcPack *
get_pack (CcImportDraft *draft)
{
  return cc_case_file_get_pack (cc_session_get_file (draft->session));
}

/* Whether it is taken for something that a person should say first. */
static gboolean
needs_eyes (const CcColumnPlan *plan)
{
  return cc_column_plan_is_doubtful (plan) || cc_column_plan_takes_sex (plan);
}

static CcLineMark
mark_of (const CcColumnPlan *plan, const CcInspectColumn *column)
{
  if (needs_eyes (plan))
    return CC_MARK_ASK;
  if (cc_column_plan_has_no_list (plan))
    return CC_MARK_QUIET;
  if (plan->targets->len > 0)
    return CC_MARK_GOOD;
  return plan->ignored || column->n_filled == 0 ? CC_MARK_QUIET : CC_MARK_ASK;
}

static void
show_plan (CcImportDraft *draft, CcImportLine *line, const CcColumnPlan *plan)
{
  g_autofree char *targets = cc_import_describe_targets (draft->session, plan);

  cc_import_line_set_ours (line, mark_of (plan, line->subject),
                           needs_eyes (plan)
                               /* Translators: what a column may hold: "Sex? Please check." */
                               ? g_strdup_printf (_ ("%s? Please check."), targets)
                               : g_steal_pointer (&targets),
                           cc_import_describe_reason (draft->session, plan));
}

static char *
describe_place (CcImportDraft *draft, const CcInspectTable *table, const CcInspectColumn *column)
{
  g_autofree char *fill = cc_import_describe_fill (draft->session, table, column);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: the letter of a column in a sheet, then how much of it is filled. */
  g_string_append_printf (text, _ ("Column %s · %s"), column->letter, fill);
  if (column->hidden)
    g_string_append_printf (text, " · %s", _ ("hidden in the sheet"));
  if (column->machine != NULL && !g_str_equal (column->machine, column->header))
    {
      g_string_append (text, " · ");
      /* Translators: the name that a template gives to a column for programs; the header that
       * people see says something else. */
      g_string_append_printf (text, _ ("called “%s” for programs"), column->machine);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_line (CcImportColumnsStep *self,
          CcImportDraft       *draft,
          CcInspectTable      *table,
          guint                index,
          const CcColumnPlan  *plan)
{
  CcInspectColumn *column = g_ptr_array_index (table->columns, index);
  g_autoptr (CcImportLine) line = cc_import_line_new (CC_LINE_PAIR, column->header);

  line->owner = table;
  line->subject = column;
  line->index = index;
  cc_import_line_set_theirs (line, cc_import_describe_samples (column),
                             describe_place (draft, table, column));
  show_plan (draft, line, plan);
  g_list_store_append (cc_import_line_list_get_lines (self->list), line);
}

static void
add_text (CcImportColumnsStep *self, CcLineKind kind, const char *text)
{
  g_autoptr (CcImportLine) line = cc_import_line_new (kind, text);

  g_list_store_append (cc_import_line_list_get_lines (self->list), line);
}

/* The columns of one mark as they stand in the sheet. */
static void
add_columns (CcImportColumnsStep *self,
             CcImportDraft       *draft,
             CcInspectTable      *table,
             CcLineMark           mark,
             const char          *heading)
{
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, get_pack (draft), table);
  guint n = 0;

  for (guint i = 0; i < plans->len; i++)
    {
      const CcColumnPlan *plan = g_ptr_array_index (plans, i);

      if (mark_of (plan, g_ptr_array_index (table->columns, i)) != mark)
        continue;
      if (n++ == 0)
        add_text (self, CC_LINE_HEADING, heading);
      add_line (self, draft, table, i, plan);
    }
}

/* What needs an answer first; what only stays as text stands by itself at the end. */
static void
add_table (CcImportColumnsStep *self, CcImportDraft *draft, CcInspectTable *table)
{
  const gboolean   several = draft->inspection->tables->len > 1;
  g_autofree char *asked = NULL;
  g_autofree char *known = NULL;
  g_autofree char *quiet = NULL;

  if (cc_map_is_skipped (draft->map, table->name) || cc_map_is_aggregate (draft->map, table))
    return;
  /* Translators: %s is the name of a table of the file. */
  asked = several ? g_strdup_printf (_ ("%s: please look at these"), table->name)
                  : g_strdup (_ ("Please look at these"));
  known = several ? g_strdup_printf (_ ("%s: recognised columns"), table->name)
                  : g_strdup (_ ("Recognised columns"));
  quiet = several ? g_strdup_printf (_ ("%s: columns kept as text only"), table->name)
                  : g_strdup (_ ("Columns kept as text only"));
  add_columns (self, draft, table, CC_MARK_ASK, asked);
  add_columns (self, draft, table, CC_MARK_GOOD, known);
  add_columns (self, draft, table, CC_MARK_QUIET, quiet);
}

static void
cc_import_columns_step_load (CcImportStep *step, CcImportDraft *draft)
{
  CcImportColumnsStep *self = CC_IMPORT_COLUMNS_STEP (step);

  if (draft->inspection == NULL || draft->map == NULL || draft->busy)
    return;
  g_list_store_remove_all (cc_import_line_list_get_lines (self->list));
  self->chosen = NULL;
  self->shown = draft->inspection;
  add_text (self, CC_LINE_TEXT,
            _ ("Each column of the file, and what it is taken for. Choose a line to change it. "
               "Columns that nobody needs stay as text with their rows; nothing is thrown away."));
  for (guint i = 0; i < draft->inspection->tables->len; i++)
    add_table (self, draft, g_ptr_array_index (draft->inspection->tables, i));
  cc_import_constants_add (self->constants, draft);
}

static gboolean
is_chosen (const CcColumnPlan *plan, const CcTarget *target)
{
  for (guint i = 0; i < plan->targets->len; i++)
    {
      const CcTarget *other = g_ptr_array_index (plan->targets, i);

      if (other->variable == target->variable && other->part == target->part
          && other->code == target->code)
        return TRUE;
    }
  return FALSE;
}

static void
add_choice (GListStore *choices,
            const char *value,
            const char *label,
            const char *detail,
            const char *words,
            gboolean    selected,
            gboolean    rare)
{
  g_autoptr (CcImportChoice) choice = cc_import_choice_new (value, label, detail, words);

  cc_import_choice_set_selected (choice, selected);
  cc_import_choice_set_rare (choice, rare);
  g_list_store_append (choices, choice);
}

static void
add_target (CcImportDraft      *draft,
            GListStore         *choices,
            const char         *unit,
            const CcTarget     *target,
            const CcColumnPlan *plan)
{
  CcPack          *pack = get_pack (draft);
  const char      *language = cc_session_get_language (draft->session);
  g_autofree char *value = cc_target_to_text (pack, unit, target);
  g_autofree char *label = cc_import_describe_target (draft->session, target);
  const char      *group = cc_pack_get_label (pack, "unit", target->unit->name, language);
  const char      *english = cc_pack_get_label (pack, "variable", target->variable->id, "en");
  /* Definitions come in English only; elsewhere the unit tells variables of one name apart. */
  const char *detail = g_str_equal (language, "en") && target->part == CC_TARGET_VALUE
                           ? target->variable->definition
                           : group;

  add_choice (choices, value, label, detail, english, is_chosen (plan, target),
              target->part != CC_TARGET_VALUE);
}

static GListModel *
list_targets (CcImportDraft *draft, const char *unit, const CcColumnPlan *plan)
{
  GListStore *choices = g_list_store_new (CC_TYPE_IMPORT_CHOICE);
  g_autoptr (GPtrArray) targets = cc_target_list (get_pack (draft), unit, TRUE);

  add_choice (choices, "-", _ ("Keep as Text Only"),
              _ ("Not needed for statistics. The texts stay with their rows."), NULL, plan->ignored,
              FALSE);
  for (guint i = 0; i < targets->len; i++)
    add_target (draft, choices, unit, g_ptr_array_index (targets, i), plan);
  return G_LIST_MODEL (choices);
}

/* What is decided for one column may say something about another. */
static void
show_table (CcImportColumnsStep *self, CcImportDraft *draft, CcInspectTable *table)
{
  GListModel *lines = G_LIST_MODEL (cc_import_line_list_get_lines (self->list));
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, get_pack (draft), table);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (line->kind == CC_LINE_PAIR && line->owner == table)
        show_plan (draft, line, g_ptr_array_index (plans, line->index));
    }
}

/* What is said of every row may say something about a column. */
static void
on_constants_changed (CcImportColumnsStep *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (draft == NULL || draft->inspection != self->shown)
    return;
  for (guint i = 0; i < draft->inspection->tables->len; i++)
    show_table (self, draft, g_ptr_array_index (draft->inspection->tables, i));
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_chosen (CcImportColumnsStep *self, const char *targets)
{
  CcImportDraft  *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  CcImportLine   *line = self->chosen;
  CcInspectTable *table;

  if (draft == NULL || line == NULL || draft->busy || draft->inspection != self->shown)
    return;
  table = line->owner;
  cc_map_set_column (draft->map, table->name, ((CcInspectColumn *) line->subject)->header, targets);
  cc_map_settle_sex (draft->map, get_pack (draft));
  show_table (self, draft, table);
  cc_import_constants_update (self->constants);
  cc_import_draft_map_changed (draft);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_activated_cb (CcImportColumnsStep *self, CcImportLine *line)
{
  CcImportDraft   *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  CcInspectTable  *table;
  CcImportChooser *chooser;
  CcColumnPlan    *plan;
  const char      *unit;
  g_autoptr (GPtrArray) plans = NULL;
  g_autofree char *samples = NULL;
  g_autofree char *question = NULL;

  if (draft == NULL || draft->busy || draft->inspection != self->shown
      || cc_import_constants_activate (self->constants, line))
    return;
  table = line->owner;
  unit = cc_map_get_unit (draft->map, table->name);
  unit = g_ascii_isalpha (unit[0]) ? unit : "victim";
  plans = cc_map_plan_columns (draft->map, get_pack (draft), table);
  plan = g_ptr_array_index (plans, line->index);
  samples = cc_import_describe_samples (line->subject);
  /* Translators: the header of a column, and some of its values. */
  question = g_strdup_printf (_ ("What does “%s” hold? For example: %s"), line->theirs, samples);
  self->chosen = line;
  chooser = cc_import_chooser_new (GTK_WIDGET (self), _ ("Meaning of the Column"), question);
  cc_import_chooser_set_choices (chooser, list_targets (draft, unit, plan));
  cc_import_chooser_offer_several (chooser, _ ("One cell holds several things, like “sex and age”"),
                                   plan->targets->len > 1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static gboolean
has_target (CcImportDraft *draft, CcInspectTable *table)
{
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (draft->map, get_pack (draft), table);

  for (guint i = 0; i < plans->len; i++)
    if (((CcColumnPlan *) g_ptr_array_index (plans, i))->targets->len > 0)
      return TRUE;
  return cc_map_is_aggregate (draft->map, table);
}

static char *
cc_import_columns_step_find_obstacle (CcImportStep *step, CcImportDraft *draft)
{
  for (guint i = 0; draft->map != NULL && i < draft->inspection->tables->len; i++)
    {
      CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, i);

      if (!cc_map_is_skipped (draft->map, table->name) && has_target (draft, table))
        return NULL;
    }
  return g_strdup (_ ("Say of at least one column what it holds."));
}

static gboolean
cc_import_columns_step_take_apart (CcImportStep *step)
{
  return cc_import_line_list_take_apart (CC_IMPORT_COLUMNS_STEP (step)->list);
}

static void
cc_import_columns_step_dispose (GObject *object)
{
  g_clear_object (&CC_IMPORT_COLUMNS_STEP (object)->constants);
  G_OBJECT_CLASS (cc_import_columns_step_parent_class)->dispose (object);
}

static void
cc_import_columns_step_class_init (CcImportColumnsStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_columns_step_dispose;
  CC_IMPORT_STEP_CLASS (klass)->load = cc_import_columns_step_load;
  CC_IMPORT_STEP_CLASS (klass)->find_obstacle = cc_import_columns_step_find_obstacle;
  CC_IMPORT_STEP_CLASS (klass)->take_apart = cc_import_columns_step_take_apart;
}

static void
cc_import_columns_step_init (CcImportColumnsStep *self)
{
  self->list = g_object_new (CC_TYPE_IMPORT_LINE_LIST, NULL);
  cc_import_line_list_set_label (self->list, _ ("Columns of the file"));
  g_signal_connect_swapped (self->list, "activated", G_CALLBACK (on_activated_cb), self);
  self->constants =
      cc_import_constants_new (GTK_WIDGET (self), cc_import_line_list_get_lines (self->list));
  g_signal_connect_object (self->constants, "changed", G_CALLBACK (on_constants_changed), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}
