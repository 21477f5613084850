/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-questionnaire-options.h"

#include <glib/gi18n.h>
#include <cc/model/cc-pack.h>

struct _CcQuestionnaireOptions
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel      *summary;
  GtkSpinButton *first_year;
  GtkSpinButton *last_year;
  AdwComboRow   *language;
  AdwComboRow   *audience;

  CcQuestionnaireChoice *choice;
  gboolean               filling;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const CcAudience audiences[] = { CC_AUDIENCE_AUTHORITY, CC_AUDIENCE_PUBLIC };

G_DEFINE_FINAL_TYPE (CcQuestionnaireOptions, cc_questionnaire_options, ADW_TYPE_BIN)

static void
show_summary (CcQuestionnaireOptions *self)
{
  const CcQuestionnaireChoice *choice = self->choice;
  const char                  *audience =
      choice->audience == CC_AUDIENCE_PUBLIC ? _ ("For the public") : _ ("For the authority");
  g_autofree char *years =
      choice->first_year == choice->last_year
          ? g_strdup_printf ("%d", choice->last_year)
          : g_strdup_printf (C_ ("years", "%d–%d"), choice->first_year, choice->last_year);
  g_autofree char *text =
      /* Translators: what an answer is for: years, language, audience. */
      g_strdup_printf (_ ("%s · %s · %s"), years, cc_questionnaire_language_name (choice->language),
                       audience);
  /* Translators: a button read aloud; %s are years, language and audience. */
  g_autofree char *spoken = g_strdup_printf (_ ("Years, language and audience: %s"), text);

  gtk_label_set_label (self->summary, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

/* The choice is taken when the popover closes, so that each step of a year does not count anew. */
static void
on_closed_cb (CcQuestionnaireOptions *self)
{
  g_autoptr (CcQuestionnaireChoice) before = NULL;
  guint language = adw_combo_row_get_selected (self->language);
  guint audience = adw_combo_row_get_selected (self->audience);

  if (self->filling || self->choice == NULL)
    return;
  before = cc_questionnaire_choice_copy (self->choice);
  gtk_spin_button_update (self->first_year);
  gtk_spin_button_update (self->last_year);
  cc_questionnaire_choice_set_years (self->choice,
                                     gtk_spin_button_get_value_as_int (self->first_year),
                                     gtk_spin_button_get_value_as_int (self->last_year));
  self->choice->language = cc_pack_languages[language];
  self->choice->audience = audiences[MIN (audience, G_N_ELEMENTS (audiences) - 1)];
  show_summary (self);
  if (!cc_questionnaire_choice_counts_alike (before, self->choice)
      || before->audience != self->choice->audience)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
cc_questionnaire_options_dispose (GObject *object)
{
  CcQuestionnaireOptions *self = CC_QUESTIONNAIRE_OPTIONS (object);

  self->filling = TRUE;
  g_clear_pointer (&self->choice, cc_questionnaire_choice_free);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_QUESTIONNAIRE_OPTIONS);
  G_OBJECT_CLASS (cc_questionnaire_options_parent_class)->dispose (object);
}

static void
cc_questionnaire_options_class_init (CcQuestionnaireOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_questionnaire_options_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-questionnaire-options.ui");
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnaireOptions, button);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnaireOptions, summary);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnaireOptions, first_year);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnaireOptions, last_year);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnaireOptions, language);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnaireOptions, audience);
  gtk_widget_class_bind_template_callback (widget_class, on_closed_cb);
}

static void
cc_questionnaire_options_init (CcQuestionnaireOptions *self)
{
  g_autoptr (GtkStringList) languages = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    gtk_string_list_append (languages, cc_questionnaire_language_name (cc_pack_languages[i]));
  adw_combo_row_set_model (self->language, G_LIST_MODEL (languages));
}

void
cc_questionnaire_options_set (CcQuestionnaireOptions *self, const CcQuestionnaireChoice *choice)
{
  g_return_if_fail (CC_IS_QUESTIONNAIRE_OPTIONS (self) && choice != NULL);
  self->filling = TRUE;
  g_clear_pointer (&self->choice, cc_questionnaire_choice_free);
  self->choice = cc_questionnaire_choice_copy (choice);
  gtk_spin_button_set_value (self->first_year, choice->first_year);
  gtk_spin_button_set_value (self->last_year, choice->last_year);
  for (guint i = 0; cc_pack_languages[i] != NULL; i++)
    if (g_str_equal (cc_pack_languages[i], choice->language))
      adw_combo_row_set_selected (self->language, i);
  for (guint i = 0; i < G_N_ELEMENTS (audiences); i++)
    if (audiences[i] == choice->audience)
      adw_combo_row_set_selected (self->audience, i);
  show_summary (self);
  self->filling = FALSE;
}

const CcQuestionnaireChoice *
cc_questionnaire_options_get (CcQuestionnaireOptions *self)
{
  g_return_val_if_fail (CC_IS_QUESTIONNAIRE_OPTIONS (self), NULL);
  return self->choice;
}
