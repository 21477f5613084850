/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-table-step.h"

#include "cc-import-grid.h"
#include "cc-import-names.h"
#include "cc-import-texts.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"

#include <glib/gi18n.h>

#define PREVIEW_ROWS 200
/* How long nobody turns the number of the header row before the file is read with it. */
#define PAUSE_MS 800

struct _CcImportTableStep
{
  CcImportStep parent_instance;

  AdwComboRow         *tables;
  AdwPreferencesGroup *group;
  AdwComboRow         *unit;
  AdwActionRow        *header_row;
  GtkSpinButton       *header;
  GtkLabel            *notes;
  GtkWidget           *spinner;
  CcImportGrid        *grid;
  GtkLabel            *grid_note;

  CcInspection *shown; /* borrowed: whose rows the grid shows */
  guint         shown_table;
  GCancellable *cancellable;
  guint         timer;
  gboolean      loading;
};

G_DEFINE_FINAL_TYPE (CcImportTableStep, cc_import_table_step, CC_TYPE_IMPORT_STEP)

static const char *const units[] = { "victim", "perpetrator", "event", CC_IMPORT_COUNTS, "-" };

static CcInspectTable *
get_table (CcImportTableStep *self, CcImportDraft *draft)
{
  const guint selected = adw_combo_row_get_selected (self->tables);

  return selected < draft->inspection->tables->len
             ? g_ptr_array_index (draft->inspection->tables, selected)
             : NULL;
}

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportTableStep) self = CC_IMPORT_TABLE_STEP (user_data);
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPreview) preview = g_task_propagate_pointer (G_TASK (result), &error);
  CcInspectTable  *table;
  CcInspectSheet  *sheet;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || draft == NULL
      || draft->inspection == NULL || draft->inspection != self->shown)
    return;
  gtk_widget_set_visible (self->spinner, FALSE);
  if (preview == NULL)
    {
      text = cc_describe_error (error);
      gtk_label_set_label (self->grid_note, text);
      return;
    }
  table = get_table (self, draft);
  if (table == NULL)
    return;
  sheet = g_ptr_array_index (draft->inspection->sheets, table->sheet);
  gtk_label_set_label (self->grid_note, preview->more
                                            ? _ ("These are the first rows. All rows are read.")
                                            : _ ("These are all rows of the table."));
  cc_import_grid_set_preview (self->grid, g_steal_pointer (&preview), table, sheet->right_to_left);
}

typedef struct
{
  CcImportDraft  *draft; /* holds inspection and table */
  CcInspectTable *table;
} Wanted;

static void
wanted_free (gpointer data)
{
  g_object_unref (((Wanted *) data)->draft);
  g_free (data);
}

static void
preview_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Wanted    *wanted = task_data;
  CcPack    *pack = cc_case_file_get_pack (cc_session_get_file (wanted->draft->session));
  GError    *error = NULL;
  CcPreview *preview = cc_preview_load (pack, wanted->draft->path, wanted->draft->inspection,
                                        wanted->table, PREVIEW_ROWS, cancellable, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) cc_preview_free);
  else
    g_task_return_error (task, error);
}

static void
stop_preview (CcImportTableStep *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load_preview (CcImportTableStep *self, CcImportDraft *draft)
{
  g_autoptr (GTask) task = NULL;
  const guint selected = adw_combo_row_get_selected (self->tables);
  Wanted     *wanted;

  if (get_table (self, draft) == NULL
      || (self->shown == draft->inspection && self->shown_table == selected))
    return;
  stop_preview (self);
  self->shown = draft->inspection;
  self->shown_table = selected;
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->spinner, TRUE);
  wanted = g_new0 (Wanted, 1);
  wanted->draft = g_object_ref (draft);
  wanted->table = get_table (self, draft);
  task = g_task_new (NULL, self->cancellable, on_preview, g_object_ref (self));
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, preview_in_thread);
}

/* How many rows are taken, and how many of which kind are left out. */
static char *
describe_rows (CcImportDraft *draft, const CcInspectTable *table)
{
  g_autofree char *data = cc_session_format_number (draft->session, table->n_rows[CC_ROW_DATA]);
  guint            n_other = 0;
  g_autofree char *other = NULL;

  for (guint i = CC_ROW_HEADER; i < CC_ROW_N_KINDS; i++)
    n_other += table->n_rows[i];
  other = cc_session_format_number (draft->session, n_other);
  if (n_other == 0)
    return g_strdup_printf (ngettext ("%s row is taken.", "%s rows are taken.",
                                      table->n_rows[CC_ROW_DATA]),
                            data);
  return g_strdup_printf (ngettext ("%s rows are taken; %s row (total, note or the like) is left "
                                    "out and marked below.",
                                    "%s rows are taken; %s rows (totals, notes and the like) are "
                                    "left out and marked below.",
                                    n_other),
                          data, other);
}

