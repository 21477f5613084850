/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-options.h"

#include <glib/gi18n.h>
#include <cc/model/cc-pack.h>
#include <cc/store/cc-entity.h>

struct _CcFigureOptions
{
  AdwBin parent_instance;

  AdwComboRow         *first_year;
  AdwComboRow         *last_year;
  AdwExpanderRow      *days;
  AdwEntryRow         *first_day;
  AdwEntryRow         *last_day;
  AdwExpanderRow      *agencies;
  AdwComboRow         *language;
  GtkSwitch           *ranges;
  AdwComboRow         *share;
  AdwComboRow         *audience;
  AdwPreferencesGroup *copies;

  GPtrArray *checks; /* GtkCheckButton *, borrowed from the rows */
  GPtrArray *rows;   /* AdwActionRow * of the agencies, borrowed */
  char     **keys;   /* of the agencies, in the order of the checks */
  int        year;   /* the first of the lists */
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (CcFigureOptions, cc_figure_options, ADW_TYPE_BIN)

enum
{
  PARAMS_CHANGED,
  LOOK_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Every language by its own name, as its speakers look for it. */
static const char *const language_names[] = { "English", "Français", "Português",
                                              "Español", "العربية",  "Kiswahili" };

static void
tell_params (CcFigureOptions *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[PARAMS_CHANGED], 0);
}

static void
tell_look (CcFigureOptions *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[LOOK_CHANGED], 0);
}

static gboolean
has_days (CcFigureOptions *self)
{
  return adw_expander_row_get_enable_expansion (self->days);
}

static gboolean
is_day (AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  CcInterval       interval;

  return cc_interval_from_iso (text, &interval);
}

/* Only what is no day is marked, by colour and in words. */
static void
mark_day (AdwEntryRow *row)
{
  const gboolean good = is_day (row) || *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0';

  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
}

static void
on_day_applied (CcFigureOptions *self)
{
  mark_day (self->first_day);
  mark_day (self->last_day);
  if (is_day (self->first_day) && is_day (self->last_day))
    tell_params (self);
}

static void
on_days_enabled (CcFigureOptions *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->first_year), !has_days (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->last_year), !has_days (self));
  if (!has_days (self) || (is_day (self->first_day) && is_day (self->last_day)))
    tell_params (self);
}

static void
describe_agencies (CcFigureOptions *self)
{
  g_autofree char *text = NULL;
  guint            n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (self->checks->pdata[i]);
  if (n == 0 || n == self->checks->len)
    text = g_strdup (_ ("All agencies"));
  else
    /* Translators: how many of the agencies are chosen: 2 of 9. */
    text = g_strdup_printf (_ ("%1$u of %2$u"), n, self->checks->len);
  adw_expander_row_set_subtitle (self->agencies, text);
}

static void
on_agency_toggled (CcFigureOptions *self)
{
  describe_agencies (self);
  tell_params (self);
}

static void
add_agency (CcFigureOptions *self, const CcEntity *entity, gboolean active)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *check = gtk_check_button_new ();
  g_autofree char *title = g_markup_escape_text (entity->name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  entity->name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_agency_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (self->agencies, row);
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->rows, row);
}

static void
fill_agencies (CcFigureOptions *self, GPtrArray *entities, char **chosen)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->agencies, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->checks, 0);
  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity *entity = entities->pdata[i];

      g_strv_builder_add (keys, entity->key);
      add_agency (self, entity,
                  chosen != NULL && g_strv_contains ((const char *const *) chosen, entity->key));
    }
  g_strfreev (self->keys);
  self->keys = g_strv_builder_end (keys);
  gtk_widget_set_visible (GTK_WIDGET (self->agencies), entities->len > 0);
  describe_agencies (self);
}

static void
fill_years (CcFigureOptions *self, int first, int last, GArray *periods)
{
  g_autoptr (GtkStringList) years = gtk_string_list_new (NULL);
  const CcPeriod *from = &g_array_index (periods, CcPeriod, 0);
  const CcPeriod *to = &g_array_index (periods, CcPeriod, periods->len - 1);
  const int       begin = cc_day_year (from->interval.first);
  const int       end = cc_day_year (to->interval.last);

  self->year = MIN (first, begin);
  for (int year = self->year; year <= MAX (last, end); year++)
    {
      g_autofree char *text = g_strdup_printf ("%d", year);

      gtk_string_list_append (years, text);
    }
  adw_combo_row_set_model (self->first_year, G_LIST_MODEL (years));
  adw_combo_row_set_model (self->last_year, G_LIST_MODEL (years));
  adw_combo_row_set_selected (self->first_year, (guint) (begin - self->year));
  adw_combo_row_set_selected (self->last_year, (guint) (end - self->year));
}

static void
fill_languages (CcFigureOptions *self, const char *language)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    {
      gtk_string_list_append (names, language_names[i]);
      if (g_str_equal (cc_pack_languages[i], language))
        selected = i;
    }
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->language, selected);
}

