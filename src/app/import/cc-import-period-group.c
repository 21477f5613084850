/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-period-group.h"

#include "cc-import-period.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>
#include <cc/intake/cc-date-text.h>

struct _CcImportPeriodGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow   *kind;
  AdwActionRow  *year_row;
  GtkSpinButton *year;
  AdwActionRow  *last_year_row;
  GtkSpinButton *last_year;
  AdwComboRow   *part;
  AdwEntryRow   *first_day;
  AdwEntryRow   *last_day;

  CcSession *session;
  CcInterval days;
  gboolean   setting; /* by the program */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportPeriodGroup, cc_import_period_group, ADW_TYPE_PREFERENCES_GROUP)

static CcPeriodKind
get_kind (CcImportPeriodGroup *self)
{
  return (CcPeriodKind) adw_combo_row_get_selected (self->kind);
}

/* What the second list holds, in the order of the year. */
static GtkStringList *
list_parts (CcImportPeriodGroup *self, CcPeriodKind kind)
{
  static const char *const halves[] = { N_ ("January to June"), N_ ("July to December"), NULL };
  static const char *const quarters[] = { N_ ("January to March"), N_ ("April to June"),
                                          N_ ("July to September"), N_ ("October to December"),
                                          NULL };
  static const char *const months[] = {
    N_ ("January"),  N_ ("February"), N_ ("March"),  N_ ("April"),     N_ ("May"),
    N_ ("June"),     N_ ("July"),     N_ ("August"), N_ ("September"), N_ ("October"),
    N_ ("November"), N_ ("December"), NULL
  };
  GtkStringList     *list = gtk_string_list_new (NULL);
  const char *const *names = kind == CC_PERIOD_HALF      ? halves
                             : kind == CC_PERIOD_QUARTER ? quarters
                                                         : months;

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _ (names[i]));
  return list;
}

static void
show_parts (CcImportPeriodGroup *self, guint selected)
{
  const CcPeriodKind kind = get_kind (self);
  const char        *title = kind == CC_PERIOD_HALF      ? _ ("Half")
                             : kind == CC_PERIOD_QUARTER ? _ ("Quarter")
                                                         : _ ("Month");
  g_autoptr (GtkStringList) list = list_parts (self, kind);

  adw_combo_row_set_model (self->part, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->part, MIN (selected, cc_import_period_get_n_parts (kind) - 1));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->part), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->part), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static void
show_rows (CcImportPeriodGroup *self)
{
  const CcPeriodKind kind = get_kind (self);
  const gboolean     days = kind == CC_PERIOD_DAYS;
  const gboolean     open = kind == CC_PERIOD_OPEN || kind == CC_PERIOD_UNSET;
  const char        *year = kind == CC_PERIOD_YEARS ? _ ("First Year") : _ ("Year");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->year_row), year);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->year), GTK_ACCESSIBLE_PROPERTY_LABEL, year,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->year_row), !days && !open);
  gtk_widget_set_visible (GTK_WIDGET (self->last_year_row), kind == CC_PERIOD_YEARS);
  gtk_widget_set_visible (GTK_WIDGET (self->part), kind == CC_PERIOD_HALF
                                                       || kind == CC_PERIOD_QUARTER
                                                       || kind == CC_PERIOD_MONTH);
  gtk_widget_set_visible (GTK_WIDGET (self->first_day), days);
  gtk_widget_set_visible (GTK_WIDGET (self->last_day), days);
}

static gboolean
read_day (CcImportPeriodGroup *self, AdwEntryRow *row, CcInterval *interval)
{
  CcPack        *pack = cc_case_file_get_pack (cc_session_get_file (self->session));
  const char    *text = gtk_editable_get_text (GTK_EDITABLE (row));
  const gboolean good = cc_period_from_text (pack, text, interval)
                        || cc_date_text_read (pack, text, CC_DATE_ORDER_DMY,
                                              cc_day_from_ymd (2199, 12, 31), FALSE, interval)
                               == CC_DATE_READ_OK;

  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  return good;
}

/* What is typed may be a day, a month or a year: the period goes from the first day of the first to
 * the last of the last. */
static gboolean
read_days (CcImportPeriodGroup *self)
{
  CcInterval first, last;
  gboolean   good_first = read_day (self, self->first_day, &first);
  gboolean   good_last = read_day (self, self->last_day, &last);

  if (!good_first || !good_last || first.first > last.last)
    return FALSE;
  self->days.first = first.first;
  self->days.last = last.last;
  return TRUE;
}