/* Ways in which a table is found as always need no words. */
static gboolean
is_usual (const char *note)
{
  return g_str_equal (note, "intake.note.header-by-words")
         || g_str_has_prefix (note, "intake.note.unit-by-");
}

/* Both names of each column whose hidden one says something else, and each total that is no sum. */
static void
append_contradictions (CcImportDraft *draft, const CcInspectTable *table, GString *text)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = g_ptr_array_index (table->columns, i);

      if (column->machine_suggestion == NULL)
        continue;
      g_string_append_c (text, ' ');
      /* Translators: the letter of a column, its header, its hidden name for programs. */
      g_string_append_printf (text, _ ("Column %s: “%s”, but “%s” for programs."), column->letter,
                              column->label, column->machine);
    }
  for (guint i = 0; i < table->differences->len; i++)
    {
      const CcTotalDifference *total = g_ptr_array_index (table->differences, i);
      g_autofree char         *row = cc_session_format_number (draft->session, total->row + 1);
      g_autofree char *stated = cc_session_format_number (draft->session, (gint64) total->stated);
      g_autofree char *found = cc_session_format_number (draft->session, (gint64) total->found);

      g_string_append_c (text, ' ');
      if (total->header != NULL)
        /* Translators: number of a row, header of a column, the total there, the sum of its rows.
         */
        g_string_append_printf (text, _ ("Row %s, “%s”: the sheet says %s, its rows give %s."), row,
                                total->header, stated, found);
      else
        /* Translators: number of a row, the total there, the number of rows above it. */
        g_string_append_printf (text, _ ("Row %s: the sheet says %s, its rows give %s."), row,
                                stated, found);
    }
}

static void
show_notes (CcImportTableStep *self, CcImportDraft *draft, const CcInspectTable *table)
{
  g_autofree char *rows = describe_rows (draft, table);
  g_autoptr (GString) text = g_string_new (rows);

  if (cc_map_is_aggregate (draft->map, table))
    g_string_append_printf (text, " %s",
                            _ ("The table holds counts and no persons. Its figures are kept apart, "
                               "with their agency, and told below the tables."));
  for (guint i = 0; i < table->notes->len; i++)
    {
      const char      *key = g_ptr_array_index (table->notes, i);
      g_autofree char *note = cc_import_text (draft->session, key);

      if (!is_usual (key))
        g_string_append_printf (text, " %s", note);
    }
  append_contradictions (draft, table, text);
  for (guint i = 0; draft->inspection->notices[i] != NULL; i++)
    {
      g_autofree char *notice = cc_import_text (draft->session, draft->inspection->notices[i]);

      g_string_append_printf (text, " %s", notice);
    }
  gtk_label_set_label (self->notes, text->str);
}

static void
show_unit (CcImportTableStep *self, CcImportDraft *draft, const CcInspectTable *table)
{
  const char *unit = cc_map_is_skipped (draft->map, table->name) ? "-"
                     : cc_map_is_aggregate (draft->map, table)
                         ? CC_IMPORT_COUNTS
                         : cc_map_get_unit (draft->map, table->name);
  guint       selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i], unit))
      selected = i;
  adw_combo_row_set_selected (self->unit, selected);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->unit),
                               selected == GTK_INVALID_LIST_POSITION
                                   ? _ ("The headers do not tell. Please choose.")
                                   : "");
}

static gboolean
is_first_of_sheet (CcImportDraft *draft, const CcInspectTable *table)
{
  for (guint i = 0; i < draft->inspection->tables->len; i++)
    {
      const CcInspectTable *other = g_ptr_array_index (draft->inspection->tables, i);

      if (other->sheet == table->sheet)
        return other == table;
    }
  return FALSE;
}

static void
show_table (CcImportTableStep *self, CcImportDraft *draft)
{
  const CcInspectTable *table = get_table (self, draft);

  if (table == NULL)
    return;
  show_unit (self, draft, table);
  show_notes (self, draft, table);
  gtk_widget_set_visible (GTK_WIDGET (self->header_row), is_first_of_sheet (draft, table));
  gtk_spin_button_set_value (self->header, table->header_last + 1);
  load_preview (self, draft);
}

