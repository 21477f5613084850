/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-check-list.h"

#include "cc-check-groups.h"

#include <glib/gi18n.h>

/* More rows than anybody works off one by one. */
#define MOST_ROWS 100

struct _CcCheckList
{
  AdwBin parent_instance;

  GtkBox   *content;
  GtkLabel *summary;

  GPtrArray *groups; /* borrowed */
  GPtrArray *checks; /* CcAnswerCheck * */
};

enum
{
  JUMP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcCheckList, cc_check_list, ADW_TYPE_BIN)

static void
cc_check_list_dispose (GObject *object)
{
  g_clear_pointer (&CC_CHECK_LIST (object)->groups, g_ptr_array_unref);
  g_clear_pointer (&CC_CHECK_LIST (object)->checks, g_ptr_array_unref);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_CHECK_LIST);
  G_OBJECT_CLASS (cc_check_list_parent_class)->dispose (object);
}

static void
cc_check_list_class_init (CcCheckListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_check_list_dispose;
  signals[JUMP] = g_signal_new ("jump", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-check-list.ui");
  gtk_widget_class_bind_template_child (widget_class, CcCheckList, content);
  gtk_widget_class_bind_template_child (widget_class, CcCheckList, summary);
}

static void
cc_check_list_init (CcCheckList *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
cc_check_list_advise (const CcAnswerCheck *check)
{
  if (check->outcome == CC_ANSWER_NOT_COMPUTED)
    return _ ("A figure that this check needs is not known. Bring in the data it counts, or type "
              "the figure.");
  if (check->outcome == CC_ANSWER_HOLDS || check->advises)
    return "";
  if (g_str_equal (check->id, "additive"))
    return _ ("Look for a typed figure in this table: a counted total is never the sum of figures "
              "that were typed.");
  if (g_str_equal (check->id, "multi"))
    return _ ("Nothing to do: the total counts each person once. Say so if you are asked.");
  if (g_str_equal (check->id, "unresolved"))
    return _ ("Decide the open pairs under Duplicates, and the range becomes narrower.");
  if (g_str_equal (check->id, "outlier"))
    return _ ("Find out whether an agency did not report one year, and explain the jump in the "
              "note below the table.");
  if (check->severity == CC_SEVERITY_NOTE)
    return _ ("Nothing to do if you know the reason.");
  return _ ("Compare the two tables: open the figures that differ to see the records behind them.");
}

static const char *
icon_of (const CcAnswerCheck *check)
{
  if (check->outcome == CC_ANSWER_HOLDS)
    return "emblem-ok-symbolic";
  if (check->outcome == CC_ANSWER_NOT_COMPUTED)
    return "dialog-question-symbolic";
  switch (check->severity)
    {
    case CC_SEVERITY_ERROR:
      return "dialog-error-symbolic";
    case CC_SEVERITY_WARNING:
      return "dialog-warning-symbolic";
    case CC_SEVERITY_NOTE:
    default:
      return "dialog-information-symbolic";
    }
}

static void
on_activated (AdwActionRow *row, gpointer user_data)
{
  g_signal_emit (user_data, signals[JUMP], 0, g_object_get_data (G_OBJECT (row), "table"),
                 g_object_get_data (G_OBJECT (row), "period"));
}

static char *
title_of (const CcAnswerCheck *check)
{
  if (check->table == NULL)
    return g_strdup (check->text);
  /* Translators: a check: the table and the years it speaks of. */
  return g_strdup_printf (_ ("%s · %s"), check->table, check->when);
}

static char *
subtitle_of (const CcAnswerCheck *check, gboolean grouped)
{
  const char *advice = grouped ? "" : cc_check_list_advise (check);
  GString    *text = g_string_new (check->table != NULL ? check->text : NULL);

  if (*advice != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", advice);
  return g_string_free (text, FALSE);
}

static GtkWidget *
create_icon (const CcAnswerCheck *check)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_of (check), "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

/* grouped: the row that it stands in shows the sign and says what to do. */
static GtkWidget *
create_row (CcCheckList *self, const CcAnswerCheck *check, gboolean grouped)
{
  g_autofree char *title = title_of (check);
  g_autofree char *subtitle = subtitle_of (check, grouped);
  GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                       "subtitle", subtitle, NULL);

  if (!grouped)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_icon (check));
  if (check->table == NULL)
    return row;
  g_object_set_data_full (G_OBJECT (row), "table", g_strdup (check->table), g_free);
  g_object_set_data_full (G_OBJECT (row), "period", g_strdup (check->period), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  g_signal_connect (row, "activated", G_CALLBACK (on_activated), self);
  return row;
}

/* Rows inside are made when somebody looks at them: most people never do. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *spec, gpointer user_data)
{
  CcCheckList         *self = CC_CHECK_LIST (user_data);
  const CcAnswerCheck *check = g_object_get_data (G_OBJECT (row), "check");

  if (check == NULL || !adw_expander_row_get_expanded (row))
    return;
  g_object_set_data (G_OBJECT (row), "check", NULL);
  for (guint i = 0; i < self->checks->len; i++)
    if (cc_check_groups_are_alike (self->checks->pdata[i], check))
      adw_expander_row_add_row (row, create_row (self, self->checks->pdata[i], TRUE));
}

static GtkWidget *
create_group (CcCheckList *self, const CcAnswerCheck *check, const char *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, "title", title,
                                 "subtitle", cc_check_list_advise (check), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), create_icon (check));
  g_object_set_data (G_OBJECT (row), "check", (gpointer) check);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  return row;
}

static void
add_section (CcCheckList *self, GPtrArray *checks, int section)
{
  const char *const titles[] = { _ ("Errors"), _ ("Warnings"), _ ("Notes"), _ ("Not Computable"),
                                 _ ("Passed") };
  GtkWidget        *group = NULL;
  guint             n = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      const CcAnswerCheck *check = checks->pdata[i];
      g_autofree char     *title = NULL;
      g_autofree char     *places = NULL;
      GtkWidget           *row = NULL;

      if (cc_check_groups_section (check) != section || n >= MOST_ROWS)
        continue;
      title = cc_check_groups_title (check, cc_check_groups_count_alike (checks, check));
      if (title == NULL)
        row = create_row (self, check, FALSE);
      else if (cc_check_groups_is_first (checks, i))
        row = create_group (self, check, title);
      if (row == NULL)
        continue;
      if (group == NULL)
        {
          places = cc_check_groups_describe (checks, section);
          group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", titles[section], "description",
                                places, NULL);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      n++;
    }
  if (group == NULL)
    return;
  gtk_box_append (self->content, group);
  g_ptr_array_add (self->groups, group);
}

static void
show_summary (CcCheckList *self)
{
  g_autofree char *text = cc_check_groups_summarise (self->checks);

  gtk_label_set_label (self->summary, text);
}

/**
 * language: of the sentences: that of the window
 */
void
cc_check_list_show (CcCheckList *self, CcAnswerBook *book, const char *language)
{
  g_return_if_fail (CC_IS_CHECK_LIST (self) && book != NULL);
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (self->content, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = cc_answer_book_list_checks (book, language);
  show_summary (self);
  for (int section = 0; section < 5; section++)
    add_section (self, self->checks, section);
}
