/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-table-builder.h"

#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>

#define PERIOD_AXIS "period-year"
#define USUAL_AXIS  "sexage7"

struct _CcTableBuilder
{
  AdwWindow parent_instance;

  AdwComboRow *unit;
  AdwComboRow *whom;
  AdwComboRow *rows;
  AdwComboRow *inner;
  AdwComboRow *cols;
  GtkButton   *button;

  CcQuestionnaire *axes;
  char            *language;
  char           **names; /* of the axes that stand on the unit, in the order of the lists */
};

G_DEFINE_FINAL_TYPE (CcTableBuilder, cc_table_builder, ADW_TYPE_WINDOW)

enum
{
  BUILT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* In the order of the combo row. */
static const struct
{
  CcCountUnit unit;
  const char *word;
} units[] = {
  { CC_COUNT_VICTIMS, "victims" },
  { CC_COUNT_PERPS, "perps" },
  { CC_COUNT_EVENTS, "events" },
  { CC_COUNT_REGISTRATIONS, "registrations" },
};

static gboolean
is_title_shared (CcTableBuilder *self, guint index)
{
  const char *title =
      cc_questionnaire_get_axis_label (self->axes, self->names[index], self->language);

  for (guint i = 0; self->names[i] != NULL; i++)
    if (i != index
        && g_str_equal (title, cc_questionnaire_get_axis_label (self->axes, self->names[i],
                                                                self->language)))
      return TRUE;
  return FALSE;
}

/* Axes with the same title are told apart by their first categories. */
static char *
name_axis (CcTableBuilder *self, guint index)
{
  const char *title =
      cc_questionnaire_get_axis_label (self->axes, self->names[index], self->language);
  g_autofree char *about =
      cc_questionnaire_describe_axis (self->axes, self->names[index], self->language);

  if (*about == '\0' || !is_title_shared (self, index))
    return g_strdup (title);
  return g_strdup_printf (_ ("%s: %s"), title, about);
}

static GtkStringList *
create_list (CcTableBuilder *self, gboolean may_be_none)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  if (may_be_none)
    /* Translators: no breakdown in the rows or columns of a table. */
    gtk_string_list_append (list, _ ("Nothing"));
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      g_autofree char *name = name_axis (self, i);

      gtk_string_list_append (list, name);
    }
  return list;
}

static guint
find_axis (CcTableBuilder *self, const char *name)
{
  for (guint i = 0; self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], name))
      return i;
  return self->names[0] != NULL && self->names[1] != NULL ? 1 : 0;
}

static void
show_axes (CcTableBuilder *self)
{
  const guint unit = adw_combo_row_get_selected (self->unit);
  g_autoptr (GtkStringList) some = NULL;
  g_autoptr (GtkStringList) any = NULL;

  if (self->axes == NULL || unit >= G_N_ELEMENTS (units))
    return;
  g_strfreev (self->names);
  self->names = cc_questionnaire_list_axes (self->axes, units[unit].unit);
  some = create_list (self, FALSE);
  any = create_list (self, TRUE);
  adw_combo_row_set_model (self->rows, G_LIST_MODEL (some));
  adw_combo_row_set_model (self->inner, G_LIST_MODEL (any));
  adw_combo_row_set_model (self->cols, G_LIST_MODEL (any));
  adw_combo_row_set_selected (self->rows, find_axis (self, USUAL_AXIS));
  adw_combo_row_set_selected (self->inner, 0);
  adw_combo_row_set_selected (self->cols, find_axis (self, PERIOD_AXIS) + 1);
  gtk_widget_set_visible (GTK_WIDGET (self->whom),
                          units[unit].unit == CC_COUNT_VICTIMS
                              || units[unit].unit == CC_COUNT_REGISTRATIONS);
}

static const char *
get_axis (CcTableBuilder *self, AdwComboRow *row, gboolean may_be_none)
{
  const guint selected = adw_combo_row_get_selected (row);

  if (selected == GTK_INVALID_LIST_POSITION || (may_be_none && selected == 0))
    return NULL;
  return self->names[selected - (may_be_none ? 1 : 0)];
}