static void
list_tables (CcImportTableStep *self, CcImportDraft *draft)
{
  const guint selected = adw_combo_row_get_selected (self->tables);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < draft->inspection->tables->len; i++)
    {
      const CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, i);
      const CcInspectSheet *sheet = g_ptr_array_index (draft->inspection->sheets, table->sheet);
      g_autofree char *rows = cc_session_format_number (draft->session, table->n_rows[CC_ROW_DATA]);
      g_autofree char *text = NULL;

      /* Translators: the name of a table, then its number of rows. */
      text = g_strdup_printf (ngettext ("%s · %s row", "%s · %s rows", table->n_rows[CC_ROW_DATA]),
                              table->name, rows);
      if (sheet->hidden)
        {
          g_autofree char *hidden = g_strdup_printf (_ ("%s · hidden sheet"), text);

          gtk_string_list_append (names, hidden);
        }
      else
        gtk_string_list_append (names, text);
    }
  adw_combo_row_set_model (self->tables, G_LIST_MODEL (names));
  if (selected < draft->inspection->tables->len)
    adw_combo_row_set_selected (self->tables, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->tables), draft->inspection->tables->len > 1);
}

static void
cc_import_table_step_load (CcImportStep *step, CcImportDraft *draft)
{
  CcImportTableStep *self = CC_IMPORT_TABLE_STEP (step);

  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !draft->busy);
  if (draft->inspection == NULL || draft->map == NULL || draft->busy)
    return;
  self->loading = TRUE;
  list_tables (self, draft);
  show_table (self, draft);
  cc_import_name_parts (GTK_WIDGET (self->group));
  self->loading = FALSE;
}

static void
on_table_cb (CcImportTableStep *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (self->loading || draft == NULL || draft->inspection == NULL)
    return;
  self->loading = TRUE;
  show_table (self, draft);
  self->loading = FALSE;
}

static void
on_unit_cb (CcImportTableStep *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  const guint    selected = adw_combo_row_get_selected (self->unit);

  if (self->loading || draft == NULL || selected >= G_N_ELEMENTS (units))
    return;
  cc_import_draft_set_unit (draft, get_table (self, draft), units[selected]);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static gboolean
on_pause_ended (gpointer user_data)
{
  CcImportTableStep *self = user_data;
  CcImportDraft     *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  CcInspectTable    *table;
  guint              row;

  self->timer = 0;
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
  if (draft == NULL || draft->busy || (table = get_table (self, draft)) == NULL)
    return G_SOURCE_REMOVE;
  row = (guint) gtk_spin_button_get_value_as_int (self->header) - 1;
  if (row != table->header_last)
    cc_import_draft_set_header_row (draft, table, row);
  return G_SOURCE_REMOVE;
}

static void
on_header_cb (CcImportTableStep *self)
{
  if (self->loading)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE_MS, on_pause_ended, self);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static char *
cc_import_table_step_find_obstacle (CcImportStep *step, CcImportDraft *draft)
{
  gboolean any = FALSE;

  if (draft->busy || CC_IMPORT_TABLE_STEP (step)->timer != 0)
    return g_strdup (_ ("The file is being read."));
  for (guint i = 0; draft->map != NULL && i < draft->inspection->tables->len; i++)
    {
      const CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, i);
      const char           *unit = cc_map_get_unit (draft->map, table->name);

      any = any || !g_str_equal (unit, "-");
      if (unit[0] == '\0' && !cc_map_is_aggregate (draft->map, table))
        return g_strdup_printf (_ ("Say what one row of “%s” is."), table->name);
    }
  return any ? NULL : g_strdup (_ ("All tables are left out. Take at least one."));
}

static gboolean
cc_import_table_step_take_apart (CcImportStep *step)
{
  stop_preview (CC_IMPORT_TABLE_STEP (step));
  return cc_import_grid_take_apart (CC_IMPORT_TABLE_STEP (step)->grid);
}

static void
cc_import_table_step_dispose (GObject *object)
{
  CcImportTableStep *self = CC_IMPORT_TABLE_STEP (object);

  stop_preview (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_IMPORT_TABLE_STEP);
  G_OBJECT_CLASS (cc_import_table_step_parent_class)->dispose (object);
}

static void
cc_import_table_step_class_init (CcImportTableStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_table_step_dispose;
  CC_IMPORT_STEP_CLASS (klass)->load = cc_import_table_step_load;
  CC_IMPORT_STEP_CLASS (klass)->find_obstacle = cc_import_table_step_find_obstacle;
  CC_IMPORT_STEP_CLASS (klass)->take_apart = cc_import_table_step_take_apart;
  g_type_ensure (CC_TYPE_IMPORT_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-table-step.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, tables);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, group);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, unit);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, header_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, header);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, notes);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, grid);
  gtk_widget_class_bind_template_child (widget_class, CcImportTableStep, grid_note);
  gtk_widget_class_bind_template_callback (widget_class, on_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_header_cb);
}

static void
cc_import_table_step_init (CcImportTableStep *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->loading = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *name = cc_import_describe_unit (units[i]);

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->unit, G_LIST_MODEL (names));
  self->loading = FALSE;
}