static void
cc_figure_options_dispose (GObject *object)
{
  CcFigureOptions *self = CC_FIGURE_OPTIONS (object);

  self->filling = TRUE;
  g_ptr_array_set_size (self->checks, 0);
  g_ptr_array_set_size (self->rows, 0);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_FIGURE_OPTIONS);
  G_OBJECT_CLASS (cc_figure_options_parent_class)->dispose (object);
}

static void
cc_figure_options_finalize (GObject *object)
{
  CcFigureOptions *self = CC_FIGURE_OPTIONS (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->keys);
  G_OBJECT_CLASS (cc_figure_options_parent_class)->finalize (object);
}

static void
cc_figure_options_class_init (CcFigureOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_figure_options_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_figure_options_finalize;
  signals[PARAMS_CHANGED] = g_signal_new ("params-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOOK_CHANGED] = g_signal_new ("look-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/tables/"
                                                             "cc-figure-options.ui");
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, first_year);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, last_year);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, days);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, first_day);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, last_day);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, agencies);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, language);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, ranges);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, share);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, audience);
  gtk_widget_class_bind_template_child (widget_class, CcFigureOptions, copies);
  gtk_widget_class_bind_template_callback (widget_class, tell_params);
  gtk_widget_class_bind_template_callback (widget_class, tell_look);
  gtk_widget_class_bind_template_callback (widget_class, on_day_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_days_enabled);
}

static void
name_row (GtkWidget *row)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}

static void
cc_figure_options_init (CcFigureOptions *self)
{
  self->checks = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  name_row (GTK_WIDGET (self->first_year));
  name_row (GTK_WIDGET (self->last_year));
  name_row (GTK_WIDGET (self->days));
  name_row (GTK_WIDGET (self->first_day));
  name_row (GTK_WIDGET (self->last_day));
  name_row (GTK_WIDGET (self->agencies));
  name_row (GTK_WIDGET (self->language));
  name_row (GTK_WIDGET (self->share));
  name_row (GTK_WIDGET (self->audience));
  self->filling = FALSE;
}

CcFigureOptions *
cc_figure_options_new (void)
{
  return g_object_new (CC_TYPE_FIGURE_OPTIONS, NULL);
}

void
cc_figure_options_set_choices (CcFigureOptions       *self,
                               const CcFigureChoices *choices,
                               const CcFigureParams  *params)
{
  g_return_if_fail (CC_IS_FIGURE_OPTIONS (self) && choices != NULL && params != NULL);
  self->filling = TRUE;
  fill_years (self, choices->first_year, choices->last_year, params->periods);
  fill_agencies (self, choices->entities, params->agencies);
  fill_languages (self, params->language);
  self->filling = FALSE;
}

void
cc_figure_options_apply (CcFigureOptions *self, CcFigureParams *params)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;

  g_return_if_fail (CC_IS_FIGURE_OPTIONS (self) && params != NULL);
  if (!has_days (self)
      || !cc_figure_params_set_days (params, gtk_editable_get_text (GTK_EDITABLE (self->first_day)),
                                     gtk_editable_get_text (GTK_EDITABLE (self->last_day))))
    cc_figure_params_set_years (params,
                                self->year + (int) adw_combo_row_get_selected (self->first_year),
                                self->year + (int) adw_combo_row_get_selected (self->last_year));
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_strv_builder_add (chosen, self->keys[i]);
  keys = g_strv_builder_end (chosen);
  cc_figure_params_set_agencies (params, keys, self->checks->len);
  g_free (params->language);
  params->language = g_strdup (cc_pack_languages[adw_combo_row_get_selected (self->language)]);
}

gboolean
cc_figure_options_get_ranges (CcFigureOptions *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_OPTIONS (self), FALSE);
  return gtk_switch_get_active (self->ranges);
}

CcFigureShare
cc_figure_options_get_share (CcFigureOptions *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_OPTIONS (self), CC_SHARE_NONE);
  return (CcFigureShare) adw_combo_row_get_selected (self->share);
}

CcAudience
cc_figure_options_get_audience (CcFigureOptions *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_OPTIONS (self), CC_AUDIENCE_AUTHORITY);
  return adw_combo_row_get_selected (self->audience) == 1 ? CC_AUDIENCE_PUBLIC
                                                          : CC_AUDIENCE_AUTHORITY;
}

void
cc_figure_options_set_small (CcFigureOptions *self, guint n_small, int threshold)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CC_IS_FIGURE_OPTIONS (self));
  if (n_small == 0)
    text = g_strdup (_ ("No figure is small enough to point at a person."));
  else
    /* Translators: %1$u is a number of figures of a table, %2$d a number of persons. */
    text = g_strdup_printf (
        ngettext ("%1$u figure counts fewer than %2$d persons: it could point at a person, so no "
                  "public copy is written.",
                  "%1$u figures count fewer than %2$d persons: they could point at a person, so no "
                  "public copy is written.",
                  n_small),
        n_small, threshold);
  adw_preferences_group_set_description (self->copies, text);
}
