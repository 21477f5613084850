/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-set-aside-list.h"

#include "cc-editor-texts.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/model/cc-skip.h>

#define MOST_HEIGHT 320

/* Of the list in the dialog, about. */
#define LIST_WIDTH 290

typedef struct
{
  CcPack           *pack;
  CcDraftUnit      *unit;
  const CcVariable *variable;
} Aside;

static void
on_restore_cb (GtkButton *button, gpointer user_data)
{
  const Aside *aside = user_data;

  cc_draft_unit_restore (aside->unit, aside->pack, aside->variable);
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  gtk_button_set_label (button, _ ("Restored"));
}

static void
free_aside (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkWidget *
create_row (CcSession *session, CcCaseDraft *draft, CcDraftUnit *unit, const CcValue *value)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_with_mnemonic (_ ("_Restore"));
  const char      *label = cc_editor_get_label (session, value->variable);
  g_autofree char *title = g_markup_escape_text (label, -1);
  g_autofree char *text = cc_editor_write_value (session, value);
  g_autofree char *part = cc_editor_name_unit (draft, unit);
  g_autofree char *plain = g_strdup_printf (_ ("%s: %s"), part, text);
  g_autofree char *subtitle = g_markup_escape_text (plain, -1);
  /* Translators: what a button brings back; %s is a question's label. */
  g_autofree char *name = g_strdup_printf (_ ("Restore “%s”"), label);
  Aside           *aside = g_new0 (Aside, 1);

  aside->pack = cc_case_draft_get_pack (draft);
  aside->unit = unit;
  aside->variable = value->variable;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_restore_cb), aside, free_aside, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
add_unit (GtkListBox *list, CcSession *session, CcCaseDraft *draft, CcDraftUnit *unit)
{
  CcPack *pack = cc_case_draft_get_pack (draft);
  g_autoptr (GPtrArray) aside = NULL;

  if (unit->removed || !cc_draft_unit_is_changed (unit, pack))
    return;
  aside = cc_skip_list_set_aside (pack, unit->record);
  for (guint i = 0; i < aside->len; i++)
    gtk_list_box_append (list, create_row (session, draft, unit, aside->pdata[i]));
}

GtkWidget *
cc_set_aside_list_new (CcSession *session, CcCaseDraft *draft)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GPtrArray *units = cc_case_draft_get_units (draft);
  int        height;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answers that no longer count"), -1);
  for (guint i = 0; i < units->len; i++)
    add_unit (GTK_LIST_BOX (list), session, draft, units->pdata[i]);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_widget_measure (list, GTK_ORIENTATION_VERTICAL, LIST_WIDTH, &height, NULL, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              MIN (height, MOST_HEIGHT));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}
