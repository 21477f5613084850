/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-questionnaires-home.h"

#include <glib/gi18n.h>

/* Older ones are found in the history. */
#define MOST_RELEASES 50

struct _CcQuestionnairesHome
{
  AdwBin parent_instance;

  AdwPreferencesGroup *questionnaires;
  AdwPreferencesGroup *releases;
  AdwPreferencesGroup *own;
  AdwActionRow        *folder_row;

  GPtrArray *rows[2]; /* borrowed: of questionnaires and of releases */
};

G_DEFINE_FINAL_TYPE (CcQuestionnairesHome, cc_questionnaires_home, ADW_TYPE_BIN)

static void
cc_questionnaires_home_dispose (GObject *object)
{
  CcQuestionnairesHome *self = CC_QUESTIONNAIRES_HOME (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    g_clear_pointer (&self->rows[i], g_ptr_array_unref);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_QUESTIONNAIRES_HOME);
  G_OBJECT_CLASS (cc_questionnaires_home_parent_class)->dispose (object);
}

static void
cc_questionnaires_home_class_init (CcQuestionnairesHomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_questionnaires_home_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-questionnaires-home.ui");
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesHome, questionnaires);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesHome, releases);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesHome, own);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesHome, folder_row);
}

static void
cc_questionnaires_home_init (CcQuestionnairesHome *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    self->rows[i] = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
clear (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static void
add_icon (AdwActionRow *row, const char *icon_name)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_suffix (row, icon);
}

static GtkWidget *
create_row (const CcQuestionnaireShelf *shelf,
            const CcQuestionnaireEntry *entry,
            CcSession                  *session)
{
  g_autofree char *title = cc_questionnaire_shelf_title_entry (entry, session);
  g_autofree char *subtitle = cc_questionnaire_shelf_describe_entry (shelf, entry, session);
  GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                       "subtitle", subtitle, NULL);

  if (entry->questionnaire == NULL)
    {
      add_icon (ADW_ACTION_ROW (row), "dialog-error-symbolic");
      return row;
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "questionnaires.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", entry->id);
  add_icon (ADW_ACTION_ROW (row), "go-next-symbolic");
  return row;
}

static void
add_fact (AdwExpanderRow *row, const char *title, const char *value)
{
  GtkWidget *fact = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                  "subtitle", value, NULL);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (fact), FALSE);
  gtk_widget_add_css_class (fact, "property");
  adw_expander_row_add_row (row, fact);
}

static GtkWidget *
create_release (const CcRelease *release, CcSession *session)
{
  g_autofree char *subtitle = cc_release_describe (release, session);
  g_autofree char *checks = cc_release_describe_checks (release);
  g_autofree char *definition = NULL;
  GtkWidget       *row = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, "title",
                                       release->file_name, "subtitle", subtitle, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  release->file_name, -1);
  if (release->n_errors > 0)
    adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row),
                                 g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-error-symbolic",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               NULL));
  /* Translators: name of a questionnaire's definition and its version. */
  definition = g_strdup_printf (_ ("%s, version %d"), release->questionnaire, release->version);
  add_fact (ADW_EXPANDER_ROW (row), _ ("Checks at that time"), checks);
  add_fact (ADW_EXPANDER_ROW (row), _ ("Questionnaire"), definition);
  add_fact (ADW_EXPANDER_ROW (row), _ ("Check number of the workbook (SHA-256)"), release->sha256);
  add_fact (ADW_EXPANDER_ROW (row), _ ("State of the case file"), release->head);
  return row;
}

static void
show_releases (CcQuestionnairesHome *self, CcSession *session, const CcQuestionnaireShelf *shelf)
{
  const guint n = MIN (shelf->releases->len, MOST_RELEASES);

  clear (self->releases, self->rows[1]);
  gtk_widget_set_visible (GTK_WIDGET (self->releases), n > 0);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = create_release (shelf->releases->pdata[i], session);

      adw_preferences_group_add (self->releases, row);
      g_ptr_array_add (self->rows[1], row);
    }
  if (shelf->releases->len > n)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u older one stands in the history.",
                                                         "%u older ones stand in the history.",
                                                         shelf->releases->len - n),
                                               shelf->releases->len - n);

      adw_preferences_group_set_description (self->releases, text);
    }
}

void
cc_questionnaires_home_show (CcQuestionnairesHome       *self,
                             CcSession                  *session,
                             const CcQuestionnaireShelf *shelf)
{
  g_return_if_fail (CC_IS_QUESTIONNAIRES_HOME (self) && session != NULL && shelf != NULL);
  clear (self->questionnaires, self->rows[0]);
  for (guint i = 0; i < shelf->entries->len; i++)
    {
      GtkWidget *row = create_row (shelf, shelf->entries->pdata[i], session);

      adw_preferences_group_add (self->questionnaires, row);
      g_ptr_array_add (self->rows[0], row);
    }
  show_releases (self, session, shelf);
  adw_action_row_set_subtitle (self->folder_row, shelf->folder);
}
