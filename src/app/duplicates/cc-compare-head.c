/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-compare-head.h"

#include "cc-review-words.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

static GtkWidget *
create_line (const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 5);
  gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

void
cc_compare_name_menu_button (GtkWidget *button, const char *name)
{
  GtkWidget *toggle = gtk_widget_get_first_child (button);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (toggle != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

void
cc_compare_name_editable (GtkEditable *editable, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (editable)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
append (GMenu *menu, const char *label, const char *action, const char *type, gint64 target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (*type == 'i')
    g_menu_item_set_action_and_target (item, action, "i", (int) target);
  else
    g_menu_item_set_action_and_target (item, action, "x", target);
  g_menu_append_item (menu, item);
}

static GtkWidget *
create_menu (const CcReviewRecord *record, guint index, guint n_records)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *name = NULL;

  /* Translators: the menu of one record; %s is the agency that states it. */
  name = g_strdup_printf (_ ("Record of %s"), record->entity_name);
  if (n_records > 1)
    append (menu, _ ("_Take Out of the Group"), "compare.take-out", "i", index);
  if (record->cluster != 0)
    append (menu, _ ("Show the _Person"), "compare.show-person", "x", record->cluster);
  append (menu, _ ("Show the _Record"), "compare.show-record", "x", record->id);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  cc_tip_set_text (button, name);
  cc_compare_name_menu_button (button, name);
  return button;
}

static gboolean
is_joined (GPtrArray *records, guint index)
{
  const CcReviewRecord *record = records->pdata[index];

  for (guint i = 0; i < records->len; i++)
    if (i != index && ((CcReviewRecord *) records->pdata[i])->cluster == record->cluster
        && record->cluster != 0)
      return TRUE;
  return FALSE;
}

GtkWidget *
cc_compare_create_head (CcSession *session, GPtrArray *records, guint index, gboolean one_person)
{
  const CcReviewRecord *record = records->pdata[index];
  GtkWidget            *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget            *file;
  GtkWidget            *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char      *day = cc_session_format_interval (session, record->day);
  g_autofree char      *origin = cc_review_describe_head (session, record);

  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines),
                  create_line (*record->entity_name != '\0' ? record->entity_name
                                                            : _ ("Agency not known"),
                               "heading", NULL));
  gtk_box_append (GTK_BOX (lines),
                  create_line (*day != '\0' ? day : _ ("Day not known"), "caption", NULL));
  file = create_line (origin, "caption", "dim-label");
  gtk_box_append (GTK_BOX (lines), file);
  g_object_set_data (G_OBJECT (head), "file", file);
  if (!one_person && is_joined (records, index))
    gtk_box_append (GTK_BOX (lines), create_line (_ ("⚭ Already one person"), "caption", NULL));
  gtk_box_append (GTK_BOX (head), lines);
  gtk_box_append (GTK_BOX (head), create_menu (record, index, records->len));
  gtk_widget_add_css_class (head, "compare-head");
  return head;
}

void
cc_compare_shorten_head (GtkWidget *head, gboolean shorten)
{
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (head), "file"), !shorten);
}

/* Marked by a frame. */
void
cc_compare_mark_head (GtkWidget *head, gboolean marked)
{
  if (marked)
    gtk_widget_add_css_class (head, "compare-marked");
  else
    gtk_widget_remove_css_class (head, "compare-marked");
}
