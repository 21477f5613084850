/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-verdict-row.h"

#include "widgets/cc-list-names.h"

#include "cc-person-words.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

struct _CcVerdictItem
{
  GObject parent_instance;

  CcReviewVerdict *verdict;
};

G_DEFINE_FINAL_TYPE (CcVerdictItem, cc_verdict_item, G_TYPE_OBJECT)

static void
cc_verdict_item_finalize (GObject *object)
{
  cc_review_verdict_free (CC_VERDICT_ITEM (object)->verdict);
  G_OBJECT_CLASS (cc_verdict_item_parent_class)->finalize (object);
}

static void
cc_verdict_item_class_init (CcVerdictItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cc_verdict_item_finalize;
}

static void
cc_verdict_item_init (CcVerdictItem *self)
{
}

CcVerdictItem *
cc_verdict_item_new (CcReviewVerdict *verdict)
{
  CcVerdictItem *self = g_object_new (CC_TYPE_VERDICT_ITEM, NULL);

  self->verdict = verdict;
  return self;
}

const CcReviewVerdict *
cc_verdict_item_get (CcVerdictItem *self)
{
  g_return_val_if_fail (CC_IS_VERDICT_ITEM (self), NULL);
  return self->verdict;
}

struct _CcVerdictRow
{
  AdwBin parent_instance;

  GtkLabel  *names;
  GtkLabel  *below;
  GtkWidget *person;
  GtkWidget *take_back;
};

G_DEFINE_FINAL_TYPE (CcVerdictRow, cc_verdict_row, ADW_TYPE_BIN)

static void
cc_verdict_row_class_init (CcVerdictRowClass *klass)
{
}

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_button (GtkWidget *box, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  cc_tip_set_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
cc_verdict_row_init (CcVerdictRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (texts, TRUE);
  self->names = add_label (texts);
  self->below = add_label (texts);
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "dim-label");
  gtk_box_append (GTK_BOX (box), texts);
  self->person = add_button (box, "avatar-default-symbolic", _ ("Show the Person"));
  self->take_back = add_button (box, "edit-undo-symbolic", _ ("Take This Decision Back"));
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 6);
  adw_bin_set_child (ADW_BIN (self), box);
}

CcVerdictRow *
cc_verdict_row_new (void)
{
  return g_object_new (CC_TYPE_VERDICT_ROW, NULL);
}

void
cc_verdict_row_bind (CcVerdictRow *self, CcSession *session, CcVerdictItem *item)
{
  const CcReviewVerdict *verdict = cc_verdict_item_get (item);
  g_autofree char       *name_a = cc_isolate (verdict->name_a);
  g_autofree char       *name_b = cc_isolate (verdict->name_b);
  g_autofree char       *names = NULL;
  g_autofree char       *below = cc_person_describe_verdict (session, verdict);

  g_return_if_fail (CC_IS_VERDICT_ROW (self));
  names = g_strdup_printf ("%s – %s", *name_a != '\0' ? name_a : _ ("Without a name"),
                           *name_b != '\0' ? name_b : _ ("Without a name"));
  gtk_label_set_label (self->names, names);
  gtk_label_set_label (self->below, below);
  cc_list_line_name (GTK_WIDGET (self), names, below);
  gtk_widget_set_visible (self->person, verdict->cluster_a != 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->person), "x", verdict->cluster_a);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->person), "compare.show-person");
  gtk_widget_set_visible (self->take_back, verdict->verdict != CC_VERDICT_UNDECIDED);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->take_back), "(xx)", verdict->a,
                                    verdict->b);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->take_back), "verdict.take-back");
}