/* No axis may stand twice in a table. */
static void
check (CcTableBuilder *self)
{
  const char *axes[3];
  gboolean    good;

  if (self->names == NULL)
    return;
  axes[0] = get_axis (self, self->rows, FALSE);
  axes[1] = get_axis (self, self->inner, TRUE);
  axes[2] = get_axis (self, self->cols, TRUE);
  good = axes[0] != NULL;
  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < i; k++)
      good = good && (axes[i] == NULL || g_strcmp0 (axes[i], axes[k]) != 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), good);
}

static void
on_built (CcTableBuilder *self)
{
  g_signal_emit (self, signals[BUILT], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cc_table_builder_finalize (GObject *object)
{
  CcTableBuilder *self = CC_TABLE_BUILDER (object);

  g_clear_pointer (&self->axes, cc_questionnaire_unref);
  g_free (self->language);
  g_strfreev (self->names);
  G_OBJECT_CLASS (cc_table_builder_parent_class)->finalize (object);
}

static void
cc_table_builder_class_init (CcTableBuilderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cc_table_builder_finalize;
  signals[BUILT] = g_signal_new ("built", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/tables/"
                                                             "cc-table-builder.ui");
  gtk_widget_class_bind_template_child (widget_class, CcTableBuilder, unit);
  gtk_widget_class_bind_template_child (widget_class, CcTableBuilder, whom);
  gtk_widget_class_bind_template_child (widget_class, CcTableBuilder, rows);
  gtk_widget_class_bind_template_child (widget_class, CcTableBuilder, inner);
  gtk_widget_class_bind_template_child (widget_class, CcTableBuilder, cols);
  gtk_widget_class_bind_template_child (widget_class, CcTableBuilder, button);
  gtk_widget_class_bind_template_callback (widget_class, show_axes);
  gtk_widget_class_bind_template_callback (widget_class, check);
  gtk_widget_class_bind_template_callback (widget_class, on_built);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_table_builder_init (CcTableBuilder *self)
{
  GtkWidget *named[5];

  gtk_widget_init_template (GTK_WIDGET (self));
  named[0] = GTK_WIDGET (self->unit);
  named[1] = GTK_WIDGET (self->whom);
  named[2] = GTK_WIDGET (self->rows);
  named[3] = GTK_WIDGET (self->inner);
  named[4] = GTK_WIDGET (self->cols);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      cc_combo_row_show_whole_labels (ADW_COMBO_ROW (named[i]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (named[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      adw_preferences_row_get_title (
                                          ADW_PREFERENCES_ROW (named[i])),
                                      -1);
    }
}

CcTableBuilder *
cc_table_builder_new (GtkWindow *parent, CcQuestionnaire *axes, const char *language)
{
  CcTableBuilder *self;

  g_return_val_if_fail (axes != NULL && language != NULL, NULL);
  self = g_object_new (CC_TYPE_TABLE_BUILDER, "transient-for", parent, NULL);
  self->axes = cc_questionnaire_ref (axes);
  self->language = g_strdup (language);
  show_axes (self);
  check (self);
  return self;
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

void
cc_table_builder_apply (CcTableBuilder *self, CcFigureParams *params)
{
  const char      *word;
  const char      *inner;
  const char      *cols;
  gboolean         by_status;
  g_autofree char *rows = NULL;

  g_return_if_fail (CC_IS_TABLE_BUILDER (self) && params != NULL);
  word = units[adw_combo_row_get_selected (self->unit)].word;
  inner = get_axis (self, self->inner, TRUE);
  cols = get_axis (self, self->cols, TRUE);
  by_status = gtk_widget_get_visible (GTK_WIDGET (self->whom))
              && adw_combo_row_get_selected (self->whom) == 0;
  rows = inner == NULL ? g_strdup (get_axis (self, self->rows, FALSE))
                       : g_strdup_printf ("%s;%s", get_axis (self, self->rows, FALSE), inner);
  set_text (&params->id, NULL);
  set_text (&params->count, word);
  set_text (&params->rows, rows);
  set_text (&params->cols, cols != NULL ? cols : "none");
  set_text (&params->where, by_status ? "status in (identified, presumed)" : NULL);
  set_text (&params->date, cc_figure_params_get_usual_date (word));
}