static void
emit_chosen (CcImportPeriodGroup *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_kind_cb (CcImportPeriodGroup *self)
{
  gboolean setting = self->setting;

  self->setting = TRUE;
  show_parts (self, adw_combo_row_get_selected (self->part));
  show_rows (self);
  self->setting = setting;
  emit_chosen (self);
}

static void
on_changed_cb (CcImportPeriodGroup *self)
{
  emit_chosen (self);
}

static void
cc_import_period_group_dispose (GObject *object)
{
  g_clear_pointer (&CC_IMPORT_PERIOD_GROUP (object)->session, cc_session_unref);
  G_OBJECT_CLASS (cc_import_period_group_parent_class)->dispose (object);
}

static void
cc_import_period_group_class_init (CcImportPeriodGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_period_group_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CC_TYPE_IMPORT_PERIOD_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-period-group.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, kind);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, year_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, year);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, last_year_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, last_year);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, part);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, first_day);
  gtk_widget_class_bind_template_child (widget_class, CcImportPeriodGroup, last_day);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
cc_import_period_group_init (CcImportPeriodGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting = TRUE;
  self->days = CC_INTERVAL_UNKNOWN;
  cc_combo_row_show_whole_labels (self->kind);
  on_kind_cb (self);
  self->setting = FALSE;
}

void
cc_import_period_group_set (CcImportPeriodGroup *self,
                            CcSession           *session,
                            CcInterval           period,
                            gboolean             said)
{
  CcImportPeriod   shown = cc_import_period_from_interval (period, cc_day_year (cc_day_today ()));
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  g_return_if_fail (CC_IS_IMPORT_PERIOD_GROUP (self) && session != NULL);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  if (shown.kind == CC_PERIOD_OPEN && !said)
    shown.kind = CC_PERIOD_UNSET;
  self->setting = TRUE;
  self->days = shown.days;
  adw_combo_row_set_selected (self->kind, shown.kind);
  gtk_spin_button_set_value (self->year, shown.year);
  gtk_spin_button_set_value (self->last_year, shown.last_year);
  show_parts (self, (guint) shown.part);
  if (cc_interval_is_known (period))
    {
      first = cc_day_to_iso (period.first);
      last = cc_day_to_iso (period.last);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->first_day), first != NULL ? first : "");
  gtk_editable_set_text (GTK_EDITABLE (self->last_day), last != NULL ? last : "");
  show_rows (self);
  self->setting = FALSE;
}

void
cc_import_period_group_set_words (CcImportPeriodGroup *self,
                                  const char          *title,
                                  const char          *what,
                                  const char          *open)
{
  const char *words[] = { open, NULL };
  GListModel *kinds;

  g_return_if_fail (CC_IS_IMPORT_PERIOD_GROUP (self));
  kinds = adw_combo_row_get_model (self->kind);
  gtk_string_list_splice (GTK_STRING_LIST (kinds), CC_PERIOD_OPEN, 1, words);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind), GTK_ACCESSIBLE_PROPERTY_LABEL, what,
                                  -1);
}

gboolean
cc_import_period_group_is_unset (CcImportPeriodGroup *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_PERIOD_GROUP (self), TRUE);
  return get_kind (self) == CC_PERIOD_UNSET;
}

gboolean
cc_import_period_group_get (CcImportPeriodGroup *self, CcInterval *period)
{
  CcImportPeriod shown = { get_kind (self), gtk_spin_button_get_value_as_int (self->year),
                           gtk_spin_button_get_value_as_int (self->last_year),
                           (int) adw_combo_row_get_selected (self->part), self->days };

  g_return_val_if_fail (CC_IS_IMPORT_PERIOD_GROUP (self) && period != NULL, FALSE);
  if (shown.kind == CC_PERIOD_UNSET)
    return FALSE;
  if (shown.kind == CC_PERIOD_YEAR || shown.kind == CC_PERIOD_YEARS)
    shown.part = 0;
  if (shown.kind == CC_PERIOD_DAYS)
    {
      if (self->session == NULL || !read_days (self))
        return FALSE;
      shown.days = self->days;
    }
  *period = cc_import_period_to_interval (&shown);
  return TRUE;
}
